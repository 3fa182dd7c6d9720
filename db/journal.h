// SPDX-License-Identifier: Apache-2.0
// The journal: the only truth about what was issued, written and recorded. SQLite in WAL mode with synchronous=FULL;
// the pragmas are read back at start.
//
// Threads: every method from any thread. What all fixtures ask for at one time is committed together, in the order asked,
// so that sixteen fixtures share an fsync; one that asks alone pays for its own and nothing else. A method that returns Result<> and changes something returns when its
// own change is on disk. Other processes may have the same journal open.
// Errors: JournalFault (native: SQLite's extended code), JournalBusy; others are said below.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/merkle.h"
#include "core/result.h"
#include "db/audit_search.h"
#include "db/figures.h"
#include "db/records.h"

namespace keystamp::db {

class Journal {
public:
    /// Opens or makes it and brings it to the newest schema. `origin` is the station's name, written into every checkpoint.
    static Result<std::unique_ptr<Journal>> open(const std::string& path, const std::string& origin, Clock clock = utcNow);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    // ---- batches
    /// BatchExists; BadCsv where an ID stands twice. `ids` empty for a pattern. Audited.
    Result<void> createBatch(const Batch& batch, const std::vector<ListedId>& ids);
    Result<std::vector<BatchProgress>> batches() const;
    /// UnknownBatch.
    Result<BatchProgress> batch(const std::string& name) const;
    /// Audited with who, and with `reason` where the station itself does it; Batch::stopped says it until the batch is open again. An extension
    /// that waits goes with the batch that is closed; Unresolved where a unit is on its way.
    Result<void> setBatchState(const std::string& name, BatchState state, const std::string& who, const std::string& reason = {});
    /// More units, once they are released: `count` and `spare` as they are then, neither less than now, and `ids` that are new to a list
    /// batch. What waits already is replaced. BatchNotOpen where it is closed; BadCsv for an ID that it has already; BadUsage. Audited with who
    /// and why.
    Result<void> extendBatch(const std::string& name, std::uint64_t count, std::uint64_t spare, const std::vector<ListedId>& ids,
                             const std::string& reason, const std::string& who);
    /// The extension that waits holds from now on. BadUsage where none does; SecondSupervisor for whoever asked for it. Audited with who.
    Result<void> releaseBatch(const std::string& name, const std::string& who);
    /// A list batch's entry for this ID; NotInBatch.
    Result<ListedId> listed(const std::string& batch, const DeviceId& id) const;
    Result<std::vector<ListedId>> listedIds(const std::string& batch) const;

    // ---- a unit's way; each is refused (Internal) unless it follows the state before
    /// RESERVED. One ID and one UID are live at most once, whoever races: IdHeldByOtherBoard, BoardHoldsOtherId,
    /// AlreadyRecorded, BoardScrapped, CapReached (x509: issuances; sas: distinct IDs), BatchNotOpen, NotInBatch. A SAS ID whose last
    /// unit was voided on another UID is IdHeldByOtherBoard too: its key cannot be changed. The same board under its own
    /// label or ID that is not finished is Unresolved: resume() it. WrongUid where the list names another board.
    /// The next free ID is never one that was spent on another board; the same label and board get their own again.
    Result<Unit> reserve(const Reservation& reservation);
    /// INTENDED: serial (x509) and key hash, before the HSM is asked.
    Result<void> intend(std::int64_t unit, const Bytes& serial, const Digest& keyHash);
    /// ISSUED with its audit row in one transaction. `certificate` empty for sas.
    Result<void> issue(std::int64_t unit, const Bytes& certificate, const Digest& credential);
    /// WRITTEN and VERIFIED are put in order and on disk with whatever is committed next; they do not wait, and an error
    /// of theirs is the next waiting call's of that unit. Both may be said again: a unit that is taken up anew is written
    /// or asked anew.
    void written(std::int64_t unit);
    void verified(std::int64_t unit, Evidence evidence);
    /// RECORDED with its audit row and its job's PASS; on disk when this returns.
    Result<void> record(std::int64_t unit, const JobRecord& job);
    /// The board said that it is locked. Does not wait.
    void locked(std::int64_t unit);
    /// VOID from any state, or only from the one in which it was `seen`, audited; the serial is never used again.
    Result<void> voidUnit(std::int64_t unit, const std::string& reason, const std::string& who, VoidedFor what = VoidedFor::Nothing,
                          std::optional<UnitState> seen = {});
    /// Whether there is a unit that tells of it.
    Result<bool> knows(const LostUnit& lost) const;
    /// A row for each, VOID from the beginning and on no board (UnknownBatch), and then one audit row "journal-reconcile" with `data` (a JSON
    /// object's text), the reason and who; all of it or nothing. Internal where one is known.
    Result<void> reconcile(const std::vector<LostUnit>& lost, const std::string& data, const std::string& reason, const std::string& who);
    /// A job takes up a unit that an earlier one left in any state before RECORDED: fixture, job and its person are noted.
    Result<void> resume(std::int64_t unit, const std::string& fixture, const std::string& job, const std::string& who = {});
    /// How a job ended that did not record its unit. A FAIL is audited.
    Result<void> endJob(const JobRecord& job);

