// SPDX-License-Identifier: Apache-2.0
// Two clocks, never mixed: wall time (UTC, for records) and monotonic time (for deadlines).
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "core/result.h"

namespace keystamp {

using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;
/// Where a part takes its wall time from, so that a test can set it.
using Clock = std::function<UtcTime()>;

UtcTime utcNow();
/// RFC 3339 in UTC with milliseconds: 2026-11-24T07:53:18.250Z
std::string toText(UtcTime time);
/// Its day in UTC: 2026-11-24
std::string dayOf(UtcTime time);
Result<UtcTime> parseUtc(const std::string& text);

/// A point in monotonic time by which something must be done.
class Deadline {
public:
    using Steady = std::chrono::steady_clock;
    static Deadline in(std::chrono::milliseconds span) { return Deadline{Steady::now() + span}; }
    /// The earlier of this and `span` from now: a step inside a job.
    Deadline sooner(std::chrono::milliseconds span) const;
    /// Never negative.
    std::chrono::milliseconds left() const;
    bool passed() const { return Steady::now() >= m_at; }

private:
    explicit Deadline(Steady::time_point at) : m_at(at) {}
    Steady::time_point m_at;
};

}  // namespace keystamp
