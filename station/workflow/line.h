// SPDX-License-Identifier: Apache-2.0
// The line of fixtures: one worker thread each, which owns its link and its board, and runs one job after another.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "db/records.h"
#include "flashing/board.h"
#include "station/workflow/station.h"

namespace keystamp::workflow {

/// Why a fixture takes no more scans: that many jobs in a row ended in this one way.
struct FixtureStop {
    ErrorCode cause = ErrorCode::Internal;
    unsigned times = 0;
};
/// FixtureStopped, with both in its detail.
Error asError(const std::string& fixture, const FixtureStop& stop);

/// What a fixture shows. `step` is the last state reached.
struct FixtureStatus {
    enum class Phase {
        Offline,  ///< the link cannot be opened
        Empty,    ///< no board answers
        Waiting,  ///< a board is there, to be scanned
        Working,
        Done,     ///< `verdict`, or the refusal in `error`, stays until the next scan
    };
    std::string fixture;
    Phase phase = Phase::Empty;
    std::string scan;
    std::string deviceId;
    std::string uid;              ///< hex
    std::optional<db::UnitState> step;
    /// With Done. Nothing: the scan was refused by a rule (`error` says which: AlreadyRecorded, NotInBatch, CapReached ...);
    /// nothing was issued, and the journal keeps no job of it. A program exits with 1 for it, but with 0 for AlreadyRecorded.
    std::optional<db::Verdict> verdict;
    std::optional<Error> error;   ///< with FAIL, ERROR, ABORTED, a refusal, and with Offline
    std::chrono::milliseconds elapsed{0};
    std::uint64_t job = 0;        ///< counts up by fixture: tells one job's events from the next one's
    std::optional<FixtureStop> stopped;  ///< with Done: it takes no more scans until Line::takeUpAgain
    bool labelAwaited = false;  ///< with PASS: it takes no other board until the label is scanned, or Line::skipLabel
};

struct LineOptions {
    std::chrono::milliseconds jobLimit{60'000};
    std::chrono::milliseconds stepLimit{10'000};
    /// How often an idle fixture asks whether a board is there; zero: never (all scans name their fixture).
    std::chrono::milliseconds presencePoll{500};
    /// Scans for a busy fixture wait their turn (a file of scans) or are refused as FixtureBusy (an operator).
    bool queueScans = false;
    /// After a FAIL or ERROR a fixture takes no scan until acknowledge() names it: an operator has seen it.
    bool acknowledgeFailures = false;
    /// After that many equal failures in a row a fixture takes no scan until takeUpAgain() names it, and refuses those that wait
    /// for it (FixtureStopped); see FailureStreak. 0: never.
    unsigned stopAfter = 0;
    /// After a PASS a fixture takes no other board (LabelAwaited) until its label was printed and scanned, or skipLabel() names it. Where several wait,
    /// a label's scan must name its fixture, as a board's must; one that another fixture waits for is OtherLabel. With Station::labels only.
    bool confirmLabels = false;
    /// How a fixture's board is opened; by its link and driver unless a test brings its own.
    std::function<Result<std::unique_ptr<flashing::Board>>(const FixtureConfig&, Deadline)> openBoard{};
    /// Who is logged in at its beginning; empty: nobody.
    std::string person{};
};

class Line {
public:
    /// Called from the workers' threads with each change; must not block. No call after the Line's destructor has begun
    /// to return.
    using Listener = std::function<void(const FixtureStatus&)>;

    Line(Station& station, const std::string& batch, std::vector<FixtureConfig> fixtures, LineOptions options, Listener listener);
    /// Stops jobs at their next step (ABORTED; what was issued stays UNRESOLVED) and joins.
    ~Line();
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    /// Another person is logged in from now on, or nobody: scans that are taken and fixtures that are taken up again are theirs. A fixture that
    /// was selected is so no more.
    void setPerson(const std::string& name);

    /// What became of a scan at once; what becomes of its job comes through the listener.
    struct Taken {
        std::string fixture;   ///< the fixture that has it, or was selected
        bool selected = false; ///< it was a fixture's label; the next scan is for that one
        bool confirms = false; ///< it is the label that the fixture waited for
    };
    /// Never blocks on a board. What readScan refuses, NoFixtureClaimed, FixtureBusy, FixtureStopped, NotAcknowledged, LabelAwaited,
    /// OtherLabel; the same text within 2 s is ScanTwice unless scans queue.
    Result<Taken> scan(const std::string& text);
    Result<Taken> scanAt(const std::string& fixture, const std::string& payload);

    /// A scan that a fixture had before, as its status named it.
    Result<Taken> again(const std::string& fixture, const std::string& scan);

    /// The fixture whose label was scanned and that the next scan is for.
    std::optional<std::string> selected() const;

    /// A person has seen this fixture's FAIL or ERROR. Nothing to acknowledge is no error.
    void acknowledge(const std::string& fixture);

    /// Whether it takes no more scans, and why.
    std::optional<FixtureStop> stopped(const std::string& fixture) const;
    /// A person has looked after a stopped fixture: it takes scans again, and counts anew. Audited; where that fails it stays stopped.
    /// UnknownFixture. A fixture that is not stopped is no error.
    Result<void> takeUpAgain(const std::string& fixture);

    /// A person says that this fixture's board gets no label now; the listener hears when that is on record, and it takes boards again.
    /// UnknownFixture. A fixture that waits for no label is no error.
    Result<void> skipLabel(const std::string& fixture);

    /// Until no fixture works and none has a scan waiting.
    void waitUntilIdle();
    /// Ends running jobs as ABORTED at their next step, drops waiting scans.
    void abort();

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace keystamp::workflow
