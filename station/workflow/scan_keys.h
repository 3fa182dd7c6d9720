// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "station/workflow/scan_lines.h"

namespace keystamp::workflow {

/// A keyboard scanner's keys, put together to scans: as a US keyboard has them, which is what scanners type as they come from the
/// factory, whatever the desktop's layout is. Enter or Tab ends a scan; Ctrl-] is the separator of GS1. Codes and values are those of
/// linux/input-event-codes.h.
class ScanKeys {
public:
    /// One event of type EV_KEY: 0 up, 1 down, 2 held (which is no new character). A scan where it is ended by this: BadScan where a key
    /// stood in it that no label has, as scanners type that are set to another country or to Alt codes.
    std::optional<Scanned> take(unsigned code, int value);
    /// Events were lost: the open scan is damaged.
    void lost();
    /// Nothing has come for a while. ScanCut for a scan that was begun.
    std::optional<Error> silence();

private:
    std::string m_open;
    std::optional<Error> m_damage;
    int m_shifts = 0, m_controls = 0, m_others = 0;  ///< how many of them are down
};

}  // namespace keystamp::workflow
