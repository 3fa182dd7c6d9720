// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the inside of a demo token, made through the module alone. It must not be loaded by libp11 meanwhile.
#pragma once

#include "core/secret.h"
#include "hsm/signer/config.h"

namespace keystamp::hsm {

/// CKA_ID of a demo's root key, "root" in ASCII. A production root is never in the HSM that issues.
inline const Bytes kDemoRootKey{'r', 'o', 'o', 't'};

/// Whether a token with the configured label is there.
Result<bool> hasDemoToken(const SignerConfig& config);
/// Initialises token and PIN where they are not, and generates each key that is missing. PinWrong where the token has
/// another PIN.
Result<void> makeDemoKeys(const SignerConfig& config, const Secret& pin);

}  // namespace keystamp::hsm
