// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/records.h"

namespace keystamp::db {

/// What is looked for in the audit log; what is empty leaves nothing out.
struct AuditSearch {
    std::vector<std::string> kinds;
    std::string text;          ///< anywhere in the row, as it is written
    std::uint64_t before = 0;  ///< only rows older than this number; 0: from the newest on
    std::size_t most = 50;
};

struct AuditFound {
    std::vector<AuditRow> rows;   ///< the newest first
    std::uint64_t lookedTo = 0;   ///< the oldest row that was looked at; 1 or 0: there are none before it
};

}  // namespace keystamp::db
