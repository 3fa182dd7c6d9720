// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/ca_code.h"

#include <fmt/format.h>

namespace keystamp::workflow {
namespace {

Error wrong(std::string why) { return Error{ErrorCode::BadUsage, "the verification code " + std::move(why)}; }

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

Result<std::string> caCode(std::string_view typed) {
    while (!typed.empty() && isBlank(typed.front())) typed.remove_prefix(1);
    while (!typed.empty() && isBlank(typed.back())) typed.remove_suffix(1);
    if (typed.empty()) return wrong("is missing: the portal shows it beside the CA's certificate");
    for (std::size_t n = 0; n < typed.size(); ++n) {
        const char c = typed[n];
        if (c == '"' || c == '\'' || c == '`') return wrong(fmt::format("has a quotation mark at character {}: enter it without", n + 1));
        if (isBlank(c)) return wrong(fmt::format("has a blank at character {}: was it copied in two pieces, or with the words beside it?", n + 1));
        if (c < 0x21 || c > 0x7e) return wrong(fmt::format("has something at character {} that no code has: copy it again, by the portal's own button, or type it", n + 1));
    }
    if (typed.size() > kLongestCaCode) return wrong(fmt::format("has {} characters and may have {}: was something else copied, or the code twice?", typed.size(), kLongestCaCode));
    return std::string{typed};
}

}  // namespace keystamp::workflow
