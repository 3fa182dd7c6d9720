// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/keyboard_layout.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace keystamp::workflow {
namespace {

/// What arrives for keys of a US keyboard, where it is something else. Source: xkeyboard-config's symbols.
struct Layout {
    std::string_view name;
    std::vector<std::pair<char, std::string_view>> arrives;
};

const std::vector<Layout>& layouts() {
    static const std::vector<Layout> all{
        {"us", {}},
        {"gb", {{'@', "\""}}},
        {"de", {{'y', "z"}, {'z', "y"}, {'Y', "Z"}, {'-', "ß"}, {'_', "?"}, {'/', "-"}, {';', "ö"}, {':', "Ö"}, {'@', "\""}}},
        {"ch", {{'y', "z"}, {'z', "y"}, {'Y', "Z"}, {'-', "'"}, {'_', "?"}, {'/', "-"}, {';', "ö"}, {':', "é"}, {'@', "\""}}},
        {"fr", {{'a', "q"}, {'q', "a"}, {'z', "w"}, {'w', "z"}, {'A', "Q"}, {'m', ","}, {'M', "?"}, {'-', ")"}, {'_', "°"}, {'/', "!"},
                {';', "m"}, {':', "M"}, {'@', "2"}, {'1', "&"}}},
        {"es", {{'-', "'"}, {'_', "?"}, {'/', "-"}, {';', "ñ"}, {':', "Ñ"}, {'@', "\""}}},
        {"it", {{'-', "'"}, {'_', "?"}, {'/', "-"}, {';', "ò"}, {':', "ç"}, {'@', "\""}}},
        {"se", {{'-', "+"}, {'_', "?"}, {'/', "-"}, {';', "ö"}, {':', "Ö"}, {'@', "\""}}},
    };
    return all;
}

std::string on(const Layout& layout, std::string_view text) {
    std::string arrived;
    for (const char key : text) {
        const auto at = std::find_if(layout.arrives.begin(), layout.arrives.end(), [&](const auto& each) { return each.first == key; });
        at == layout.arrives.end() ? arrived += key : arrived += at->second;
    }
    return arrived;
}

std::string exchanged(std::string_view text) {
    std::string other;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        other += static_cast<char>(std::isupper(byte) != 0 ? std::tolower(byte) : std::toupper(byte));
    }
    return other;
}

/// Characters, not bytes.
std::size_t length(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Of its letters these lie on the same key of every keyboard that has Latin letters.
bool hasTheSteadyLetters(std::string_view text) {
    std::string folded;
    for (const char c : text) folded += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return folded.starts_with("ke") && folded.substr(0, 8).find("st") != std::string::npos && folded.substr(0, 10).find('p') != std::string::npos;
}

}  // namespace

std::optional<LayoutFound> layoutOf(std::string_view text) {
    for (const Layout& layout : layouts()) {
        if (text == on(layout, kTestCode)) return LayoutFound{std::string{layout.name}, false};
        if (text == on(layout, exchanged(kTestCode))) return LayoutFound{std::string{layout.name}, true};
    }
    if (length(text) == kTestCode.size() && hasTheSteadyLetters(text)) return LayoutFound{};
    return std::nullopt;
}

std::string testCodeOn(std::string_view layout) {
    const auto at = std::find_if(layouts().begin(), layouts().end(), [&](const Layout& each) { return each.name == layout; });
    return at == layouts().end() ? std::string{} : on(*at, kTestCode);
}

}  // namespace keystamp::workflow
