// SPDX-License-Identifier: Apache-2.0
// Private to workflow: one scanner, open.
#pragma once

#include <memory>
#include <vector>

#include "core/clock.h"
#include "station/workflow/config.h"
#include "station/workflow/scan_lines.h"

namespace keystamp::workflow {

/// One thread at a time.
class ScannerSource {
public:
    virtual ~ScannerSource() = default;
    /// What has come until the deadline, which may be nothing. LinkLost where the scanner is gone.
    virtual Result<std::vector<Scanned>> read(Deadline deadline) = 0;
};

/// After that much silence a scan that has not ended was cut. Scanners send one in a few milliseconds, by radio in some hundred.
constexpr std::chrono::milliseconds kScanSilence{1'000};

/// By `link`: through flashing/link, or a keyboard of its own. LinkUnavailable; for a keyboard `native` is the errno: EACCES where the
/// station may not read it, EBUSY where another program has grabbed it.
Result<std::unique_ptr<ScannerSource>> openScanner(const ScannerConfig& scanner, Deadline deadline);
Result<std::unique_ptr<ScannerSource>> openKeyboard(const std::string& path);

}  // namespace keystamp::workflow
