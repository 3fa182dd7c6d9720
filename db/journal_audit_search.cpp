// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "db/audit_search.h"
#include "db/journal_parts.h"

namespace keystamp::db {
namespace {

constexpr std::uint64_t kBeyondAll = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t kMostLookedAt = 100'000;  // a tenth of a second, however long the log

/// Quotes inside a value are escaped, so this stands nowhere but at the kind.
std::string markOf(const std::string& kind) { return "\"kind\":" + nlohmann::json(kind).dump(); }

}  // namespace

Result<AuditFound> Journal::searchAudit(const AuditSearch& search) const {
    std::vector<std::string> marks;
    for (const auto& kind : search.kinds) marks.push_back(markOf(kind));
    return m_parts->read([&](Connection& db) -> Result<AuditFound> {
        Use use{db.prepared("SELECT number, line FROM audit WHERE number < ?1 ORDER BY number DESC LIMIT ?2")};
        use.with(search.before == 0 ? kBeyondAll : search.before, kMostLookedAt);
        AuditFound found;
        while (found.rows.size() < search.most && use.next()) {
            AuditRow row{use.count(0), use.text(1)};
            found.lookedTo = row.number;
            const auto has = [&](const std::string& what) { return row.line.find(what) != std::string::npos; };
            if ((marks.empty() || std::any_of(marks.begin(), marks.end(), has)) && has(search.text)) found.rows.push_back(std::move(row));
        }
        return found;
    });
}

}  // namespace keystamp::db
