// SPDX-License-Identifier: Apache-2.0
// Device keys that the cloud made, sealed by the HSM, from their import until their boards have them. They lie here and not in the journal,
// so that no client ever holds one that it could bring again after its time.
#include "hsm/signer/ledger.h"
#include "hsm/signer/ledger_grants.h"

namespace keystamp::hsm {
namespace {

/// That of an extension's ID comes with it, and waits for its release as the ID does.
Result<void> maySeal(Sql& sql, const std::string& batch, const DeviceId& id) {
    const auto granted = grantFor(sql, batch, Mode::Imported, id);
    if (granted) return {};
    const auto grant = findGrant(sql, batch);
    return grant && grant->mode == Mode::Imported && isAwaited(sql, batch, id) ? Result<void>{} : granted.error();
}

Result<void> keep(Sql& sql, const std::string& batch, const SealedKey& key, UtcTime now) {
    if (auto may = maySeal(sql, batch, key.id); !may) return may;
    {
        Query before = sql.query("SELECT key_hash FROM sealed WHERE batch = ?1 AND id = ?2");
        if (before.with(batch, key.id.text()).step()) {
            if (before.digest(0) == key.hash) return {};
            return Error{ErrorCode::SignerRefused, "another key was imported for " + key.id.text() + " in batch " + batch};
        }
    }
    sql.query("INSERT INTO sealed(batch, id, key_hash, key, sealed_at) VALUES(?1, ?2, ?3, ?4, ?5)")
        .with(batch, key.id.text(), key.hash, key.sealed, now)
        .run();
    return {};
}

Result<void> granted(Sql& sql, const std::string& batch) {
    Query row = sql.query("SELECT mode FROM grant_ WHERE batch = ?1");
    if (row.with(batch).step() && row.text(0) == name(Mode::Imported)) return {};
    return Error{ErrorCode::NotGranted, "batch " + batch + " has no grant for imported keys"};
}

}  // namespace

Result<void> Ledger::takesKeyOf(const std::string& batch, const DeviceId& id) {
    return read([&](Sql& sql) { return maySeal(sql, batch, id); });
}

Result<void> Ledger::keepSealed(const std::string& batch, const std::vector<SealedKey>& keys) {
    return m_commits.run([&](Sql& sql) -> Result<void> {
        for (const SealedKey& key : keys) {
            if (auto kept = keep(sql, batch, key, m_clock()); !kept) return kept;
        }
        return {};
    });
}

Result<KeptKey> Ledger::opened(const std::string& batch, const DeviceId& id, const std::string& job) {
    KeptKey kept;
    const auto done = change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        const auto grant = grantFor(sql, batch, Mode::Imported, id);
        if (!grant) return grant.error();
        kept.slot = grant->slot;
        {
            Query row = sql.query("SELECT key FROM sealed WHERE batch = ?1 AND id = ?2");
            if (!row.with(batch, id.text()).step()) return Error{ErrorCode::NotGranted, "no key was imported for " + id.text() + " in batch " + batch};
            kept.sealed = row.blob(0);
        }
        if (kept.sealed.empty()) {
            return Error{ErrorCode::SignerRefused, "the imported key of " + id.text() + " is gone since its board has it; import it anew"};
        }
        return addKeyUse(sql, made, batch, id, job, kept.slot);
    });
    if (!done) return done.error();
    return kept;
}

Result<void> Ledger::forgetKeys(const std::string& batch, const std::vector<DeviceId>& ids) {
    return m_commits.run([&](Sql& sql) -> Result<void> {
        if (auto known = granted(sql, batch); !known) return known;
        for (const DeviceId& id : ids) {
            sql.query("UPDATE sealed SET key = NULL, gone_at = ?3 WHERE batch = ?1 AND id = ?2 AND key IS NOT NULL")
                .with(batch, id.text(), m_clock())
                .run();
        }
        return {};
    });
}

Result<std::vector<DeviceId>> Ledger::heldKeys(const std::string& batch) {
    std::vector<DeviceId> ids;
    const auto done = read([&](Sql& sql) -> Result<void> {
        if (auto known = granted(sql, batch); !known) return known;
        Query rows = sql.query("SELECT id FROM sealed WHERE batch = ?1 AND key IS NOT NULL");
        rows.with(batch);
        while (rows.step()) {
            auto id = DeviceId::parse(rows.text(0));
            if (!id) return id.error();
            ids.push_back(std::move(*id));
        }
        return {};
    });
    if (!done) return done.error();
    return ids;
}

Result<std::uint64_t> Ledger::countHeldKeys() {
    std::uint64_t count = 0;
    const auto done = read([&](Sql& sql) -> Result<void> {
        Query row = sql.query("SELECT count(*) FROM sealed WHERE key IS NOT NULL");
        if (row.step()) count = row.count(0);
        return {};
    });
    if (!done) return done.error();
    return count;
}

}  // namespace keystamp::hsm
