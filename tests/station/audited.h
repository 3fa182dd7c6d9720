// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "db/journal.h"

namespace keystamp::test {

/// The audit log's rows of this kind, the oldest first.
inline std::vector<nlohmann::json> audited(const db::Journal& journal, const std::string& kind) {
    std::vector<nlohmann::json> rows;
    const auto read = journal.eachAuditRow([&](const db::AuditRow& row) -> Result<void> {
        if (auto line = nlohmann::json::parse(row.line); line["kind"] == kind) rows.push_back(std::move(line));
        return {};
    });
    EXPECT_TRUE(read.ok());
    return rows;
}

}  // namespace keystamp::test
