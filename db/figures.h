// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"

namespace keystamp::db {

/// How a line does, from jobs that ended and are on disk. Jobs that a person stopped count nowhere.
struct Figures {
    std::uint64_t recorded = 0;   ///< jobs that ended in PASS
    std::uint64_t boards = 0;     ///< labels that had a job, each counted once
    std::uint64_t firstPass = 0;  ///< of those, the ones whose first job here was a PASS
    /// From one recorded unit to the next, whichever its fixture: the median, which breaks do not move. Nothing below two units.
    std::optional<std::chrono::milliseconds> takt;

    struct Hour {
        UtcTime begin{};
        std::uint64_t recorded = 0;
        std::uint64_t failed = 0;  ///< FAIL and ERROR
    };
    std::vector<Hour> hours;  ///< every hour from the first with a job to the last, empty ones too

    struct Failure {
        std::string fixture;
        std::string reason;  ///< name(ErrorCode)
        std::uint64_t count = 0;
    };
    std::vector<Failure> failures;  ///< by fixture and reason, the most frequent first
};

}  // namespace keystamp::db
