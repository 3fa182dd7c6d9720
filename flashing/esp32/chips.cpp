// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/chips.h"

#include <algorithm>
#include <array>

namespace keystamp::flashing::esp32 {
namespace {

constexpr std::array kChips{
    Chip{"esp32", "ESP32", std::nullopt, 0x00F01D83, 0x3FF5A004, false, false},
    Chip{"esp32s2", "ESP32-S2", std::nullopt, 0x000007C6, 0x3F41A044, true, true},
    Chip{"esp32s3", "ESP32-S3", 9, 0, 0x60007044, true, true},
    Chip{"esp32c2", "ESP32-C2", 12, 0, 0x60008840, true, true},
    Chip{"esp32c3", "ESP32-C3", 5, 0, 0x60008844, true, true},
    Chip{"esp32c6", "ESP32-C6", 13, 0, 0x600B0844, true, true},
    Chip{"esp32h2", "ESP32-H2", 16, 0, 0x600B0844, true, true},
};

template <typename Matches>
const Chip* find(Matches matches) {
    const auto found = std::find_if(kChips.begin(), kChips.end(), matches);
    return found == kChips.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Chip> chips() { return kChips; }

const Chip* chipOfDriver(std::string_view driver) {
    return find([&](const Chip& chip) { return chip.driver == driver; });
}

const Chip* chipOfMagic(std::uint32_t magic) {
    return find([&](const Chip& chip) { return !chip.chipId && chip.magic == magic; });
}

const Chip* chipOfId(std::uint32_t id) {
    return find([&](const Chip& chip) { return chip.chipId == id; });
}

}  // namespace keystamp::flashing::esp32
