// SPDX-License-Identifier: Apache-2.0
// Private to flashing: a driver's options, which come as text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/error.h"

namespace keystamp::flashing {

/// BadConfig: "KEY WHY".
Error badOption(std::string_view key, std::string_view why);
/// 4096, 0x1000; nothing for anything else.
std::optional<std::uint32_t> optionNumber(std::string_view text);

}  // namespace keystamp::flashing
