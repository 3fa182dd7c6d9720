// SPDX-License-Identifier: Apache-2.0
// Whether the journal agrees with itself: file, pragmas, chain, and every unit and person with what the audit log says of them.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "db/audit_chain.h"
#include "db/journal_parts.h"
#include "db/rows.h"

namespace keystamp::db {
namespace {

Error altered(std::string what) { return Error{ErrorCode::RecordsAltered, std::move(what)}; }

// What a row about a unit begins and ends with (see about() in journal_units.cpp). Not parsed as JSON: a station has a million
// such rows, and a shift begins with this check.
struct AboutUnit {
    std::string_view kind;
    std::int64_t unit = 0;
    Digest credential{};
};

AboutUnit aboutUnit(std::string_view line) {
    constexpr std::string_view kKind = "\"kind\":\"", kUnit = "\",\"unit\":", kCredential = "\"credential\":\"";
    constexpr std::size_t kPrev = 1 + 7 + 66 + 1;  // ,"prev":"64 digits"}
    AboutUnit about;
    const auto kind = line.find(kKind);
    if (kind == std::string_view::npos) return about;
    line.remove_prefix(kind + kKind.size());
    about.kind = line.substr(0, line.find('"'));
    const std::string_view number = line.substr(std::min(about.kind.size() + kUnit.size(), line.size()));
    std::from_chars(number.data(), number.data() + number.size(), about.unit);
    if (line.size() < kPrev) return about;
    line.remove_suffix(kPrev);
    const auto credential = line.rfind(kCredential);
    if (credential == std::string_view::npos) return about;
    const auto digest = fromHex(line.substr(credential + kCredential.size(), 64));
    if (digest && digest->size() == about.credential.size()) std::copy(digest->begin(), digest->end(), about.credential.begin());
    return about;
}

// What the log says of one unit.
struct Told {
    bool issued = false, recorded = false, voided = false;
    Digest credential{};
};

/// Who was added and not removed since, with the role.
class AuditedPeople {
public:
    Result<void> follow(std::string_view kind, const std::string& line) {
        const Json row = Json::parse(line, nullptr, false);
        const auto text = [&](const char* key) {
            const auto at = row.find(key);
            return at != row.end() && at->is_string() ? at->get<std::string>() : std::string{};
        };
        const bool fits = kind == "person-add" ? m_here.emplace(text("person"), text("role")).second : m_here.erase(text("person")) == 1;
        return fits ? Result<void>{} : altered(fmt::format("{} was added or removed twice", text("person")));
    }
    Result<void> hold(Connection& db) {
        Use use{db.prepared("SELECT name, role FROM person WHERE removed_at IS NULL")};
        while (use.next()) {
            const auto told = m_here.find(use.text(0));
            if (told == m_here.end() || told->second != use.text(1)) return altered("the audit log never added this person: " + use.text(0));
            m_here.erase(told);
        }
        return m_here.empty() ? Result<void>{} : altered("the audit log never removed this person: " + m_here.begin()->first);
    }

private:
    std::map<std::string, std::string> m_here;
};

class AuditedRows {
public:
    Result<void> follow(const std::string& line) {
        if (auto fits = m_chain.follow(line); !fits) return fits;
        const AboutUnit row = aboutUnit(line);
        if (row.kind == "person-add" || row.kind == "person-remove") return people.follow(row.kind, line);
        if (row.kind != "issue" && row.kind != "record" && row.kind != "void") return {};
        Told& told = m_units[row.unit];
        bool& flag = row.kind == "issue" ? told.issued : row.kind == "record" ? told.recorded : told.voided;
        if (flag) return altered(fmt::format("row {}: a unit's second {}", m_chain.size(), row.kind));
        flag = true;
        if (row.kind == "void") return {};
        if (row.kind == "issue") told.credential = row.credential;
        if (told.credential != row.credential) return altered(fmt::format("row {}: another credential than was issued", m_chain.size()));
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
        if (told.issued && told.credential != unit.credential) return differ("its credential is not the one in the audit log");
        if (!unit.certificate.empty() && sha256(BytesView{unit.certificate}) != unit.credential) return differ("its certificate is another");
        return {};
    }

    Result<void> nothingLeft() const {
        if (m_units.empty()) return {};
        return altered(fmt::format("unit {} is in the audit log and not in the journal", m_units.begin()->first));
    }

    AuditedPeople people;

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
        "SELECT b.name, b.used, CASE b.mode WHEN 'x509' THEN count(u.id) ELSE count(DISTINCT u.id) END FROM batch b "
        "LEFT JOIN unit u ON u.batch = b.name AND (u.live = 1 OR u.void_from <> 'RESERVED') GROUP BY b.name"};
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
        AuditedRows audited;
        Use rows{db.prepared("SELECT line FROM audit ORDER BY number")};
        while (rows.next()) {
            if (auto fits = audited.follow(rows.text(0)); !fits) return fits;
        }
        Use units{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit ORDER BY number")};
        while (units.next()) {
            if (auto fits = audited.hold(unitOf(units)); !fits) return fits;
        }
        if (auto none = audited.nothingLeft(); !none) return none;
        if (auto fit = audited.people.hold(db); !fit) return fit;
        return caps(db);
    });
}

}  // namespace keystamp::db
