// SPDX-License-Identifier: Apache-2.0
// Where the audit log ends, and how a row is put after it. Used inside a write transaction.
// Private to this room.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "db/connection.h"

namespace keystamp::db {

/// Keys keep their order: a row's bytes are what its hash is over.
using Json = nlohmann::ordered_json;

/// One line, compact; text that is not UTF-8 is shown as such rather than refused.
std::string dump(const Json& json);

/// Number and hash of the last row. Small and copyable, so that a refused request's rows can be taken back.
struct AuditTail {
    std::uint64_t number = 0;
    Digest last{};  ///< zeros before the first row

    /// As the database has it: another process may have written.
    static AuditTail read(Connection& db);
    /// {"n":…,"time":…,"kind":…, ...data, "prev":…}
    void append(Connection& db, UtcTime now, std::string_view kind, const Json& data);
};

}  // namespace keystamp::db
