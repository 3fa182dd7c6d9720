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

/// The fields where they stand in the line, quotes included: what is secret in them is nowhere copied.
std::vector<std::string_view> fieldsIn(std::string_view line);
/// Such a field without the blanks and quotes around it.
std::string_view withoutQuotes(std::string_view field);
/// The line of those fields, but for the ones that are `secret`: whoever reads it, and says what is wrong with it, sees none.
std::string withoutSecrets(const std::vector<std::string_view>& fields, const std::vector<bool>& secret);
/// Whether a column of IoT Central's holds keys.
bool holdsKeys(std::string_view column);

bool isUtf8(std::string_view text);

}  // namespace keystamp::db
