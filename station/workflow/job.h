// SPDX-License-Identifier: Apache-2.0
// One attempt to provision one unit on one fixture: the way from a scan to a verdict (see station/README.md). It blocks, on
// the caller's thread; it has none of its own. The order of what it puts on disk and what it then does is the product:
// INTENDED before the HSM is asked, ISSUED before the first byte of a credential goes to the board, RECORDED before PASS.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "core/clock.h"
#include "db/journal.h"
#include "flashing/board.h"
#include "hsm/signer.h"
#include "station/workflow/in_hand.h"
#include "station/workflow/latency.h"

namespace keystamp::workflow {

class Sampler;

/// What every job of a station works with.
struct Workbench {
    db::Journal& journal;
    hsm::Signer& signer;
    InHand& inHand;
    Clock clock = utcNow;
    Latency* latency = nullptr;  ///< where it is counted
    Sampler* sampler = nullptr;  ///< or nobody registers from the line
};

struct JobOrder {
    db::Batch batch;
    std::string fixture;
    std::string scan;  ///< clean (see scan_text.h)
    std::chrono::milliseconds limit{60'000};      ///< of the whole job
    std::chrono::milliseconds stepLimit{10'000};  ///< of one act of the board
    std::string driver{};  ///< the fixture's, for what is said of it
    std::string who{};  ///< the person who scanned it; empty where nobody is logged in
};

/// How far it has come.
struct JobProgress {
    std::string deviceId;
    Bytes uid;
    std::optional<db::UnitState> step;
};

struct JobOutcome {
    /// PASS: recorded and proven. FAIL: the board is bad. ERROR: the station cannot tell. ABORTED: stopped. Nothing: the
    /// scan was refused by a rule (already recorded, not in the batch, cap reached ...); nothing was issued for it, and it
    /// says nothing about board or station, so the journal keeps no job of it.
    std::optional<db::Verdict> verdict;
    std::optional<Error> error;  ///< with everything but PASS
    JobProgress reached;
};

/// Opens the fixture's board; asked for only once the scan is known to need it. The board is the caller's.
using BoardSource = std::function<Result<flashing::Board*>()>;
using JobListener = std::function<void(const JobProgress&)>;

/// `stop` is looked at before every act of board or signer; a job past RECORDED is not stopped any more.
JobOutcome runJob(const JobOrder& order, const BoardSource& board, const Workbench& bench, const std::atomic<bool>& stop,
                  const JobListener& listener);

/// Locks a board whose unit is recorded and was not seen locked, and notes it. What fails is left to the next sight of it.
void lockOnSight(flashing::Board& board, const flashing::BoardInfo& info, db::Journal& journal,
                 std::chrono::milliseconds limit);

}  // namespace keystamp::workflow
