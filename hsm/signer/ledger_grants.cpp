// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ledger_grants.h"

#include <algorithm>

#include "hsm/signer/ledger.h"
#include "hsm/signer/policy.h"

namespace keystamp::hsm {

std::optional<GrantRow> findGrant(Sql& sql, const std::string& batch) {
    Query row = sql.query("SELECT mode, slot, cap, used, pattern, first, last, listed FROM grant_ WHERE batch = ?1");
    if (!row.with(batch).step()) return std::nullopt;
    GrantRow grant;
    const auto mode = parseMode(row.text(0));  // the table takes no other word
    grant.mode = mode ? *mode : Mode::X509;
    grant.slot = row.text(1) == "secondary" ? Slot::Secondary : Slot::Primary;
    grant.cap = row.count(2);
    grant.used = row.count(3);
    grant.pattern = row.text(4);
    grant.first = row.count(5);
    grant.last = row.count(6);
    grant.listed = row.count(7);
    return grant;
}

bool isGranted(Sql& sql, const std::string& batch, const DeviceId& id) {
    return sql.query("SELECT 1 FROM grant_id WHERE batch = ?1 AND id = ?2").with(batch, id.text()).step();
}

bool isSame(Sql& sql, const Grant& asked, const GrantRow& found) {
    return asked.mode == found.mode && asked.slot == found.slot && asked.cap == found.cap && asked.pattern == found.pattern &&
           asked.first == found.first && asked.last == found.last && asked.ids.size() == found.listed &&
           std::all_of(asked.ids.begin(), asked.ids.end(), [&](const DeviceId& id) { return isGranted(sql, asked.batch, id); });
}

Result<GrantRow> grantFor(Sql& sql, const std::string& batch, Mode mode, const DeviceId& id) {
    const auto grant = findGrant(sql, batch);
    if (!grant) return Error{ErrorCode::NotGranted, "batch " + batch};
    if (grant->mode != mode) return Error{ErrorCode::NotGranted, "batch " + batch + " is for " + std::string{name(grant->mode)}};
    const bool covered = grant->listed > 0 ? isGranted(sql, batch, id) : patternCovers(grant->pattern, grant->first, grant->last, id);
    if (!covered) return Error{ErrorCode::NotGranted, id.text() + " is not in the grant of batch " + batch};
    return *grant;
}

Result<void> useGrant(Sql& sql, const std::string& batch) {
    if (sql.query("UPDATE grant_ SET used = used + 1 WHERE batch = ?1 AND used < cap").with(batch).run() == 1) return {};
    return Error{ErrorCode::CapReached, "batch " + batch};
}

Result<void> Ledger::openGrant(const Grant& grant, const std::string& supervisor) {
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        if (const auto found = findGrant(sql, grant.batch)) {
            if (isSame(sql, grant, *found)) return {};
            return Error{ErrorCode::SignerRefused, "batch " + grant.batch + " has a grant that says otherwise"};
        }
        sql.query("INSERT INTO grant_(batch, mode, slot, cap, pattern, first, last, listed, supervisor, time)"
                  " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
            .with(grant.batch, name(grant.mode), name(grant.slot), grant.cap, grant.pattern, grant.first, grant.last,
                  static_cast<std::uint64_t>(grant.ids.size()), supervisor, m_clock())
            .run();
        for (const DeviceId& id : grant.ids) {
            sql.query("INSERT INTO grant_id(batch, id) VALUES(?1, ?2)").with(grant.batch, id.text()).run();
        }
        addAct(sql, made, supervisor, "grant", grant.batch);
        return {};
    });
}

Result<Slot> Ledger::permits(const std::string& batch, Mode mode, const DeviceId& id) {
    Slot slot = Slot::Primary;
    const auto done = read([&](Sql& sql) -> Result<void> {
        const auto grant = grantFor(sql, batch, mode, id);
        if (!grant) return grant.error();
        slot = grant->slot;
        return {};
    });
    if (!done) return done.error();
    return slot;
}

Result<void> Ledger::addKeyUse(Sql& sql, LedgerMarks& made, const std::string& batch, const DeviceId& id, const std::string& job, Slot slot) const {
    if (sql.query("SELECT 1 FROM derivation WHERE batch = ?1 AND id = ?2 AND job = ?3").with(batch, id.text(), job).step()) return {};
    if (!sql.query("SELECT 1 FROM derivation WHERE batch = ?1 AND id = ?2").with(batch, id.text()).step()) {
        if (auto used = useGrant(sql, batch); !used) return used;
    }
    Query jobs = sql.query("SELECT count(*) FROM derivation WHERE batch = ?1 AND id = ?2");
    jobs.with(batch, id.text()).step();
    if (jobs.count(0) >= kMostDerivationsOfAnId) {
        return Error{ErrorCode::CapReached, id.text() + ": " + std::to_string(jobs.count(0)) + " jobs have asked for its key"};
    }
    sql.query("INSERT INTO derivation(batch, id, job, slot, supervisor, time) VALUES(?1, ?2, ?3, ?4, '', ?5)")
        .with(batch, id.text(), job, name(slot), m_clock())
        .run();
    made.derivations = sql.lastRow();
    return {};
}

Result<Slot> Ledger::derived(const std::string& batch, const DeviceId& id, const std::string& job) {
    Slot slot = Slot::Primary;
    const auto done = change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        const auto grant = grantFor(sql, batch, Mode::Sas, id);
        if (!grant) return grant.error();
        slot = grant->slot;
        return addKeyUse(sql, made, batch, id, job, slot);
    });
    if (!done) return done.error();
    return slot;
}

Result<void> Ledger::derivedFor(const std::vector<DeviceId>& ids, const std::vector<Slot>& slots, const std::string& supervisor) {
    std::string about = ids.front().text();
    if (ids.size() > 1) about += " to " + ids.back().text() + ", " + std::to_string(ids.size()) + " IDs,";
    for (const Slot slot : slots) about += " " + std::string{name(slot)};
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        for (const DeviceId& id : ids) {
            for (const Slot slot : slots) {
                sql.query("INSERT INTO derivation(batch, id, job, slot, supervisor, time) VALUES('', ?1, '', ?2, ?3, ?4)")
                    .with(id.text(), name(slot), supervisor, m_clock())
                    .run();
            }
        }
        made.derivations = sql.lastRow();
        addAct(sql, made, supervisor, "derive", about);
        return {};
    });
}

}  // namespace keystamp::hsm
