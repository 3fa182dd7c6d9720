// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/scan_text.h"

#include <fmt/format.h>

namespace keystamp::workflow {
namespace {
constexpr std::size_t kLongest = 128;
constexpr std::string_view kBlank = " \t\r\n";
}  // namespace

Result<std::string> cleanScan(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return Error{ErrorCode::BadScan, "it is empty"};
    text = text.substr(first, text.find_last_not_of(kBlank) - first + 1);
    if (text.size() > kLongest) {
        return Error{ErrorCode::BadScan, fmt::format("{} characters, at most {}", text.size(), kLongest)};
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] < 0x20 || text[i] > 0x7e) {
            return Error{ErrorCode::BadScan, fmt::format("character {} (0x{:02x}) is damaged or not plain text", i + 1,
                                                         static_cast<unsigned char>(text[i]))};
        }
    }
    return std::string{text};
}

}  // namespace keystamp::workflow
