// SPDX-License-Identifier: Apache-2.0
// A wider grant, by two supervisors: one asks for it, another releases it. Until then the grant is what it was.
#include <algorithm>

#include "hsm/signer/ledger.h"
#include "hsm/signer/ledger_grants.h"

namespace keystamp::hsm {
namespace {

struct Extension {
    std::uint64_t cap = 0, last = 0;
    std::string supervisor;
};

std::optional<Extension> findExtension(Sql& sql, const std::string& batch) {
    Query row = sql.query("SELECT cap, last, supervisor FROM extension WHERE batch = ?1");
    if (!row.with(batch).step()) return std::nullopt;
    return Extension{row.count(0), row.count(1), row.text(2)};
}

std::uint64_t countAwaited(Sql& sql, const std::string& batch) {
    Query row = sql.query("SELECT count(*) FROM extension_id WHERE batch = ?1");
    row.with(batch).step();
    return row.count(0);
}

std::uint64_t knownTo(Sql& sql, bool (*table)(Sql&, const std::string&, const DeviceId&), const Grant& asked) {
    return static_cast<std::uint64_t>(
        std::count_if(asked.ids.begin(), asked.ids.end(), [&](const DeviceId& id) { return table(sql, asked.batch, id); }));
}

bool isWithin(Sql& sql, const Grant& asked, const GrantRow& found) {
    return asked.mode == found.mode && asked.slot == found.slot && asked.pattern == found.pattern && asked.first == found.first &&
           asked.cap >= found.cap && asked.last >= found.last && knownTo(sql, isGranted, asked) == found.listed;
}

// The row without a name is of those whom nobody enrolled.
bool isAlone(Sql& sql, const std::string& supervisor) {
    return !sql.query("SELECT 1 FROM supervisor WHERE name <> ?1 AND name <> ''").with(supervisor).step();
}

}  // namespace

bool isAwaited(Sql& sql, const std::string& batch, const DeviceId& id) {
    return sql.query("SELECT 1 FROM extension_id WHERE batch = ?1 AND id = ?2").with(batch, id.text()).step();
}

Result<void> Ledger::extendGrant(const Grant& grant, const std::string& supervisor) {
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        const auto found = findGrant(sql, grant.batch);
        if (!found) return Error{ErrorCode::NotGranted, "batch " + grant.batch};
        if (isSame(sql, grant, *found)) return {};
        if (!isWithin(sql, grant, *found)) {
            return Error{ErrorCode::SignerRefused, "batch " + grant.batch + " has a grant that is not within this one"};
        }
        const std::uint64_t more = grant.ids.size() - found->listed;
        const std::uint64_t awaitedIds = countAwaited(sql, grant.batch), awaitedHere = knownTo(sql, isAwaited, grant);
        if (const auto awaited = findExtension(sql, grant.batch)) {
            if (awaited->cap == grant.cap && awaited->last == grant.last && awaitedIds == more && awaitedHere == more) return {};
        }
        // keys may have been imported for them
        if (awaitedHere != awaitedIds) {
            return Error{ErrorCode::SignerRefused, "an extension of batch " + grant.batch + " by other IDs waits for its release"};
        }
        if (isAlone(sql, supervisor)) {
            return Error{ErrorCode::SecondSupervisor, "another one than " + supervisor + " releases an extension, and no other is enrolled: keystamp-signer add-supervisor NAME"};
        }
        sql.query("INSERT INTO extension(batch, cap, last, supervisor, time) VALUES(?1, ?2, ?3, ?4, ?5)"
                  " ON CONFLICT(batch) DO UPDATE SET cap = ?2, last = ?3, supervisor = ?4, time = ?5")
            .with(grant.batch, grant.cap, grant.last, supervisor, m_clock())
            .run();
        for (const DeviceId& id : grant.ids) {
            if (isGranted(sql, grant.batch, id)) continue;
            sql.query("INSERT INTO extension_id(batch, id) VALUES(?1, ?2) ON CONFLICT DO NOTHING").with(grant.batch, id.text()).run();
        }
        addAct(sql, made, supervisor, "extend-grant", grant.batch + ": cap " + std::to_string(found->cap) + " to " + std::to_string(grant.cap));
        return {};
    });
}

Result<void> Ledger::releaseGrant(const std::string& batch, std::uint64_t cap, const std::string& supervisor) {
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        const auto found = findGrant(sql, batch);
        if (!found) return Error{ErrorCode::NotGranted, "batch " + batch};
        const auto awaited = findExtension(sql, batch);
        if (!awaited && found->cap == cap) return {};
        if (!awaited || awaited->cap != cap) {
            return Error{ErrorCode::SignerRefused, "no extension of batch " + batch + " to " + std::to_string(cap) + " waits for its release"};
        }
        if (awaited->supervisor == supervisor) {
            return Error{ErrorCode::SecondSupervisor, supervisor + " asked for this extension of batch " + batch};
        }
        sql.query("INSERT INTO grant_id(batch, id) SELECT batch, id FROM extension_id WHERE batch = ?1").with(batch).run();
        sql.query("UPDATE grant_ SET cap = ?2, last = ?3, listed = ?4 WHERE batch = ?1")
            .with(batch, awaited->cap, awaited->last, found->listed + countAwaited(sql, batch))
            .run();
        sql.query("DELETE FROM extension_id WHERE batch = ?1").with(batch).run();
        sql.query("DELETE FROM extension WHERE batch = ?1").with(batch).run();
        addAct(sql, made, supervisor, "release-grant",
               batch + ": cap " + std::to_string(found->cap) + " to " + std::to_string(cap) + ", as " + awaited->supervisor + " asked");
        return {};
    });
}

}  // namespace keystamp::hsm
