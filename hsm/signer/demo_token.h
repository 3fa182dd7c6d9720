// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a throw-away token for demonstrations and tests, with a whole station's keys and certificates.
#pragma once

#include "core/result.h"
#include "hsm/signer/config.h"

namespace keystamp::hsm {

/// Makes what the configuration names, as far as it is not there yet: for SoftHSM its configuration file
/// (SOFTHSM2_CONF) and, beside it, the folder `tokens`; the token with a random PIN (also its SO PIN) in `pin_file`;
/// inside it and never to leave it: a root, the slots' CA keys, the audit key (P-256) and the group keys (64 bytes);
/// the root's and the slots' certificates; the supervisor's random passphrase in `passphrase_file`; `audit.pub.pem`
/// beside the configuration. Run again it changes nothing, and after an interruption, at any point, it completes. It
/// does not enrol the supervisor. BadUsage for a token that is no demo's; BadConfig where a token is there and its PIN
/// file is not. One at a time: else JournalBusy.
Result<void> makeDemoToken(const SignerConfig& config);

}  // namespace keystamp::hsm
