// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "db/audit_log.h"
#include "station/workflow/ledger_check.h"

namespace keystamp::workflow {
namespace {
using db::KeyOrigin;
using db::Unit;
using db::UnitState;

/// What became of one unit; `finished` is false where its board is needed.
struct Ending {
    bool finished = false;
    std::string words;
};

Result<Ending> voided(Station& station, const Unit& unit, const std::string& reason) {
    if (const auto gone = station.journal->voidUnit(unit.number, reason, "station"); !gone) return gone.error();
    return Ending{true, unit.id.text() + ": void, " + reason};
}

Result<Ending> settleIntended(Station& station, const Unit& unit) {
    if (isSymmetric(unit.origin)) return Ending{};
    const auto ledger = station.signer->serialRecord(unit.serial);
    if (!ledger) return ledger.error();
    switch (ledger->fate) {
        case hsm::SerialFate::Unknown:
        case hsm::SerialFate::Interrupted:
            return voided(station, unit, "its signature was interrupted");
        case hsm::SerialFate::Reserved:
            if (unit.origin == KeyOrigin::Board) return Ending{};
            return voided(station, unit, "its key went with the station that made it");
        case hsm::SerialFate::Issued:
            break;
    }
    const Bytes& certificate = ledger->leaf->certificate;
    if (const auto issued = station.journal->issue(unit.number, certificate, sha256(certificate)); !issued) return issued.error();
    if (unit.origin == KeyOrigin::Board) return Ending{};
    return voided(station, unit, "its key went with the station that made it");
}

Result<Ending> settle(Station& station, const Unit& unit) {
    if (unit.state == UnitState::Reserved) return voided(station, unit, "the station stopped before anything was asked for");
    if (unit.state == UnitState::Intended) return settleIntended(station, unit);
    return Ending{};
}

Error setBack(const std::string& why) {
    return Error{ErrorCode::RecordsAltered, "the signer's ledger is not the newest one (" + why +
                                                "); put the newest copy of the whole data folder back, or, without one, keep this folder for the "
                                                "auditor and begin with an empty one"};
}

}  // namespace

// INTENDED is on disk before the signer is asked, and what it gave before the journal has it. A ledger that knows of more means that the
// journal has lost rows (it was put back from a copy, or begun anew), and an ID that looks free may have a live certificate. One that
// knows of less has lost them itself.
Result<void> holdBatch(const Station& station, const db::BatchProgress& progress) {
    const db::Batch& batch = progress.batch;
    const std::uint64_t issued = progress.recorded + progress.unresolved;  // live credentials
    const auto counts = station.signer->counts(batch.name);
    if (!counts && counts.error().code == ErrorCode::NotGranted) {
        if (issued == 0) return {};  // nothing is issued for it
        return setBack(fmt::format("it has no batch {}, the journal has {} units of it", batch.name, issued));
    }
    if (!counts) return counts.error();
    const auto intended = station.journal->intended(batch.name);
    if (!intended) return intended.error();
    const bool sas = isSymmetric(batch.mode);
    const std::uint64_t asked = sas ? counts->keys() : counts->intents;
    if (asked > *intended) {
        return Error{ErrorCode::ReconciliationGap,
                     fmt::format("batch {}: the signer was asked {} times, the journal knows of {}: {} units are missing from it. Put a newer "
                                 "copy back by `keystamp journal restore` or, without one, see `keystamp journal reconcile`; nothing is issued before",
                                 batch.name, asked, *intended, asked - *intended)};
    }
    const std::uint64_t given = sas ? counts->keys() : counts->issued;
    if (given >= issued) return {};
    return setBack(fmt::format("it has given {} of batch {}, the journal has {} from it", given, batch.name, issued));
}

Result<void> notSetBack(const db::Journal& journal, const hsm::SignedCheckpoint& given) {
    const db::Checkpoint checkpoint{given.head.origin, given.head.size, given.head.root, given.signature};
    const auto verified = db::verifyAuditLog(journal, checkpoint, std::nullopt);
    if (verified) return {};
    if (verified.error().code != ErrorCode::RecordsAltered) return verified.error();
    const auto rows = journal.auditRows();
    if (!rows) return rows.error();
    const auto newest = journal.lastTime();
    if (!newest) return newest.error();
    if (*rows >= checkpoint.size) {
        return Error{ErrorCode::RecordsAltered,
                     fmt::format("the audit log is not the one whose first {} rows the signer signed ({}); put the newest copy back by "
                                 "`keystamp journal restore` or, without one, see `keystamp journal reconcile`", checkpoint.size, verified.error().detail)};
    }
    return Error{ErrorCode::RecordsAltered,
                 fmt::format("the journal is older than it was: the signer signed {} audit rows, it has {}{}; at least {} rows are missing. "
                             "Put a newer copy back by `keystamp journal restore` or, without one, see `keystamp journal reconcile`; nothing is issued before",
                             checkpoint.size, *rows, *newest ? ", the last of " + toText(**newest) : "", checkpoint.size - *rows)};
}

Result<void> holdAgainstLedger(const Station& station) {
    const auto kept = station.journal->lastCheckpoint();
    if (!kept) return kept.error();
    const auto given = station.signer->lastCheckpoint();
    if (!given) return given.error();
    const std::uint64_t signedRows = given->has_value() ? (*given)->head.size : 0;
    if (kept->has_value() && (*kept)->size > signedRows) {
        return setBack(fmt::format("its last checkpoint is of {} rows, the journal has one of {}", signedRows, (*kept)->size));
    }
    // Nobody forges the journal's own last checkpoint; where the signer has signed since, every row up to there is followed.
    const bool both = kept->has_value() && given->has_value() && (*kept)->size == signedRows && (*kept)->root == (*given)->head.root;
    if (given->has_value() && !both) {
        if (auto fits = notSetBack(*station.journal, **given); !fits) return fits;
    }
    const auto batches = station.journal->batches();
    if (!batches) return batches.error();
    for (const db::BatchProgress& progress : *batches) {
        if (progress.batch.state != db::BatchState::Open) continue;
        if (auto fits = holdBatch(station, progress); !fits) return fits;
    }
    return {};
}

namespace {

// The keys that have no board to wait for any more.
Result<std::vector<DeviceId>> keysToForget(Station& station, const db::Batch& batch) {
    auto held = station.signer->heldKeys(batch.name);
    if (!held || batch.state == db::BatchState::Closed) return held;
    std::set<std::string> here;
    for (const DeviceId& id : *held) here.insert(id.text());
    std::vector<DeviceId> owed;
    const auto walked = station.journal->eachUnit(batch.name, [&](const Unit& unit) -> Result<void> {
        const bool ended = unit.state == UnitState::Recorded || unit.voidedFor == db::VoidedFor::Scrap;
        if (ended && here.contains(unit.id.text())) owed.push_back(unit.id);
        return {};
    });
    if (!walked) return walked.error();
    return owed;
}

// A station that died between a unit's record and its key's end, or between a batch's close and that of the keys that nobody used.
Result<void> forgetWhatIsOwed(Station& station) {
    const auto batches = station.journal->batches();
    if (!batches) return batches.error();
    for (const db::BatchProgress& progress : *batches) {
        const db::Batch& batch = progress.batch;
        if (batch.mode != Mode::Imported) continue;
        const auto counts = station.signer->counts(batch.name);
        if (!counts && counts.error().code == ErrorCode::NotGranted) continue;
        if (!counts) return counts.error();
        if (counts->held == 0) continue;
        auto owed = keysToForget(station, batch);
        if (!owed) return owed.error();
        if (owed->empty()) continue;
        if (auto gone = station.signer->forgetKeys(batch.name, *owed); !gone) return gone;
    }
    return {};
}

}  // namespace

Result<RecoveryReport> recover(Station& station) {
    if (const auto whole = holdAgainstLedger(station); !whole) return whole.error();
    const auto units = station.journal->unfinished();
    if (!units) return units.error();
    if (const auto paid = forgetWhatIsOwed(station); !paid) return paid.error();
    RecoveryReport report;
    for (const Unit& unit : *units) {
        auto ending = settle(station, unit);
        if (!ending) return ending.error();
        if (ending->finished) {
            report.finished.push_back(std::move(ending->words));
            continue;
        }
        const auto now = station.journal->liveUnit(unit.id);
        if (!now) return now.error();
        report.unresolved.push_back(*now ? **now : unit);
    }
    return report;
}

}  // namespace keystamp::workflow
