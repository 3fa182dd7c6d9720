// SPDX-License-Identifier: Apache-2.0
// A unit's way: each method is one step, refused unless it follows the state before.
#include <fmt/format.h>

#include <initializer_list>

#include "db/journal_parts.h"
#include "db/reservation.h"
#include "db/rows.h"

namespace keystamp::db {
namespace {

Error misuse(std::string why) { return Error{ErrorCode::Internal, std::move(why)}; }

Result<Unit> unitIn(Connection& db, std::int64_t number, std::initializer_list<UnitState> states, const char* step) {
    auto unit = unitNumbered(db, number);
    if (!unit) return misuse(fmt::format("{}: there is no unit {}", step, number));
    for (const UnitState state : states) {
        if (unit->state == state) return std::move(*unit);
    }
    return misuse(fmt::format("{}: unit {} ({}) is {}", step, number, unit->id.text(), name(unit->state)));
}

// What every audit row about a unit begins with.
Json about(const Unit& unit) {
    return {{"unit", unit.number}, {"id", unit.id.text()}, {"batch", unit.batch}, {"uid", toHex(unit.uid)}};
}

// The person, where one was logged in.
void addPerson(Json& row, const std::string& who) {
    if (!who.empty()) row["who"] = who;
}

/// SHA-256 of the certificate that this unit's ID had last, if it had one.
std::optional<Digest> supersededBy(Connection& db, const Unit& unit) {
    Use use{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit WHERE id = ? AND live = 0 AND certificate IS NOT NULL "
                        "ORDER BY number DESC LIMIT 1")};
    if (!use.with(unit.id.text()).next()) return std::nullopt;
    return unitOf(use).credential;
}

/// Why a step that found its unit in no state to be taken from changed nothing.
Error outOfTurn(Connection& db, std::int64_t number, const char* step) { return unitIn(db, number, {}, step).error(); }

Result<void> insertJob(Transaction& t, const JobRecord& job) {
    {
        Use use{t.db.prepared("SELECT 1 FROM batch WHERE name = ?")};
        if (!use.with(job.batch).next()) return Error{ErrorCode::UnknownBatch, job.batch};
    }
    Use insert{t.db.prepared("INSERT INTO job(" KEYSTAMP_JOB_COLUMNS ") VALUES(?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?)")};
    insert.with(job.job, job.batch, job.fixture, job.scan);
    if (job.id) {
        insert.with(job.id->text());
    } else {
        insert.with(nullptr);
    }
    insert.with(job.uid, job.unit, job.startedAt, job.endedAt, name(job.verdict), job.reason, job.detail, job.who).run();
    return {};
}

void noteFail(Transaction& t, const JobRecord& job) {
    Json row{{"job", job.job}, {"batch", job.batch}, {"fixture", job.fixture}, {"scan", job.scan}};
    if (job.unit != 0) row["unit"] = job.unit;
    if (job.id) row["id"] = job.id->text();
    if (!job.uid.empty()) row["uid"] = toHex(job.uid);
    row.update(Json{{"reason", job.reason}, {"detail", job.detail}});
    addPerson(row, job.who);
    t.note("fail", row);
}

}  // namespace

Result<Unit> Journal::reserve(const Reservation& reservation) {
    return m_parts->change([&](Transaction& t) -> Result<Unit> {
        if (auto right = t.clockFits(); !right) return right.error();
        return reserveUnit(t, reservation);
    });
}

Result<void> Journal::intend(std::int64_t number, const Bytes& serial, const Digest& keyHash) {
    return m_parts->change([&](Transaction& t) -> Result<void> {
        if (auto right = t.clockFits(); !right) return right;
        const auto unit = unitIn(t.db, number, {UnitState::Reserved}, "intend");
        if (!unit) return unit.error();
        if (isSymmetric(unit->origin) != serial.empty()) return misuse("intend: a leaf has a serial, a SAS key none");
        {
            Use used{t.db.prepared("SELECT number FROM unit WHERE serial = ? AND serial IS NOT NULL")};
            if (used.with(serial).next()) return misuse(fmt::format("intend: serial {} is unit {}'s", toHex(serial), used.number(0)));
        }
        Use{t.db.prepared("UPDATE unit SET state = 'INTENDED', serial = ?, key_hash = ?, changed_at = ? WHERE number = ?")}
            .with(serial, keyHash, t.now, number)
            .run();
        return {};
    });
}

Result<void> Journal::issue(std::int64_t number, const Bytes& certificate, const Digest& credential) {
    return m_parts->change([&](Transaction& t) -> Result<void> {
        const auto unit = unitIn(t.db, number, {UnitState::Intended}, "issue");
        if (!unit) return unit.error();
        const bool sas = isSymmetric(unit->origin);
        if (sas != certificate.empty()) return misuse("issue: x509 has a certificate, sas none");
        if (!sas && sha256(BytesView{certificate}) != credential) return misuse("issue: the digest is not the certificate's");
        const std::optional<Digest> before = sas ? std::nullopt : supersededBy(t.db, *unit);
        Use{t.db.prepared("UPDATE unit SET state = 'ISSUED', certificate = ?, credential = ?, changed_at = ?, supersedes = ? WHERE number = ?")}
            .with(certificate, credential, t.now, before ? BytesView{*before} : BytesView{}, number)
            .run();
        Json row = about(*unit);
        row.update(Json{{"fixture", unit->fixture}, {"job", unit->job}});
        addPerson(row, unit->who);
        row.update(Json{{"slot", name(unit->slot)}, {"key", name(unit->origin)}});
        if (before) row["supersedes"] = toHex(*before);
        if (!sas) row.update(Json{{"serial", toHex(unit->serial)}, {"key_hash", toHex(unit->keyHash)}});
        row["credential"] = toHex(credential);
        t.note("issue", row);
        return {};
    });
}

