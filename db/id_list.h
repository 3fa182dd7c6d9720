// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "db/records.h"

namespace keystamp::db {

/// Reads a list of device IDs: IoT Central's import CSV (IOTC_DEVICEID,IOTC_DEVICENAME in any case, BOM or not, CRLF or LF,
/// quoted or not), a CSV with columns id[,name][,uid], or plain IDs a line. All or nothing: BadCsv lists up to ten errors
/// by line, among them IDs that fold to the same one, and UIDs (hex) that stand twice.
Result<std::vector<ListedId>> readIdList(const std::string& path);

}  // namespace keystamp::db
