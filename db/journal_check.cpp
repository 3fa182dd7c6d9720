// SPDX-License-Identifier: Apache-2.0
// Whether the journal agrees with itself: file, pragmas, chain, and every unit with what the audit log says of it.
#include <fmt/format.h>

#include <unordered_map>

#include "db/audit_chain.h"
#include "db/journal_parts.h"
#include "db/rows.h"

namespace keystamp::db {
namespace {

Error altered(std::string what) { return Error{ErrorCode::RecordsAltered, std::move(what)}; }

// What the log says of one unit.
struct Told {
    bool issued = false, recorded = false, voided = false;
    std::uint64_t rows = 0;
    Digest credential{};
};

class AuditedUnits {
public:
    Result<void> follow(const std::string& line) {
        if (auto fits = m_chain.follow(line); !fits) return fits;
        const Json row = Json::parse(line, nullptr, false);
        if (!row.is_object()) return altered(fmt::format("row {} of the audit log is not JSON", m_chain.size()));
        const std::string kind = row.value("kind", "");
        if (kind != "issue" && kind != "record" && kind != "void") return {};
        Told& told = m_units[row.value("unit", std::int64_t{0})];
        bool& flag = kind == "issue" ? told.issued : kind == "record" ? told.recorded : told.voided;
        if (flag) return altered(fmt::format("row {}: a unit's second {}", m_chain.size(), kind));
        flag = true;
        if (kind == "void") return {};
        const Digest credential = sha256(row.value("credential", ""));
        if (kind == "issue") told.credential = credential;
        if (told.credential != credential) return altered(fmt::format("row {}: another credential than was issued", m_chain.size()));
        return {};
    }

    Result<void> hold(const Unit& unit) {
        const Told told = m_units[unit.number];
        m_units.erase(unit.number);
        const auto differ = [&](const char* what) {
            return altered(fmt::format("unit {} ({}) is {}, but {}", unit.number, unit.id.text(), name(unit.state), what));
        };
        const bool issued = unit.unresolved() || unit.state == UnitState::Recorded;
        if (unit.live() && told.voided) return differ("the audit log voided it");
        if (!unit.live() && !told.voided) return differ("the audit log knows nothing of it");
        if (unit.live() && told.issued != issued) return differ(told.issued ? "the audit log issued it" : "the audit log never issued it");
        if (unit.live() && told.recorded != (unit.state == UnitState::Recorded)) {
            return differ(told.recorded ? "the audit log recorded it" : "the audit log never recorded it");
        }
        if (told.issued && told.credential != sha256(toHex(unit.credential))) return differ("its credential is not the one in the audit log");
        if (!unit.certificate.empty() && sha256(BytesView{unit.certificate}) != unit.credential) return differ("its certificate is another");
        return {};
    }

    Result<void> nothingLeft() const {
        if (m_units.empty()) return {};
        return altered(fmt::format("unit {} is in the audit log and not in the journal", m_units.begin()->first));
    }

private:
    AuditChain m_chain;
    std::unordered_map<std::int64_t, Told> m_units;
};

Result<void> integrity(Connection& db) {
    if (auto held = db.checkPragmas(); !held) return held;
    SQLite::Statement statement{db.database(), "PRAGMA integrity_check(1)"};
    const std::string found = statement.executeStep() ? statement.getColumn(0).getString() : "nothing";
    if (found != "ok") return Error{ErrorCode::JournalFault, found, 0, "integrity_check"};
    SQLite::Statement foreign{db.database(), "PRAGMA foreign_key_check"};
    if (foreign.executeStep()) return Error{ErrorCode::JournalFault, "a row of " + foreign.getColumn(0).getString() + " hangs in the air"};
    return {};
}

// The places taken under each cap, counted anew.
Result<void> caps(Connection& db) {
    SQLite::Statement statement{db.database(),
        "SELECT b.name, b.used, CASE b.mode WHEN 'sas' THEN count(DISTINCT u.id) ELSE count(u.id) END FROM batch b "
        "LEFT JOIN unit u ON u.batch = b.name AND (u.state <> 'VOID' OR u.void_from <> 'RESERVED') GROUP BY b.name"};
    while (statement.executeStep()) {
        const auto used = statement.getColumn(1).getInt64();
        const auto counted = statement.getColumn(2).getInt64();
        if (used != counted) return altered(fmt::format("batch {} counts {} issuances, there are {}",
                                                        statement.getColumn(0).getString(), used, counted));
    }
    return {};
}

}  // namespace

Result<void> Journal::check() const {
    return m_parts->read([](Connection& db) -> Result<void> {
        if (auto sound = integrity(db); !sound) return sound;
        // One snapshot for all of it.
        SQLite::Transaction snapshot{db.database()};
        AuditedUnits audited;
        Use rows{db.prepared("SELECT line FROM audit ORDER BY number")};
        while (rows.next()) {
            if (auto fits = audited.follow(rows.text(0)); !fits) return fits;
        }
        Use units{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit ORDER BY number")};
        while (units.next()) {
            if (auto fits = audited.hold(unitOf(units)); !fits) return fits;
        }
        if (auto none = audited.nothingLeft(); !none) return none;
        return caps(db);
    });
}

}  // namespace keystamp::db
