// SPDX-License-Identifier: Apache-2.0
// Private to workflow: equal failures in a row on one fixture. What is at fault then is no longer the board that lies there but
// what the boards have in common: contacts, cable, firmware, lot; and each further one would be spoilt for the same reason.
#pragma once

#include "station/workflow/job.h"
#include "station/workflow/line.h"

namespace keystamp::workflow {

/// One thread at a time.
class FailureStreak {
public:
    /// 0: it never stops.
    explicit FailureStreak(unsigned most) : m_most(most) {}

    /// How a job ended. A PASS ends a streak, another failure begins one. What says nothing about the fixture changes nothing: refusals,
    /// a person's stop, and the trouble of signer, journal or clock, which all fixtures have at once and which heals without a person.
    void note(const JobOutcome& outcome);
    const std::optional<FixtureStop>& stopped() const { return m_stopped; }
    void clear();

private:
    const unsigned m_most;
    ErrorCode m_cause = ErrorCode::Internal;
    unsigned m_times = 0;
    std::optional<FixtureStop> m_stopped;
};

}  // namespace keystamp::workflow
