// SPDX-License-Identifier: Apache-2.0
#include "db/exporters/table.h"

#include <algorithm>
#include <array>

namespace keystamp::db {
namespace {

using namespace exporters;

// In the order in which help shows them.
constexpr std::array kAll{&kIotcImport, &kIotcDevices, &kDpsBulk, &kDpsGroup, &kUnits, &kSpreadsheet, &kBlockList, &kCloudStates, &kReport};

}  // namespace

std::span<const Exporter* const> allExporters() { return kAll; }

Result<const Exporter*> findExporter(std::string_view name) {
    const auto found = std::find_if(kAll.begin(), kAll.end(), [&](const Exporter* one) { return one->name == name; });
    if (found != kAll.end()) return *found;
    std::string names;
    for (const Exporter* one : kAll) names += (names.empty() ? "" : ", ") + std::string{one->name};
    return Error{ErrorCode::BadUsage, "\"" + std::string{name} + "\" is none of the forms " + names};
}

}  // namespace keystamp::db
