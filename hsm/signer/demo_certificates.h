// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the certificates of a demo token's CAs.
#pragma once

#include "hsm/signer/config.h"
#include "hsm/signer/token.h"

namespace keystamp::hsm {

/// Issues the root's certificate (20 years) and those of the configured slots (15 years, pathlen 0) with the demo's
/// root key, and writes the configured PEM files. One that is there and fits its key and the root stays.
Result<void> makeDemoCertificates(Token& token, const SignerConfig& config);

}  // namespace keystamp::hsm
