// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/places.h"

#include <fmt/format.h>

#include "flashing/esp32/loader.h"
#include "flashing/esp32/nvs.h"
#include "flashing/esp32/secure_cert.h"

namespace keystamp::flashing::esp32 {
namespace {

constexpr std::uint8_t kData = 1;
constexpr std::uint8_t kNvsSubtype = 2;

Result<Partition> find(const std::vector<Partition>& table, const std::string& label) {
    std::string labels;
    for (const Partition& each : table) {
        if (each.label == label) return each;
        labels += (labels.empty() ? "" : ", ") + each.label;
    }
    return Error{ErrorCode::BadConfig, fmt::format("the board has no partition '{}'; it has {}", label, labels)};
}

Error wrong(const Partition& found, std::string_view what) {
    return Error{ErrorCode::BadConfig, fmt::format("partition '{}' of the board (offset 0x{:x}, size 0x{:x}) {}", found.label, found.offset, found.size, what)};
}

struct Wanted {
    std::uint32_t table;
    std::optional<std::uint32_t> offset, size;
    std::size_t least;
};

Result<void> check(const Partition& found, const Wanted& wanted, const std::vector<Partition>& table) {
    if (wanted.offset && *wanted.offset != found.offset) return wrong(found, fmt::format("is configured at 0x{:x}", *wanted.offset));
    if (wanted.size && *wanted.size != found.size) return wrong(found, fmt::format("is configured with size 0x{:x}", *wanted.size));
    if (found.offset % kSector != 0 || found.size % kSector != 0) return wrong(found, "is not of whole sectors");
    if (found.offset < wanted.table + kSector) return wrong(found, "lies over the partition table");
    if (found.size < wanted.least || found.size > kPartitionMost) return wrong(found, fmt::format("is not from 0x{:x} to 0x{:x} long", wanted.least, kPartitionMost));
    for (const Partition& other : table) {
        const bool itself = other.label == found.label && other.offset == found.offset;
        const std::uint64_t end = std::uint64_t{found.offset} + found.size, otherEnd = std::uint64_t{other.offset} + other.size;
        if (!itself && found.offset < otherEnd && other.offset < end) return wrong(found, fmt::format("lies over '{}'", other.label));
    }
    return {};
}

}  // namespace

Result<Places> placesOf(const Layout& layout, const std::vector<Partition>& table) {
    const auto nvs = find(table, layout.partition);
    if (!nvs) return nvs.error();
    if (nvs->type != kData || nvs->subtype != kNvsSubtype) return wrong(*nvs, "is not of type data, nvs");
    if (auto good = check(*nvs, {layout.table, layout.offset, layout.size, kNvsLeast}, table); !good) return good.error();
    if (!layout.inSecureCert) return Places{*nvs, std::nullopt};
    const auto secureCert = find(table, kSecureCertLabel);
    if (!secureCert) return secureCert.error();
    if (secureCert->type != kSecureCertType) return wrong(*secureCert, "is not of type 0x3f");
    if (auto good = check(*secureCert, {layout.table, layout.secureCertOffset, layout.secureCertSize, kSector}, table); !good) return good.error();
    return Places{*nvs, *secureCert};
}

}  // namespace keystamp::flashing::esp32
