// SPDX-License-Identifier: Apache-2.0
// The partition table of an ESP32. Source: ESP-IDF, "Partition Tables".
#pragma once

#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace keystamp::flashing::esp32 {

constexpr std::uint32_t kTableAt = 0x8000;      ///< where ESP-IDF puts it unless told
constexpr std::size_t kTableMost = 0xC00;
constexpr std::size_t kTableEntry = 32;
constexpr std::uint32_t kPartitionMost = 0x10000;  ///< the largest that is read and compared as a whole

struct Partition {
    std::string label;
    std::uint8_t type = 0;     ///< 0 app, 1 data, 3F esp_secure_cert
    std::uint8_t subtype = 0;  ///< of data: 2 nvs
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
};

/// Whether an entry ends the table: erased, or no partition.
bool endsTable(BytesView entry32);
/// BadConfig where it is no table, or its own MD5 does not agree.
Result<std::vector<Partition>> readTable(BytesView table);
/// The table as a flash holds it, its MD5 included.
Bytes makeTable(const std::vector<Partition>& partitions);

}  // namespace keystamp::flashing::esp32
