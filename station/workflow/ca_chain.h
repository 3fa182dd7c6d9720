// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hsm/signer.h"

namespace keystamp::workflow {

/// Issuer, key identifier and signature (RFC 5280 section 6.1); both DER.
bool isIssuedBy(BytesView certificate, BytesView authority);

/// The leaf and every intermediate up to the root, PEM, as its device shows them: by the CA, of the signer's present and former ones, that
/// issued it. ChainRefused where none did.
Result<std::string> chainOf(const Bytes& leaf, const hsm::SignerStatus& status);

}  // namespace keystamp::workflow
