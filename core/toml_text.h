// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace keystamp {

/// BadConfig with file and line where a character that is not ASCII stands outside quotes and comments, where TOML 1.0 has none. Asked before
/// toml++ 3.3 parses a text: its test for blanks is undefined for U+00A1 to U+0499.
Result<void> checkTomlText(std::string_view text, const std::string& file);

}  // namespace keystamp
