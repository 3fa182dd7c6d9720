// SPDX-License-Identifier: Apache-2.0
#include "core/toml_text.h"

#include <algorithm>

namespace keystamp {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Where the string that begins at `at` ends: behind its closing quotes, or the text's end.
std::size_t behindString(std::string_view text, std::size_t at) {
    const char quote = text[at];
    const bool longForm = text.substr(at).starts_with(std::string(3, quote));
    const std::string closing(longForm ? 3 : 1, quote);
    for (at += closing.size(); at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\') {
            ++at;
        } else if (text.substr(at).starts_with(closing)) {
            return at + closing.size();
        } else if (!longForm && text[at] == '\n') {
            return at;  // the parser will say that it does not end
        }
    }
    return text.size();
}

}  // namespace

Result<void> checkTomlText(std::string_view text, const std::string& file) {
    std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    while (at < text.size()) {
        const char each = text[at];
        if (each == '#') {
            at = std::min(text.find('\n', at), text.size());
        } else if (each == '"' || each == '\'') {
            at = behindString(text, at);
        } else if (static_cast<unsigned char>(each) >= 0x80) {
            const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
            return Error{ErrorCode::BadConfig, file + ":" + std::to_string(line) + ": a character that is not ASCII stands outside quotes and comments"};
        } else {
            ++at;
        }
    }
    return {};
}

}  // namespace keystamp
