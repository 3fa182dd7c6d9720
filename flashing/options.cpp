// SPDX-License-Identifier: Apache-2.0
#include "flashing/options.h"

#include <fmt/format.h>

#include <charconv>

namespace keystamp::flashing {

Error badOption(std::string_view key, std::string_view why) { return Error{ErrorCode::BadConfig, fmt::format("{} {}", key, why)}; }

std::optional<std::uint32_t> optionNumber(std::string_view text) {
    const bool hex = text.substr(0, 2) == "0x";
    if (hex) text.remove_prefix(2);
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, hex ? 16 : 10);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

}  // namespace keystamp::flashing
