// SPDX-License-Identifier: Apache-2.0
#include "core/id_pattern.h"

#include <fmt/format.h>

#include <charconv>

namespace keystamp {
namespace {
constexpr std::size_t kWidest = 18;  // digits that fit a signed 64-bit number with room
}

Result<IdPattern> IdPattern::parse(std::string_view text) {
    const auto refuse = [&](const char* why) {
        return Error{ErrorCode::BadUsage, fmt::format("pattern \"{}\": {}", text, why)};
    };
    const std::size_t open = text.find("{seq");
    if (open == std::string_view::npos) return refuse("it needs {seq} or {seq:06} where the number goes");
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) return refuse("the brace is not closed");
    if (text.find('{', open + 1) != std::string_view::npos) return refuse("only one {seq} may stand in it");

    IdPattern pattern;
    const std::string_view spec = text.substr(open + 4, close - open - 4);
    if (!spec.empty()) {
        if (spec.size() < 3 || spec.substr(0, 2) != ":0") return refuse("a width is written {seq:06}");
        const auto parsed = std::from_chars(spec.data() + 2, spec.data() + spec.size(), pattern.m_width);
        if (parsed.ec != std::errc{} || parsed.ptr != spec.data() + spec.size() || pattern.m_width < 1 ||
            pattern.m_width > kWidest) {
            return refuse("the width is a number from 1 to 18");
        }
    }
    pattern.m_text = text;
    pattern.m_before = text.substr(0, open);
    pattern.m_after = text.substr(close + 1);
    const auto sample = pattern.at(1);
    if (!sample) return sample.error();
    // IDs fold to lower case: so does the pattern, or numberOf would not find them
    const auto fold = [](std::string& part) {
        for (char& c : part) {
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
    };
    fold(pattern.m_before);
    fold(pattern.m_after);
    return pattern;
}

Result<DeviceId> IdPattern::at(std::uint64_t number) const {
    return DeviceId::parse(fmt::format("{}{:0{}}{}", m_before, number, m_width, m_after));
}

std::optional<std::uint64_t> IdPattern::numberOf(const DeviceId& id) const {
    const std::string_view text = id.text();
    if (text.size() <= m_before.size() + m_after.size()) return std::nullopt;
    if (!text.starts_with(m_before) || !text.ends_with(m_after)) return std::nullopt;
    const std::string_view digits = text.substr(m_before.size(), text.size() - m_before.size() - m_after.size());
    if (digits.size() > kWidest) return std::nullopt;
    std::uint64_t number = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (parsed.ec != std::errc{} || parsed.ptr != digits.data() + digits.size()) return std::nullopt;
    const auto again = at(number);  // 01 where 1 is meant is another ID
    if (!again || *again != id) return std::nullopt;
    return number;
}

}  // namespace keystamp
