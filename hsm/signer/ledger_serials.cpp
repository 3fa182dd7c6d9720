// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ledger.h"
#include "hsm/signer/ledger_grants.h"

namespace keystamp::hsm {
namespace {

SerialState stateOf(const std::string& text) {
    if (text == "intended") return SerialState::Intended;
    if (text == "issued") return SerialState::Issued;
    if (text == "interrupted") return SerialState::Interrupted;
    return SerialState::Reserved;
}

std::optional<SerialRow> findSerial(Sql& sql, const Serial& serial) {
    Query row = sql.query("SELECT batch, id, job, state, slot, key_hash, certificate, void_at FROM serial WHERE serial = ?1");
    if (!row.with(serial).step()) return std::nullopt;
    SerialRow found;
    found.batch = row.text(0);
    found.id = row.text(1);
    found.job = row.text(2);
    found.state = stateOf(row.text(3));
    found.slot = row.text(4) == "secondary" ? Slot::Secondary : Slot::Primary;
    found.keyHash = row.digest(5);
    found.certificate = row.blob(6);
    found.isVoid = !row.text(7).empty();
    return found;
}

// A key may be intended again only for the device and batch whose earlier intent with it was interrupted: the board keeps the key
// that it made until it is given a certificate for it.
Result<void> checkKeyUnseen(Sql& sql, const Digest& keyHash, const std::string& batch, const DeviceId& id) {
    Query row = sql.query("SELECT batch, id, state FROM serial WHERE key_hash = ?1");
    row.with(keyHash);
    while (row.step()) {
        const bool retried = row.text(0) == batch && row.text(1) == id.text() && row.text(2) == "interrupted";
        if (!retried) return Error{ErrorCode::KeySeenBefore, "it was certified or intended for " + row.text(1)};
    }
    return {};
}

// One certificate that counts for an ID, whichever batch it came from. It ends by a request that is kept, and so many of them: who
// holds the station can have a board's certificate replaced, not collect them.
Result<void> checkIdFree(Sql& sql, const std::string& batch, const DeviceId& id) {
    if (sql.query("SELECT 1 FROM serial WHERE id = ?1 AND state IN ('intended', 'issued') AND void_at IS NULL").with(id.text()).step()) {
        return Error{ErrorCode::SignerRefused, id.text() + " has a certificate that was not declared void"};
    }
    Query intents = sql.query("SELECT count(*) FROM serial WHERE id = ?1 AND batch = ?2 AND key_hash IS NOT NULL");
    intents.with(id.text(), batch).step();
    if (intents.count(0) < kMostIntentsOfAnId) return {};
    return Error{ErrorCode::CapReached, id.text() + " was issued for " + std::to_string(intents.count(0)) + " times in batch " + batch};
}

}  // namespace

Result<void> Ledger::reserve(const std::string& batch, const DeviceId& id, const std::string& job, const Serial& serial) {
    return m_commits.run([&](Sql& sql) -> Result<void> {
        const auto grant = grantFor(sql, batch, Mode::X509, id);
        if (!grant) return grant.error();
        if (grant->used >= grant->cap) return Error{ErrorCode::CapReached, "batch " + batch};
        if (auto unheld = checkIdFree(sql, batch, id); !unheld) return unheld;
        if (sql.query("UPDATE grant_ SET unused = unused + 1 WHERE batch = ?1 AND unused < cap + ?2").with(batch, kSpareSerials).run() != 1) {
            return Error{ErrorCode::CapReached, "batch " + batch + ": too many serials were reserved and not used"};
        }
        sql.query("INSERT INTO serial(serial, batch, id, job, state, slot, reserved_at) VALUES(?1, ?2, ?3, ?4, 'reserved', ?5, ?6)")
            .with(serial, batch, id.text(), job, name(grant->slot), m_clock())
            .run();
        return {};
    });
}

Result<std::optional<SerialRow>> Ledger::find(const Serial& serial) {
    std::optional<SerialRow> found;
    const auto done = read([&](Sql& sql) -> Result<void> {
        found = findSerial(sql, serial);
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<void> Ledger::intend(const LeafIntent& intent, const LeafDraft& draft) {
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        const auto row = findSerial(sql, intent.serial);
        const bool reserved = row && row->state == SerialState::Reserved && !row->isVoid && row->batch == intent.batch && row->job == intent.job &&
                              row->id == intent.id.text();
        if (!reserved) return Error{ErrorCode::SignerRefused, "the serial is not reserved for this batch, ID and job"};
        if (const auto grant = grantFor(sql, intent.batch, Mode::X509, intent.id); !grant) return grant.error();
        if (auto unseen = checkKeyUnseen(sql, draft.keyHash, intent.batch, intent.id); !unseen) return unseen;
        if (auto unheld = checkIdFree(sql, intent.batch, intent.id); !unheld) return unheld;
        if (auto used = useGrant(sql, intent.batch); !used) return used;
        sql.query("UPDATE grant_ SET unused = unused - 1 WHERE batch = ?1").with(intent.batch).run();
        const UtcTime now = m_clock();
        sql.query("UPDATE serial SET state = 'intended', key_hash = ?2, tbs = ?3, intended_at = ?4 WHERE serial = ?1")
            .with(intent.serial, draft.keyHash, draft.tbs, now)
            .run();
        addSignature(sql, made, "leaf", name(row->slot), toHex(intent.serial));
        return {};
    });
}

Result<void> Ledger::issued(const Serial& serial, const Bytes& certificate) {
    return m_commits.run([&](Sql& sql) -> Result<void> {
        const int changed = sql.query("UPDATE serial SET state = 'issued', certificate = ?2, ended_at = ?3"
                                      " WHERE serial = ?1 AND state = 'intended'")
                                .with(serial, certificate, m_clock())
                                .run();
        if (changed == 1) return {};
        return Error{ErrorCode::IntentLost, "serial " + toHex(serial)};
    });
}

Result<void> Ledger::interrupted(const Serial& serial) {
    return m_commits.run([&](Sql& sql) -> Result<void> {
        sql.query("UPDATE serial SET state = 'interrupted', ended_at = ?2 WHERE serial = ?1 AND state = 'intended'")
            .with(serial, m_clock())
            .run();
        return {};
    });
}

Result<void> Ledger::voidSerial(const Serial& serial) {
    return m_commits.run([&](Sql& sql) -> Result<void> {
        const auto row = findSerial(sql, serial);
        if (!row) return Error{ErrorCode::SignerRefused, "the serial was not reserved here"};
        if (row->isVoid) return {};
        sql.query("UPDATE serial SET void_at = ?2 WHERE serial = ?1").with(serial, m_clock()).run();
        return {};
    });
}

Result<std::vector<VoidLeaf>> Ledger::voidLeaves(Slot slot) {
    std::vector<VoidLeaf> found;
    const auto done = read([&](Sql& sql) -> Result<void> {
        Query rows = sql.query("SELECT serial, tbs, coalesce(void_at, ended_at) FROM serial WHERE slot = ?1 AND tbs IS NOT NULL AND"
                               " (void_at IS NOT NULL OR state = 'interrupted') ORDER BY n");
        rows.with(name(slot));
        while (rows.step()) {
            const auto since = parseUtc(rows.text(2));
            if (!since) return since.error();
            found.push_back({rows.blob(0), rows.blob(1), *since});
        }
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<std::uint64_t> Ledger::nextCrl(Slot slot, std::uint64_t revoked, const std::string& supervisor) {
    std::uint64_t number = 0;
    const auto done = change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        sql.query("INSERT INTO crl(slot, revoked, supervisor, time) VALUES(?1, ?2, ?3, ?4)")
            .with(name(slot), revoked, supervisor, m_clock())
            .run();
        number = sql.lastRow();
        addSignature(sql, made, "crl", name(slot), std::to_string(number));
        return {};
    });
    if (!done) return done.error();
    return number;
}

}  // namespace keystamp::hsm
