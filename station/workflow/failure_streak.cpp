// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/failure_streak.h"

#include <fmt/format.h>

#include <utility>

namespace keystamp::workflow {
namespace {

/// An ERROR that may lie at the fixture. A FAIL always may.
bool isOfTheBench(ErrorCode code) {
    switch (code) {
        case ErrorCode::BoardSilent:
        case ErrorCode::BoardNonsense:
        case ErrorCode::LinkLost:
        case ErrorCode::LinkUnavailable:
        case ErrorCode::Timeout:
            return true;
        default:
            return false;
    }
}

}  // namespace

Error asError(const std::string& fixture, const FixtureStop& stop) {
    return Error{ErrorCode::FixtureStopped, fmt::format("{}: {} times in a row {}", fixture, stop.times, name(stop.cause))};
}

void FailureStreak::note(const JobOutcome& outcome) {
    if (outcome.verdict == db::Verdict::Pass) return clear();
    if (!outcome.error) return;
    const ErrorCode cause = outcome.error->code;
    const bool counts = outcome.verdict == db::Verdict::Fail || (outcome.verdict == db::Verdict::Error && isOfTheBench(cause));
    if (!counts) return;
    m_times = std::exchange(m_cause, cause) == cause ? m_times + 1 : 1;
    if (m_most > 0 && m_times >= m_most) m_stopped = FixtureStop{m_cause, m_times};
}

void FailureStreak::clear() {
    m_times = 0;
    m_stopped.reset();
}

}  // namespace keystamp::workflow
