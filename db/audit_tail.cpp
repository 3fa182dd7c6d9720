// SPDX-License-Identifier: Apache-2.0
#include "db/audit_tail.h"

namespace keystamp::db {

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

AuditTail AuditTail::read(Connection& db) {
    AuditTail tail;
    Use use{db.prepared("SELECT number, line FROM audit ORDER BY number DESC LIMIT 1")};
    if (use.next()) {
        tail.number = use.count(0);
        tail.last = sha256(use.text(1));
    }
    return tail;
}

void AuditTail::append(Connection& db, UtcTime now, std::string_view kind, const Json& data) {
    Json row = Json::object();
    row["n"] = number + 1;
    row["time"] = toText(now);
    row["kind"] = kind;
    for (const auto& [key, value] : data.items()) row[key] = value;
    row["prev"] = toHex(last);
    const std::string line = dump(row);
    Use{db.prepared("INSERT INTO audit(number, line) VALUES(?, ?)")}.with(number + 1, line).run();
    ++number;
    last = sha256(line);
}

}  // namespace keystamp::db
