// SPDX-License-Identifier: Apache-2.0
// Where the audit log ends, and how a row is put after it. Used inside a write transaction.
// Private to this room.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "db/connection.h"

namespace keystamp::db {

/// Keys keep their order: a row's bytes are what its hash is over.
using Json = nlohmann::ordered_json;

/// One line, compact; text that is not UTF-8 is shown as such rather than refused.
std::string dump(const Json& json);

/// When a row was written; nothing where it is none.
std::optional<UtcTime> timeOf(std::string_view line);

/// Number, hash and time of the last row. Small and copyable, so that a refused request's rows can be taken back.
struct AuditTail {
    std::uint64_t number = 0;
    Digest last{};  ///< zeros before the first row
    std::optional<UtcTime> time{};

    /// As the database has it: another process may have written.
    static AuditTail read(Connection& db);
    /// ClockWrong; see clock_rule.h.
    Result<void> fits(UtcTime now) const;
    /// {"n":…,"time":…,"kind":…, ...data, "prev":…}. While the clock cannot be right, time stands still and what the clock says is told
    /// as "clock": a row must not make it right. Only a re-base has the clock's time whatever it is.
    void append(Connection& db, UtcTime now, std::string_view kind, const Json& data);
};

}  // namespace keystamp::db