    // ---- looking up
    Result<std::optional<Unit>> liveUnit(const DeviceId& id) const;
    Result<std::optional<Unit>> liveUnitOfBoard(const Bytes& uid) const;
    /// In a pattern batch: the live unit that this scan was given.
    Result<std::optional<Unit>> liveUnitOfScan(const std::string& batch, const std::string& scan) const;
    /// The devices that a person may mean by an ID, a label as it was scanned, a board's UID, or a certificate's SHA-1 or SHA-256 thumbprint (hexadecimal;
    /// case, colons and blanks do not matter); the newest first, none where nothing fits. A thumbprint looks at every certificate.
    Result<std::vector<DeviceId>> find(const std::string& text) const;
    /// Every unit of an ID, oldest first.
    Result<std::vector<Unit>> history(const DeviceId& id) const;
    Result<std::vector<JobRecord>> jobsOf(const DeviceId& id) const;
    /// From jobs that ended since then: of all batches, or of one.
    Result<Figures> figures(UtcTime since, const std::string& batch = {}) const;
    /// For how many leaves, or IDs of a sas batch, the signer may have been asked: rows that have been INTENDED.
    Result<std::uint64_t> intended(const std::string& batch) const;
    /// Live units that are in none of the states Recorded and Void, over all batches.
    Result<std::vector<Unit>> unfinished() const;
    /// Recorded units whose board has not said that it is locked.
    Result<std::vector<Unit>> unlocked() const;
    /// Calls `each` for all units of a batch in order of number; stops at the first error.
    Result<void> eachUnit(const std::string& batch, const std::function<Result<void>(const Unit&)>& each) const;
    /// Calls `each` for every void unit that has a certificate, over all batches, in order of number.
    Result<void> eachVoidLeaf(const std::function<Result<void>(const Unit&)>& each) const;
    /// Jobs that ended in FAIL before a unit was reserved, for the manifest.
    Result<void> eachJobWithoutUnit(const std::string& batch, const std::function<Result<void>(const JobRecord&)>& each) const;

    // ---- audit log
    /// Appends {"kind": kind, ...data}; `data` is a JSON object's text. On disk when it returns. Internal where it names n,
    /// time, kind or prev, or a kind that is the journal's own (of units, persons, the clock).
    Result<void> audit(const std::string& kind, const std::string& data);
    /// The newest first; looks at a hundred thousand rows at most.
    Result<AuditFound> searchAudit(const AuditSearch& search) const;
    /// In order, those behind the row of number `after`.
    Result<void> eachAuditRow(const std::function<Result<void>(const AuditRow&)>& each, std::uint64_t after = 0) const;
    /// Size and root now, with the consistency proof from an older size (RFC 6962). RecordsAltered where the chain is broken
    /// or shorter than `since`.
    struct Head {
        std::string origin;
        std::uint64_t size = 0;
        Digest root{};
        std::vector<Digest> proof;
    };
    Result<Head> head(std::uint64_t since) const;
    Result<void> saveCheckpoint(const Checkpoint& checkpoint);
    Result<std::optional<Checkpoint>> lastCheckpoint() const;

    /// Rows and their states agree with the audit log, pragmas are as they must be, integrity_check passes.
    Result<void> check() const;
    Result<std::uint64_t> auditRows() const;
    /// Wall time of the newest audit row.
    Result<std::optional<UtcTime>> lastTime() const;
    /// ClockWrong where the clock is behind that, or far ahead (clock_rule.h). reserve(), intend() and resume() refuse then as well, so
    /// that a running line stops; what was begun is brought to its end.
    Result<void> clockFits() const;
    /// A supervisor says that the clock is right: what follows is counted from now. BadUsage where it fits anyway. Audited.
    Result<void> rebaseClock(const std::string& reason, const std::string& who);

private:
    friend class People;       ///< db/people.h: who may be at the station
    friend class CloudStates;  ///< db/cloud_states.h: what the cloud last said of each device
    friend class Samples;      ///< db/samples.h: units that registered with the cloud from the line
    struct Parts;
    explicit Journal(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace keystamp::db
