// SPDX-License-Identifier: Apache-2.0
#include "db/audit_tail.h"

#include <algorithm>

#include "db/clock_rule.h"

namespace keystamp::db {

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::optional<UtcTime> timeOf(std::string_view line) {
    constexpr std::string_view kBefore = ",\"time\":\"";
    constexpr std::size_t kLength = 24;
    const auto at = line.find(kBefore);
    if (at == std::string_view::npos) return std::nullopt;
    const auto time = parseUtc(std::string{line.substr(at + kBefore.size(), kLength)});
    return time ? std::optional{*time} : std::nullopt;
}

AuditTail AuditTail::read(Connection& db) {
    AuditTail tail;
    Use use{db.prepared("SELECT number, line FROM audit ORDER BY number DESC LIMIT 1")};
    if (use.next()) {
        tail.number = use.count(0);
        const std::string line = use.text(1);
        tail.last = sha256(line);
        tail.time = timeOf(line);
    }
    return tail;
}

Result<void> AuditTail::fits(UtcTime now) const { return time ? clockFits(now, *time) : Result<void>{}; }

void AuditTail::append(Connection& db, UtcTime now, std::string_view kind, const Json& data) {
    const bool rebase = kind == kClockRebase;
    const bool wrong = !rebase && !fits(now);
    const UtcTime stamp = wrong ? *time : rebase || !time ? now : std::max(now, *time);
    Json row = Json::object();
    row["n"] = number + 1;
    row["time"] = toText(stamp);
    if (wrong) row["clock"] = toText(now);
    row["kind"] = kind;
    for (const auto& [key, value] : data.items()) row[key] = value;
    row["prev"] = toHex(last);
    const std::string line = dump(row);
    Use{db.prepared("INSERT INTO audit(number, line) VALUES(?, ?)")}.with(number + 1, line).run();
    ++number;
    last = sha256(line);
    time = stamp;
}

}  // namespace keystamp::db
