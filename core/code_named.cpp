// SPDX-License-Identifier: Apache-2.0
#include "core/code_named.h"

namespace keystamp {

std::optional<ErrorCode> codeNamed(std::string_view wanted) {
    for (int n = 0; n <= static_cast<int>(ErrorCode::Internal); ++n) {
        if (name(static_cast<ErrorCode>(n)) == wanted) return static_cast<ErrorCode>(n);
    }
    return std::nullopt;
}

}  // namespace keystamp