void Journal::written(std::int64_t number) {
    m_parts->queue->later(number, [number](Transaction& t) -> Result<void> {
        Use use{t.db.prepared("UPDATE unit SET state = 'WRITTEN', changed_at = ? WHERE number = ? AND "
                              "(state = 'ISSUED' OR state = 'WRITTEN' OR state = 'VERIFIED')")};
        return use.with(t.now, number).run() == 1 ? Result<void>{} : outOfTurn(t.db, number, "written");
    });
}

void Journal::verified(std::int64_t number, Evidence evidence) {
    m_parts->queue->later(number, [number, evidence](Transaction& t) -> Result<void> {
        if (evidence == Evidence::None) return misuse("verified: without evidence");
        Use use{t.db.prepared("UPDATE unit SET state = 'VERIFIED', evidence = ?, changed_at = ? WHERE number = ? AND "
                              "state IN ('WRITTEN', 'VERIFIED')")};
        return use.with(name(evidence), t.now, number).run() == 1 ? Result<void>{} : outOfTurn(t.db, number, "verified");
    });
}

Result<void> Journal::record(std::int64_t number, const JobRecord& job) {
    CommitQueue& queue = *m_parts->queue;
    return m_parts->change([&](Transaction& t) -> Result<void> {
        if (auto earlier = queue.takeError(number); !earlier) return earlier;
        const auto unit = unitIn(t.db, number, {UnitState::Verified}, "record");
        if (!unit) return unit.error();
        if (job.verdict != Verdict::Pass || job.unit != number) return misuse("record: its job is not this unit's PASS");
        Use{t.db.prepared("UPDATE unit SET state = 'RECORDED', finished = 1, lock_owed = 1, recorded_at = ?1, changed_at = ?1 "
                          "WHERE number = ?2")}
            .with(t.now, number)
            .run();
        if (auto inserted = insertJob(t, job); !inserted) return inserted;
        Json row = about(*unit);
        row.update(Json{{"fixture", job.fixture}, {"job", job.job}});
        addPerson(row, job.who);
        row.update(Json{{"evidence", name(unit->evidence)}, {"credential", toHex(unit->credential)}});
        t.note("record", row);
        return {};
    });
}

void Journal::locked(std::int64_t number) {
    m_parts->queue->later(number, [number](Transaction& t) -> Result<void> {
        Use use{t.db.prepared("UPDATE unit SET locked = 1, lock_owed = 0 WHERE number = ? AND state = 'RECORDED'")};
        return use.with(number).run() == 1 ? Result<void>{} : outOfTurn(t.db, number, "locked");
    });
}

Result<void> Journal::voidUnit(std::int64_t number, const std::string& reason, const std::string& who, VoidedFor what, std::optional<UnitState> seen) {
    CommitQueue& queue = *m_parts->queue;
    return m_parts->change([&](Transaction& t) -> Result<void> {
        static_cast<void>(queue.takeError(number));  // whatever it was, this is the way out
        const auto unit = seen ? unitIn(t.db, number, {*seen}, "void")
                               : unitIn(t.db, number, {UnitState::Reserved, UnitState::Intended, UnitState::Issued, UnitState::Written,
                                                       UnitState::Verified, UnitState::Recorded}, "void");
        if (!unit) return unit.error();
        Use{t.db.prepared("UPDATE unit SET state = 'VOID', live = 0, finished = 1, lock_owed = 0, void_from = ?, void_reason = ?, "
                          "void_for = ?, changed_at = ? WHERE number = ?")}
            .with(name(unit->state), reason, name(what), t.now, number)
            .run();
        if (unit->state == UnitState::Reserved) giveBack(t, *unit);
        Json row = about(*unit);
        row["from"] = name(unit->state);
        if (!unit->serial.empty()) row["serial"] = toHex(unit->serial);
        if (what != VoidedFor::Nothing) row["for"] = name(what);
        row.update(Json{{"reason", reason}, {"who", who}});
        t.note("void", row);
        return {};
    });
}

Result<void> Journal::resume(std::int64_t number, const std::string& fixture, const std::string& job, const std::string& who) {
    CommitQueue& queue = *m_parts->queue;
    return m_parts->change([&](Transaction& t) -> Result<void> {
        static_cast<void>(queue.takeError(number));  // an earlier job's: this one begins with what the journal has
        if (auto right = t.clockFits(); !right) return right;
        const auto unit = unitIn(t.db, number, {UnitState::Reserved, UnitState::Intended, UnitState::Issued, UnitState::Written,
                                                UnitState::Verified}, "resume");
        if (!unit) return unit.error();
        Use{t.db.prepared("UPDATE unit SET fixture = ?, job = ?, who = ?, changed_at = ? WHERE number = ?")}
            .with(fixture, job, who, t.now, number)
            .run();
        return {};
    });
}

Result<void> Journal::endJob(const JobRecord& job) {
    return m_parts->change([&](Transaction& t) -> Result<void> {
        if (job.verdict == Verdict::Pass) return misuse("endJob: a PASS is recorded with its unit");
        if (job.unit != 0 && !unitNumbered(t.db, job.unit)) return misuse(fmt::format("endJob: there is no unit {}", job.unit));
        if (auto inserted = insertJob(t, job); !inserted) return inserted;
        if (job.verdict == Verdict::Fail) noteFail(t, job);
        return {};
    });
}

}  // namespace keystamp::db
