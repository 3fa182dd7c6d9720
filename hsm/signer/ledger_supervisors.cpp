// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ledger.h"

namespace keystamp::hsm {
namespace {

Tries triesIn(const Query& row, int column) {
    Tries tries{row.count(column), std::nullopt};
    if (const auto time = parseUtc(row.text(column + 1))) tries.last = *time;
    return tries;
}

// The row without a name is of those whom nobody enrolled.
bool anyEnrolled(Sql& sql) { return sql.query("SELECT 1 FROM supervisor WHERE name <> ''").step(); }

}  // namespace

Result<std::optional<SupervisorRow>> Ledger::supervisor(const std::string& name) {
    std::optional<SupervisorRow> found;
    const auto done = read([&](Sql& sql) -> Result<void> {
        Query row = sql.query("SELECT salt, hash, cost, failures, tried_at FROM supervisor WHERE name = ?1");
        if (!row.with(name).step()) return {};
        found = SupervisorRow{row.blob(0), row.blob(1), row.count(2), triesIn(row, 3)};
        return {};
    });
    if (!done) return done.error();
    return found;
}

void Ledger::addSupervisor(Sql& sql, LedgerMarks& made, const std::string& name, const SupervisorRow& row) const {
    sql.query("INSERT INTO supervisor(name, salt, hash, cost, enrolled_at) VALUES(?1, ?2, ?3, ?4, ?5)"
              " ON CONFLICT(name) DO UPDATE SET salt = ?2, hash = ?3, cost = ?4, enrolled_at = ?5, failures = 0, tried_at = ''")
        .with(name, row.salt, row.hash, row.cost, m_clock())
        .run();
    addAct(sql, made, name, "enrol", "");
}

Result<void> Ledger::enrol(const std::string& name, const SupervisorRow& row) {
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        addSupervisor(sql, made, name, row);
        return {};
    });
}

Result<bool> Ledger::supervised() {
    bool found = false;
    const auto done = read([&](Sql& sql) -> Result<void> {
        found = anyEnrolled(sql);
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<void> Ledger::enrolFirst(const std::string& name, const SupervisorRow& row) {
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        if (anyEnrolled(sql)) return Error{ErrorCode::SupervisorExists, {}};
        addSupervisor(sql, made, name, row);
        return {};
    });
}

Result<void> Ledger::countTry(const std::string& name) {
    return m_commits.run([&](Sql& sql) -> Result<void> {
        sql.query("UPDATE supervisor SET failures = failures + 1, tried_at = ?2 WHERE name = ?1").with(name, m_clock()).run();
        return {};
    });
}

Result<void> Ledger::forgiveTries(const std::string& name) {
    return m_commits.run([&](Sql& sql) -> Result<void> {
        sql.query("UPDATE supervisor SET failures = 0 WHERE name = ?1").with(name).run();
        return {};
    });
}

Result<Tries> Ledger::pinTries() {
    Tries tries;
    const auto done = read([&](Sql& sql) -> Result<void> {
        Query row = sql.query("SELECT failures, tried_at FROM pin_tries");
        if (row.step()) tries = triesIn(row, 0);
        return {};
    });
    if (!done) return done.error();
    return tries;
}

Result<void> Ledger::countPinTry() {
    return m_commits.run([&](Sql& sql) -> Result<void> {
        sql.query("UPDATE pin_tries SET failures = failures + 1, tried_at = ?1").with(m_clock()).run();
        return {};
    });
}

Result<void> Ledger::forgivePinTries() {
    return m_commits.run([](Sql& sql) -> Result<void> {
        sql.query("UPDATE pin_tries SET failures = 0").run();
        return {};
    });
}

Result<void> Ledger::uncountPinTry() {
    return m_commits.run([](Sql& sql) -> Result<void> {
        sql.query("UPDATE pin_tries SET failures = failures - 1 WHERE failures > 0").run();
        return {};
    });
}

Result<void> Ledger::recordAct(const std::string& supervisor, const std::string& act, const std::string& about) {
    return change([&](Sql& sql, LedgerMarks& made) -> Result<void> {
        addAct(sql, made, supervisor, act, about);
        return {};
    });
}

}  // namespace keystamp::hsm
