// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ledger.h"

#include <filesystem>

#include "hsm/signer/ledger_schema.h"

namespace keystamp::hsm {
namespace {

Result<LedgerMarks> marksOf(Sql& sql) {
    try {
        Query row = sql.query("SELECT id, (SELECT coalesce(max(n), 0) FROM signature), (SELECT coalesce(max(n), 0) FROM derivation),"
                              " (SELECT coalesce(max(n), 0) FROM act) FROM identity");
        if (!row.step()) return notTheNewest("it has no identity");
        return LedgerMarks{row.blob(0), row.count(1), row.count(2), row.count(3)};
    } catch (const SQLite::Exception& problem) {
        return ledgerFault(problem);
    }
}

Result<void> holdAgainst(const std::optional<LedgerMarks>& promised, const LedgerMarks& found, const LedgerAnchor& anchor) {
    if (!promised) return notTheNewest(anchor.path() + ", which vouches for it, is gone");
    if (promised->id != found.id) return notTheNewest("it is not the ledger that " + anchor.path() + " belongs to");
    const std::string behind = found.behind(*promised);
    return behind.empty() ? Result<void>{} : notTheNewest("it knows of " + behind);
}

/// The writing connection of a ledger that is the newest one, or begins.
Result<std::unique_ptr<Sql>> openAnchored(const std::string& path, LedgerAnchor& anchor) {
    // before the ledger is looked at: another process may be at work with both
    auto promised = anchor.marks();
    if (!promised) return promised.error();
    const bool vouched = *promised && !(*promised)->atStart();
    std::error_code problem;
    if (vouched && !std::filesystem::exists(path, problem)) return notTheNewest(path + " is gone");
    auto writer = Sql::open(path, false);
    if (!writer) return writer;
    bool begun = false;
    const auto migrated = migrateLedger(**writer, [&]() -> Result<void> {
        if (vouched) return notTheNewest("it is older than " + anchor.path());
        const auto fresh = marksOf(**writer);
        if (!fresh) return fresh.error();
        begun = true;
        return anchor.begin(fresh->id);
    });
    if (!migrated) return migrated.error();
    const auto found = marksOf(**writer);
    if (!found) return found.error();
    if (!begun) {
        if (const auto newest = holdAgainst(*promised, *found, anchor); !newest) return newest.error();
    }
    if (const auto raised = anchor.raise(*found); !raised) return raised.error();
    return writer;
}

}  // namespace

Result<std::unique_ptr<Ledger>> Ledger::open(const std::string& path, Clock clock) {
    auto anchor = std::make_unique<LedgerAnchor>(path + ".anchor");
    auto writer = openAnchored(path, *anchor);
    if (!writer) return writer.error();
    auto reader = Sql::open(path, true);
    if (!reader) return reader.error();
    return std::unique_ptr<Ledger>{new Ledger(std::move(*writer), std::move(*reader), std::move(anchor), std::move(clock))};
}

Result<void> Ledger::change(const std::function<Result<void>(Sql&, LedgerMarks& made)>& work) {
    LedgerMarks made;
    auto done = m_commits.run([&](Sql& sql) { return work(sql, made); });
    if (!done) return done;
    return m_anchor->raise(made);
}

void Ledger::addAct(Sql& sql, LedgerMarks& made, const std::string& supervisor, std::string_view act, std::string_view about) const {
    sql.query("INSERT INTO act(time, supervisor, act, about) VALUES(?1, ?2, ?3, ?4)").with(m_clock(), supervisor, act, about).run();
    made.acts = sql.lastRow();
}

void Ledger::addSignature(Sql& sql, LedgerMarks& made, std::string_view purpose, std::string_view slot, std::string_view about) const {
    sql.query("INSERT INTO signature(purpose, slot, about, time) VALUES(?1, ?2, ?3, ?4)").with(purpose, slot, about, m_clock()).run();
    made.signatures = sql.lastRow();
}

Result<void> Ledger::read(const std::function<Result<void>(Sql&)>& look) {
    const std::lock_guard lock{m_readMutex};
    try {
        return look(*m_reader);
    } catch (const SQLite::Exception& problem) {
        return ledgerFault(problem);
    }
}

Result<std::uint64_t> Ledger::takeOver() {
    std::uint64_t found = 0;
    const auto done = m_commits.run([&](Sql& sql) -> Result<void> {
        found = static_cast<std::uint64_t>(
            sql.query("UPDATE serial SET state = 'interrupted', ended_at = ?1 WHERE state = 'intended'").with(m_clock()).run());
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<void> Ledger::noteSignature(const std::string& purpose, const std::string& slot, const std::string& about) {
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        addSignature(sql, made, purpose, slot, about);
        return {};
    });
}

Result<void> Ledger::selfTests(const std::vector<std::string>& keys) {
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        for (const std::string& key : keys) addSignature(sql, made, "self-test", key, "");
        return {};
    });
}

Result<void> Ledger::saveCheckpoint(const SignedCheckpoint& checkpoint) {
    const auto kept = m_commits.run([&](Sql& sql) -> Result<void> {
        const TreeHead& head = checkpoint.head;
        sql.query("INSERT INTO checkpoint(origin, size, root, signature, time) VALUES(?1, ?2, ?3, ?4, ?5)")
            .with(head.origin, head.size, head.root, checkpoint.signature, m_clock())
            .run();
        return {};
    });
    return kept ? m_anchor->sync() : kept;
}

Result<std::optional<SignedCheckpoint>> Ledger::lastCheckpoint() {
    std::optional<SignedCheckpoint> last;
    const auto done = read([&](Sql& sql) -> Result<void> {
        Query row = sql.query("SELECT origin, size, root, signature FROM checkpoint ORDER BY n DESC LIMIT 1");
        if (row.step()) last = SignedCheckpoint{{row.text(0), row.count(1), row.digest(2)}, row.blob(3)};
        return {};
    });
    if (!done) return done.error();
    return last;
}

Result<LedgerCounts> Ledger::counts(const std::string& batch) {
    LedgerCounts counts;
    const auto done = read([&](Sql& sql) -> Result<void> {
        Query grant = sql.query("SELECT cap, mode, used, unused, issued, interrupted FROM grant_ WHERE batch = ?1");
        if (!grant.with(batch).step()) return Error{ErrorCode::NotGranted, batch};
        counts.cap = grant.count(0);
        const std::string mode = grant.text(1);
        (mode == "sas" ? counts.derived : mode == "imported" ? counts.imported : counts.intents) = grant.count(2);
        counts.reserved = counts.intents + grant.count(3);
        counts.issued = grant.count(4);
        counts.interrupted = grant.count(5);
        Query held = sql.query("SELECT count(*) FROM sealed WHERE batch = ?1 AND key IS NOT NULL");
        if (held.with(batch).step()) counts.held = held.count(0);
        Query awaited = sql.query("SELECT cap FROM extension WHERE batch = ?1");
        if (awaited.with(batch).step()) counts.awaited = awaited.count(0);
        return {};
    });
    if (!done) return done.error();
    return counts;
}

Result<std::map<std::string, std::uint64_t>> Ledger::signaturesByPurpose() {
    std::map<std::string, std::uint64_t> purposes;
    const auto done = read([&](Sql& sql) -> Result<void> {
        Query rows = sql.query("SELECT purpose, count(*) FROM signature GROUP BY purpose");
        while (rows.step()) purposes[rows.text(0)] = rows.count(1);
        return {};
    });
    if (!done) return done.error();
    return purposes;
}

}  // namespace keystamp::hsm
