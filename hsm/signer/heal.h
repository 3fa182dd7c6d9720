// SPDX-License-Identifier: Apache-2.0
// Private to hsm: what heals an error of a token (PKCS#11 v2.40, section 11.1).
#pragma once

#include <algorithm>
#include <array>

#include "core/error.h"

namespace keystamp::hsm {

/// A lost device, session or login is healed by loading everything anew and nothing less. What the HSM says about the request itself
/// (mechanism, function, attribute, key type and size) a fresh process would be told, too.
inline bool needsFreshWorker(const Error& error) {
    if (error.code == ErrorCode::TokenMissing || error.code == ErrorCode::PinNeeded) return true;
    constexpr std::array<long, 15> kAnswers{0x07, 0x10, 0x11, 0x12, 0x13, 0x20, 0x21, 0x54, 0x62, 0x63, 0x68, 0x70, 0x71, 0xd0, 0xd1};
    return error.code == ErrorCode::HsmFault && std::find(kAnswers.begin(), kAnswers.end(), error.native) == kAnswers.end();
}

/// CKR_PIN_*, from whatever call: nobody logs in until a person has entered a PIN.
inline bool isOfThePin(const Error& error) { return error.code == ErrorCode::PinWrong || error.code == ErrorCode::PinLocked; }

}  // namespace keystamp::hsm
