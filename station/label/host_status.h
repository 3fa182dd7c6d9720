// SPDX-License-Identifier: Apache-2.0
// Private to label: a printer's answer to ~HS (ZPL II programming guide, "Host Status Return").
#pragma once

#include <string_view>

#include "core/result.h"

namespace keystamp::label {

/// Whether all three strings (STX ... ETX) are there.
bool isWholeStatus(std::string_view answer);
/// What keeps it from printing: PrinterOpen, PrinterEmpty, PrinterPaused. Nonsense is PrinterOff: that is no printer.
Result<void> judgeStatus(std::string_view answer);

}  // namespace keystamp::label
