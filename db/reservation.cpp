// SPDX-License-Identifier: Apache-2.0
#include "db/reservation.h"

#include <fmt/format.h>

#include "core/id_pattern.h"
#include "db/rows.h"

namespace keystamp::db {
namespace {

struct OpenBatch {
    Batch batch;
    std::uint64_t used = 0;  // places under the cap that are taken
    std::uint64_t next = 0;  // pattern: the running number that has not been given yet
};

Result<OpenBatch> openBatch(Connection& db, const std::string& name) {
    Use use{db.prepared("SELECT " KEYSTAMP_BATCH_COLUMNS " FROM batch WHERE name = ?")};
    if (!use.with(name).next()) return Error{ErrorCode::UnknownBatch, name};
    OpenBatch found{batchOf(use), use.count(12), use.count(13)};
    if (found.batch.state != BatchState::Open) {
        const std::string& why = found.batch.stopped;
        return Error{ErrorCode::BatchNotOpen, fmt::format("{} is {}{}{}", name, db::name(found.batch.state), why.empty() ? "" : ": the cloud refused ", why)};
    }
    return found;
}

std::optional<Unit> liveBy(Connection& db, const char* sql, const auto&... values) {
    Use use{db.prepared(sql)};
    return use.with(values...).next() ? std::optional{unitOf(use)} : std::nullopt;
}

std::optional<Unit> liveId(Connection& db, const DeviceId& id) {
    return liveBy(db, "SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit WHERE id = ? AND live = 1", id.text());
}

// The board on the fixture may have a live unit only if nothing is left to reserve: then say how it stands.
Error alreadyLive(const Unit& unit) {
    const std::string which = fmt::format("{} in batch {}", unit.id.text(), unit.batch);
    if (unit.state == UnitState::Recorded) return Error{ErrorCode::AlreadyRecorded, which};
    return Error{ErrorCode::Unresolved, fmt::format("{}, {}", which, name(unit.state))};
}

Error heldByOther(const Unit& unit) {
    return Error{ErrorCode::IdHeldByOtherBoard,
                 fmt::format("{} is held by the board with UID {} in batch {}", unit.id.text(), toHex(unit.uid), unit.batch)};
}

// Whether an ID was spent (its certificate may exist, its key was derived) on any unit that is void now.
struct Spent {
    bool atAll = false;
    bool onOtherBoard = false;
    bool inThisBatch = false;
};
Spent spentBefore(Connection& db, const DeviceId& id, const Bytes& uid, const std::string& batch) {
    Spent spent;
    Use use{db.prepared("SELECT uid, batch FROM unit WHERE id = ? AND live = 0 AND void_from <> 'RESERVED'")};
    use.with(id.text());
    while (use.next()) {
        spent.atAll = true;
        if (use.bytes(0) != uid) spent.onOtherBoard = true;
        if (use.text(1) == batch) spent.inThisBatch = true;
    }
    return spent;
}

Result<DeviceId> permitted(Connection& db, const OpenBatch& open, const DeviceId& id, const Bytes& uid) {
    const Batch& batch = open.batch;
    if (!batch.pattern.empty()) {
        const auto pattern = IdPattern::parse(batch.pattern);
        if (!pattern) return pattern.error();
        const auto number = pattern->numberOf(id);
        if (number && *number >= batch.first && *number - batch.first < batch.cap()) return id;
        return Error{ErrorCode::NotInBatch, fmt::format("{} is not among {}, {} from {}", id.text(), batch.pattern, batch.cap(),
                                                        batch.first)};
    }
    Use use{db.prepared("SELECT uid FROM listed_id WHERE batch = ? AND id = ?")};
    if (!use.with(batch.name, id.text()).next()) {
        return Error{ErrorCode::NotInBatch, fmt::format("{} is not in the list of {}", id.text(), batch.name)};
    }
    if (!use.null(0) && use.bytes(0) != uid) {
        return Error{ErrorCode::WrongUid, fmt::format("{} is for the board with UID {}, this one is {}", id.text(),
                                                      toHex(use.bytes(0)), toHex(uid))};
    }
    return id;
}

// A board whose unit was voided gets its own ID again when the same label is scanned: no ID is spent twice, and no other
// board ever gets an ID whose old certificate might still speak for it.
std::optional<DeviceId> ownBefore(Connection& db, const Reservation& wanted) {
    Use use{db.prepared("SELECT id FROM unit WHERE uid = ? AND live = 0 AND void_from <> 'RESERVED' AND batch = ? AND "
                        "scan = ? ORDER BY number DESC LIMIT 1")};
    if (!use.with(wanted.uid, wanted.batch, wanted.scan).next()) return std::nullopt;
    const DeviceId id = idOf(use, 0);
    return liveId(db, id) || spentBefore(db, id, wanted.uid, wanted.batch).onOtherBoard ? std::nullopt : std::optional{id};
}

bool isFree(Connection& db, const DeviceId& id) { return !liveId(db, id) && !spentBefore(db, id, {}, {}).atAll; }

// The lowest ID that was given back, else the next that was never given.
Result<DeviceId> nextFree(Connection& db, const OpenBatch& open, const Reservation& wanted) {
    const Batch& batch = open.batch;
    if (batch.pattern.empty() || batch.match) {
        return Error{ErrorCode::NotInBatch, fmt::format("{} gives no IDs: the scan must be one", batch.name)};
    }
    if (auto own = ownBefore(db, wanted)) return *own;
    const auto pattern = IdPattern::parse(batch.pattern);
    if (!pattern) return pattern.error();
    for (;;) {
        std::uint64_t number = 0;
        {
            Use use{db.prepared("SELECT min(number) FROM free_id WHERE batch = ?")};
            if (!use.with(batch.name).next() || use.null(0)) break;
            number = use.count(0);
        }
        Use{db.prepared("DELETE FROM free_id WHERE batch = ? AND number = ?")}.with(batch.name, number).run();
        auto id = pattern->at(number);
        if (id && isFree(db, *id)) return id;
    }
    for (std::uint64_t number = open.next; number < batch.first + batch.cap(); ++number) {
        auto id = pattern->at(number);
        if (!id) return id;
        if (!isFree(db, *id)) continue;
        Use{db.prepared("UPDATE batch SET next = ? WHERE name = ?")}.with(number + 1, batch.name).run();
        return id;
    }
    return Error{ErrorCode::CapReached, fmt::format("{} has no ID left of {}", batch.name, batch.cap())};
}

// The label, the board and the ID are each free, or the Error that says who has it.
Result<void> nobodyHas(Connection& db, const Reservation& wanted, bool byScan) {
    if (byScan) {
        const auto same = liveBy(db, "SELECT " KEYSTAMP_UNIT_COLUMNS
                                     " FROM unit WHERE batch = ? AND scan = ? AND live = 1 LIMIT 1", wanted.batch, wanted.scan);
        if (same) return same->uid == wanted.uid ? alreadyLive(*same) : heldByOther(*same);
    }
    if (wanted.id) {
        if (const auto same = liveId(db, *wanted.id)) return same->uid == wanted.uid ? alreadyLive(*same) : heldByOther(*same);
    }
    if (Use use{db.prepared("SELECT id FROM unit WHERE uid = ? AND void_for = 'scrap' LIMIT 1")}; use.with(wanted.uid).next()) {
        return Error{ErrorCode::BoardScrapped, fmt::format("the board with UID {} was scrapped as {}", toHex(wanted.uid), use.text(0))};
    }
    const auto board = liveBy(db, "SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit WHERE uid = ? AND live = 1", wanted.uid);
    if (board) {
        return Error{ErrorCode::BoardHoldsOtherId, fmt::format("the board with UID {} is {} in batch {}", toHex(wanted.uid),
                                                               board->id.text(), board->batch)};
    }
    return {};
}

std::int64_t insert(Transaction& t, const OpenBatch& open, const DeviceId& id, const Reservation& wanted) {
    const KeyOrigin origin = originIn(open.batch.mode, wanted.origin);
    Use{t.db.prepared("INSERT INTO unit(batch, id, scan, uid, state, fixture, job, origin, slot, family, firmware, created_at, "
                      "changed_at, who) VALUES(?, ?, ?, ?, 'RESERVED', ?, ?, ?, ?, ?, ?, ?, ?, ?)")}
        .with(wanted.batch, id.text(), wanted.scan, wanted.uid, wanted.fixture, wanted.job, name(origin),
              name(open.batch.slot), wanted.family, wanted.firmware, t.now, t.now, wanted.who)
        .run();
    return t.db.database().getLastInsertRowid();
}

}  // namespace

Result<Unit> reserveUnit(Transaction& t, const Reservation& wanted) {
    if (wanted.uid.empty()) return Error{ErrorCode::Internal, "a unit cannot be reserved before the board has said its UID"};
    const auto open = openBatch(t.db, wanted.batch);
    if (!open) return open.error();
    if (auto free = nobodyHas(t.db, wanted, !wanted.id); !free) return free.error();
    const auto id = wanted.id ? permitted(t.db, *open, *wanted.id, wanted.uid) : nextFree(t.db, *open, wanted);
    if (!id) return id.error();

    // A SAS key is the ID's for ever: it can be written again to the same board, and to no other.
    const Spent before = spentBefore(t.db, *id, wanted.uid, wanted.batch);
    const bool sas = isSymmetric(open->batch.mode);
    if (sas && before.onOtherBoard) {
        return Error{ErrorCode::IdHeldByOtherBoard, fmt::format("the key of {} was {} for another board", id->text(),
                                                                open->batch.mode == Mode::Sas ? "derived" : "opened")};
    }
    if (!(sas && before.inThisBatch)) {
        if (open->used >= open->batch.cap()) {
            return Error{ErrorCode::CapReached, fmt::format("{}: {} of {}", wanted.batch, open->used, open->batch.cap())};
        }
        Use{t.db.prepared("UPDATE batch SET used = used + 1 WHERE name = ?")}.with(wanted.batch).run();
    }
    return *unitNumbered(t.db, insert(t, *open, *id, wanted));
}

void giveBack(Transaction& t, const Unit& unit) {
    if (!(isSymmetric(unit.origin) && spentBefore(t.db, unit.id, unit.uid, unit.batch).inThisBatch)) {
        Use{t.db.prepared("UPDATE batch SET used = used - 1 WHERE name = ?")}.with(unit.batch).run();
    }
    Use use{t.db.prepared("SELECT pattern, match, next FROM batch WHERE name = ?")};
    if (!use.with(unit.batch).next() || use.text(0).empty() || use.number(1) != 0) return;
    const auto pattern = IdPattern::parse(use.text(0));
    const auto number = pattern ? pattern->numberOf(unit.id) : std::nullopt;
    if (!number || *number >= use.count(2)) return;
    Use{t.db.prepared("INSERT INTO free_id(batch, number) VALUES(?, ?) ON CONFLICT DO NOTHING")}.with(unit.batch, *number).run();
}

}  // namespace keystamp::db
