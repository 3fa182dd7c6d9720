// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/scan_text.h"

#include <fmt/format.h>

#include "station/workflow/gs1.h"

namespace keystamp::workflow {
namespace {

constexpr std::size_t kLongest = 128;
constexpr std::size_t kLongestPayload = 256;
constexpr std::string_view kBlank = " \t\r\n";

bool isPlain(char c) { return c >= 0x20 && c <= 0x7e; }

Result<std::string> clean(std::string_view text, std::size_t longest, bool separators) {
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return Error{ErrorCode::BadScan, "it is empty"};
    text = text.substr(first, text.find_last_not_of(kBlank) - first + 1);
    if (text.size() > longest) return Error{ErrorCode::BadScan, fmt::format("{} characters, at most {}", text.size(), longest)};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isPlain(text[i]) || (separators && text[i] == kGs)) continue;
        return Error{ErrorCode::BadScan, fmt::format("character {} (0x{:02x}) is damaged or not plain text", i + 1,
                                                     static_cast<unsigned char>(text[i]))};
    }
    return std::string{text};
}

}  // namespace

Result<std::string> cleanScan(std::string_view text) { return clean(text, kLongest, false); }

Result<std::string> cleanPayload(std::string_view text) { return clean(text, kLongestPayload, true); }

std::string visible(std::string_view text) {
    std::string shown;
    for (const char c : text) {
        if (isPlain(c)) {
            shown += c;
        } else {
            shown += c == kGs ? "<GS>" : fmt::format("<0x{:02x}>", static_cast<unsigned char>(c));
        }
    }
    return shown;
}

}  // namespace keystamp::workflow
