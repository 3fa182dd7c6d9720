// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/labels_owed.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

namespace keystamp::workflow {
namespace {

constexpr std::uint64_t kRowsBack = 20'000;

}  // namespace

Result<std::vector<DeviceId>> labelsOwed(const db::Journal& journal) {
    const auto rows = journal.auditRows();
    if (!rows) return rows.error();
    std::vector<std::string> recorded;
    bool begun = false;
    auto read = journal.eachAuditRow(
        [&](const db::AuditRow& row) -> Result<void> {
            const auto json = nlohmann::json::parse(row.line, nullptr, false);
            const std::string kind = json.value("kind", "");
            const bool printed = kind == "label-print" || kind == "label-reprint";
            if (printed) std::erase(recorded, json.value("id", ""));
            if (printed || kind == "labels-begin") begun = true;
            if (kind == "labels-end") begun = false;
            if (kind == "void") std::erase(recorded, json.value("id", ""));
            if (kind == "record" && begun) recorded.push_back(json.value("id", ""));
            return {};
        },
        *rows > kRowsBack ? *rows - kRowsBack : 0);
    if (!read) return read.error();
    std::vector<DeviceId> owed;
    for (const std::string& text : recorded) {
        if (const auto id = DeviceId::parse(text)) owed.push_back(*id);
    }
    return owed;
}

}  // namespace keystamp::workflow
