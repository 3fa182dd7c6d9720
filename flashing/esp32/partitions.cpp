// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/partitions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "flashing/little.h"
#include "flashing/esp32/md5.h"

namespace keystamp::flashing::esp32 {
namespace {

constexpr std::uint32_t kEntryMagic = 0x50AA;
constexpr std::uint32_t kMd5Magic = 0xEBEB;
constexpr std::size_t kMd5At = 16;

Error broken(const char* why) { return Error{ErrorCode::BadConfig, fmt::format("the board's partition table: {}", why)}; }

}  // namespace

bool endsTable(BytesView entry32) { return little(entry32, 0, 2) != kEntryMagic; }

Result<std::vector<Partition>> readTable(BytesView table) {
    std::vector<Partition> partitions;
    std::size_t at = 0;
    for (; at + kTableEntry <= table.size() && !endsTable(table.subspan(at, kTableEntry)); at += kTableEntry) {
        const BytesView entry = table.subspan(at, kTableEntry);
        const auto* label = reinterpret_cast<const char*>(entry.data() + 12);
        partitions.push_back({std::string(label, ::strnlen(label, 16)), entry[2], entry[3], little(entry, 4, 4), little(entry, 8, 4)});
    }
    if (partitions.empty()) return broken("there is none; write the product's firmware first");
    if (at + kTableEntry <= table.size() && little(table, at, 2) == kMd5Magic) {
        const Md5 wanted = md5Of({table.first(at)});
        if (!std::equal(wanted.begin(), wanted.end(), table.begin() + static_cast<std::ptrdiff_t>(at + kMd5At))) {
            return broken("its MD5 does not agree; write the firmware again");
        }
    }
    return partitions;
}

Bytes makeTable(const std::vector<Partition>& partitions) {
    Bytes table(kTableMost, 0xFF);
    std::size_t at = 0;
    for (const Partition& each : partitions) {
        const std::span entry{table.data() + at, kTableEntry};
        std::fill(entry.begin(), entry.end(), std::uint8_t{0});
        putLittle(entry, 0, kEntryMagic, 2);
        entry[2] = each.type;
        entry[3] = each.subtype;
        putLittle(entry, 4, each.offset, 4);
        putLittle(entry, 8, each.size, 4);
        std::copy_n(each.label.begin(), std::min<std::size_t>(each.label.size(), 16), entry.begin() + 12);
        at += kTableEntry;
    }
    const Md5 digest = md5Of({BytesView{table}.first(at)});
    putLittle(table, at, kMd5Magic, 2);
    std::copy(digest.begin(), digest.end(), table.begin() + static_cast<std::ptrdiff_t>(at + kMd5At));
    return table;
}

}  // namespace keystamp::flashing::esp32
