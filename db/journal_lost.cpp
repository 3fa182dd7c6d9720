// SPDX-License-Identifier: Apache-2.0
// What a journal is told of that it has lost: rows that are void from the beginning.
#include <fmt/format.h>

#include "db/journal_parts.h"
#include "db/rows.h"

namespace keystamp::db {
namespace {

bool knownHere(Connection& db, const LostUnit& lost) {
    if (!lost.serial.empty()) {
        Use use{db.prepared("SELECT 1 FROM unit WHERE serial = ? AND serial IS NOT NULL")};
        return use.with(lost.serial).next();
    }
    Use use{db.prepared("SELECT 1 FROM unit WHERE id = ? AND batch = ? AND state <> 'RESERVED' AND (live = 1 OR void_from <> 'RESERVED')")};
    return use.with(lost.id.text(), lost.batch).next();
}

/// As of a unit that is issued: what the ID had before it.
Bytes supersededBy(Connection& db, const LostUnit& lost) {
    if (lost.certificate.empty()) return {};
    Use use{db.prepared("SELECT credential FROM unit WHERE id = ? AND live = 0 AND certificate IS NOT NULL ORDER BY number DESC LIMIT 1")};
    return use.with(lost.id.text()).next() ? use.bytes(0) : Bytes{};
}

Result<void> bringBack(Transaction& t, const LostUnit& lost, const std::string& reason, const std::string& who) {
    // whether the board or the station made a leaf's key, nobody knows any more
    KeyOrigin origin = KeyOrigin::Board;
    {
        Use batch{t.db.prepared("SELECT mode FROM batch WHERE name = ?")};
        if (!batch.with(lost.batch).next()) return Error{ErrorCode::UnknownBatch, lost.batch};
        const auto mode = parseMode(batch.text(0));
        if (!mode) return mode.error();
        origin = originIn(*mode, origin);
    }
    if (knownHere(t.db, lost)) return Error{ErrorCode::Internal, fmt::format("reconcile: {} is known here", lost.id.text())};
    const bool leaf = !lost.serial.empty();
    const UnitState from = lost.certificate.empty() ? UnitState::Intended : UnitState::Issued;
    const Digest credential = sha256(BytesView{lost.certificate});
    Use insert{t.db.prepared(
        "INSERT INTO unit(batch, id, scan, uid, state, fixture, job, origin, slot, serial, key_hash, certificate, credential, family, firmware, "
        "void_from, void_reason, created_at, changed_at, live, finished, supersedes) "
        "VALUES(?1, ?2, '', x'', 'VOID', '', ?3, ?4, ?5, ?6, ?7, ?8, ?9, '', '', ?10, ?11, ?12, ?12, 0, 1, ?13) RETURNING number")};
    insert.with(lost.batch, lost.id.text(), lost.job, name(origin), name(lost.slot), lost.serial,
                lost.keyHash, lost.certificate, lost.certificate.empty() ? BytesView{} : BytesView{credential}, name(from), reason, t.now,
                supersededBy(t.db, lost));
    if (!insert.next()) return Error{ErrorCode::Internal, "reconcile: no row was made"};
    Json row{{"unit", insert.number(0)}, {"id", lost.id.text()}, {"batch", lost.batch}, {"uid", ""}, {"from", name(from)}};
    if (leaf) row["serial"] = toHex(lost.serial);
    row.update(Json{{"lost", true}, {"reason", reason}, {"who", who}});
    t.note("void", row);
    Use{t.db.prepared("UPDATE batch SET used = (SELECT CASE batch.mode WHEN 'x509' THEN count(u.id) ELSE count(DISTINCT u.id) END FROM unit u "
                      "WHERE u.batch = batch.name AND (u.live = 1 OR u.void_from <> 'RESERVED')) WHERE name = ?")}
        .with(lost.batch)
        .run();
    return {};
}

}  // namespace

Result<bool> Journal::knows(const LostUnit& lost) const {
    return m_parts->read([&](Connection& db) -> Result<bool> { return knownHere(db, lost); });
}

Result<void> Journal::reconcile(const std::vector<LostUnit>& lost, const std::string& data, const std::string& reason, const std::string& who) {
    Json row = Json::parse(data, nullptr, false);
    if (!row.is_object()) return Error{ErrorCode::Internal, "reconcile: its data is not a JSON object"};
    row.update(Json{{"reason", reason}, {"who", who}});
    return m_parts->change([&](Transaction& t) -> Result<void> {
        for (const LostUnit& one : lost) {
            if (auto back = bringBack(t, one, reason, who); !back) return back;
        }
        t.note("journal-reconcile", row);
        return {};
    });
}

}  // namespace keystamp::db
