// SPDX-License-Identifier: Apache-2.0
// Private to workflow: a running job, its steps spread over job.cpp (the way and its end), issue.cpp (RESERVED to ISSUED),
// deliver.cpp (WRITTEN to RECORDED) and resume.cpp (a unit that an earlier job left).
#pragma once

#include <vector>

#include "station/workflow/job.h"
#include "station/cloud/login.h"
#include "station/workflow/scan_rule.h"

namespace keystamp::workflow {

class Job {
public:
    Job(const JobOrder& order, const BoardSource& source, const Workbench& bench, const std::atomic<bool>& stop,
        const JobListener& listener);
    JobOutcome run();

private:
    // ---- job.cpp
    Result<void> way();
    Result<void> takesMode() const;
    Result<void> meetBoard();
    Result<void> refuseRecorded(const db::Unit& unit);
    /// Whether what the board holds may go: nothing, or an identity that was voided.
    Result<void> mayBeWritten();
    Result<void> voidUnit(const std::string& reason);
    /// In whose job; where nobody is logged in it is the station's.
    std::string voidedBy() const { return m_order.who.empty() ? "station" : m_order.who; }
    /// Unless the job was stopped or its time is over.
    Result<void> goOn() const;
    Deadline step() const { return m_deadline.sooner(m_order.stepLimit); }
    void reached(db::UnitState state);
    JobOutcome end(const Result<void>& result);
    Result<void> settle(const Error& error);
    db::JobRecord record(db::Verdict verdict) const;

    // ---- issue.cpp
    /// RESERVED and on to RECORDED, with a new identity or one that was voided.
    Result<void> provision(std::optional<DeviceId> id);
    /// Whether the batch's evidence can be had of this board: asked before anything is reserved.
    Result<void> canShow() const;
    Result<void> suffices(db::Evidence shown) const;
    Result<void> reserve(std::optional<DeviceId> id);
    Result<void> dropSpentKey();
    Result<void> tellWhatIsVoid();
    Result<void> issueLeaf();
    Result<void> issueKey();
    Result<hsm::DerivedKey> deviceKey();
    template <typename Ask>
    auto timed(Ask ask) {
        return m_bench.latency != nullptr ? m_bench.latency->around(ask) : ask();
    }
    /// What the board is told: whoever made a SAS key, it is one.
    Mode kind() const { return isSymmetric(m_order.batch.mode) ? Mode::Sas : Mode::X509; }
    /// The certificate of an intent; an intent that was lost is voided and made anew, once.
    Result<void> finishIntent(const Bytes& csr, const std::string& intentJob, Secret privateKey);
    Result<void> anew(const std::string& reason);

    // ---- deliver.cpp
    Result<void> deliver(flashing::Credential credential);
    Result<void> verifyAndRecord(const flashing::Prover& prover);
    Result<db::Evidence> verify(const flashing::Prover& prover);
    Result<void> sameBoard(const flashing::BoardInfo& info) const;
    /// The unit's whole identity: a SAS key is the same for each scope that its device ever had.
    bool holdsThis(const flashing::BoardInfo& info) const;
    /// A trouble with the board after its identity was issued: was it swapped? Then what was written is taken off again.
    Error orSwapped(Error error);
    /// Where it is this unit's turn in its batch's sample, what it registers with outlives the board's getting it, until it is RECORDED.
    void keepForSample(const flashing::Credential& credential);
    void sample();
    /// An imported key's end: its board has it.
    void forgetKey();
    void lock();

    // ---- resume.cpp
    Result<void> takeUp(db::Unit unit);
    Result<void> resumeIntended();
    Result<void> resumeIssued();
    Result<flashing::Credential> storedCredential();
    Result<Secret> keyAgain();

    const JobOrder& m_order;
    const BoardSource& m_source;
    const Workbench& m_bench;
    const std::atomic<bool>& m_stop;
    const JobListener& m_listener;

    const std::string m_name;
    const UtcTime m_startedAt;
    const Deadline m_deadline;
    flashing::Board* m_board = nullptr;
    flashing::BoardInfo m_info;
    InHand::Hold m_identity, m_silicon;
    std::optional<db::Unit> m_unit;
    std::optional<Digest> m_written;  ///< credential that this job has sent
    bool m_againOnce = false;         ///< an intent was lost in this job
    std::optional<cloud::DeviceLogin> m_trial;  ///< of a unit that is to be tried in the cloud
    JobProgress m_reached;
};

}  // namespace keystamp::workflow
