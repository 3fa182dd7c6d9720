// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "station/workflow/scanners.h"

namespace keystamp::cli {

/// Scans of the station's scanners in the order they came, for a run to take. Any thread.
class ScannerFeed {
public:
    struct Scan {
        std::string fixture;  ///< of a fixture's own scanner; else empty
        workflow::Scanned scanned;
    };

    void add(const workflow::ScannerConfig& scanner, const workflow::Scanned& scanned);
    /// Nothing once stopped.
    std::optional<Scan> next();
    void stop();

private:
    std::mutex m_mutex;
    std::condition_variable m_come;
    std::deque<Scan> m_waiting;
    bool m_stopped = false;
};

}  // namespace keystamp::cli
