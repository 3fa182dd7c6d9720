// SPDX-License-Identifier: Apache-2.0
// The verification code that IoT Central or DPS shows for a CA's certificate, as a person brings it: copied, typed, or scanned.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace keystamp::workflow {

inline constexpr std::size_t kLongestCaCode = 64;  // of a common name (RFC 5280 appendix A.1)

/// The code without blanks and line ends around it. BadUsage says what is wrong with any other and where: it would be signed, and the cloud would
/// refuse it.
Result<std::string> caCode(std::string_view typed);

}  // namespace keystamp::workflow
