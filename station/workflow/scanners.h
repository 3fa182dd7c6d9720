// SPDX-License-Identifier: Apache-2.0
// The scanners that the station reads itself, one thread each. A scanner that is pulled is opened again when it is back.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "station/workflow/config.h"
#include "station/workflow/scan_lines.h"

namespace keystamp::workflow {

class Scanners {
public:
    /// Called from the scanners' threads, which may wait in it; not any more once the destructor returns.
    struct Listener {
        std::function<void(const ScannerConfig&, const Scanned&)> scanned;
        /// It was opened, or lost and why; each once.
        std::function<void(const ScannerConfig&, const Result<void>&)> changed{};
    };

    Scanners(const std::vector<ScannerConfig>& scanners, Listener listener);
    /// Joins; takes a quarter of a second.
    ~Scanners();
    Scanners(const Scanners&) = delete;
    Scanners& operator=(const Scanners&) = delete;

    /// How each one is now, in the order of the configuration. Any thread.
    std::vector<Result<void>> states() const;

private:
    class Reader;
    std::vector<std::unique_ptr<Reader>> m_readers;
};

}  // namespace keystamp::workflow
