// SPDX-License-Identifier: Apache-2.0
// One line of CSV (RFC 4180), one row: what this room writes never breaks a row over lines, and what it reads may not.
// Private to this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace keystamp::db {

/// Quoted where it must be.
std::string csvField(std::string_view text);
/// Valid UTF-8 on one line: control characters and foreign bytes as `\x0a`.
std::string spelledOut(std::string_view text);
/// Text from outside (labels, reasons) for a file that people open in a spreadsheet: control characters are spelt out, and
/// what would be a formula gets an apostrophe in front.
std::string csvText(std::string_view text);
/// BadCsv says what is wrong with it; the line comes without its end.
Result<std::vector<std::string>> parseCsvLine(std::string_view line);

bool isUtf8(std::string_view text);

}  // namespace keystamp::db
