// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the fixed form of a CRL (RFC 5280 section 5.1). Thread safe.
#pragma once

#include <vector>

#include "hsm/signer/ca_certificate.h"
#include "hsm/signer/certificate_authority.h"

namespace keystamp::hsm {

constexpr std::chrono::hours kCrlValidity{24 * 30};

/// TBSCertList, DER: v2, the CA's name, times to the second, an entry a serial in the order given, AKI and CRL number. No reasons: a
/// reason that is not known is left out (section 5.3.1).
Bytes buildCrlTbs(std::uint64_t number, const std::vector<VoidLeaf>& revoked, UtcTime now, UtcTime nextUpdate, const CaCertificate& ca);

}  // namespace keystamp::hsm
