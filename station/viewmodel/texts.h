// SPDX-License-Identifier: Apache-2.0
// The operator's words, all of them: what the kiosk says in text that does not stand in a page. Exhaustive switches, so
// a new code, state or verdict does not compile until it has words here. Pure functions; GUI thread (translations).
#pragma once

#include <QString>
#include <chrono>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/error.h"
#include "core/words.h"
#include "db/cloud_states.h"
#include "db/figures.h"
#include "db/people.h"
#include "db/records.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// One sentence each, as an operator reads them from an arm's length.
struct OperatorText {
    QString cause;
    QString next;
};
OperatorText textOf(ErrorCode code);
/// Cause and next step as they stand in one line.
QString lineOf(ErrorCode code);

/// PASS, FAIL, ERROR, STOPPED: the big word.
QString wordOf(db::Verdict verdict);
/// What the job is doing once it has reached `step`; nothing yet: it has just begun.
QString workOf(const std::optional<db::UnitState>& step);
/// A line of the preflight.
struct CheckText {
    QString what;   ///< was looked at
    QString next;   ///< what to do; empty where nothing is
    QString found;  ///< for an engineer
};
CheckText textOf(const workflow::Check& check);

QString textOf(Mode mode);
QString textOf(db::BatchState state);
QString textOf(db::Role role);
QString textOf(db::CloudState state);
/// "4.2 s", "1:07 min"
QString textOf(std::chrono::milliseconds elapsed);
/// "11.4 s" from one unit to the next; a dash where there were not two.
QString taktOf(const db::Figures& figures);
/// First-pass yield, "97.5 %"; a dash before the first board.
QString yieldOf(const db::Figures& figures);

/// "2026-11-29 14:02:11 UTC"
QString dateOf(UtcTime time);

/// A scan as it may stand on the screen: printable, and elided in the middle where it is long.
QString shown(const std::string& scan);

}  // namespace keystamp::viewmodel
