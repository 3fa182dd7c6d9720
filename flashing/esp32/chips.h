// SPDX-License-Identifier: Apache-2.0
// What differs between the chips of the ESP32 family. Source: the serial protocol page of each chip in Espressif's
// esptool documentation, and that tool's tables of targets.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace keystamp::flashing::esp32 {

struct Chip {
    std::string_view driver;  ///< as in station.toml: "esp32c3"
    std::string_view name;    ///< as its maker writes it: "ESP32-C3"
    std::optional<std::uint32_t> chipId;  ///< from GET_SECURITY_INFO; nothing where that has none
    std::uint32_t magic;      ///< at kMagicRegister, where there is no chip ID
    std::uint32_t mac;        ///< efuse register with the MAC's last four bytes; its first two are in the next one
    bool flashBeginHasFive;   ///< FLASH_BEGIN takes a fifth word, "encrypted"
    bool hasSecurityInfo;
};

constexpr std::uint32_t kMagicRegister = 0x40001000;

std::span<const Chip> chips();
const Chip* chipOfDriver(std::string_view driver);
const Chip* chipOfMagic(std::uint32_t magic);
const Chip* chipOfId(std::uint32_t id);

}  // namespace keystamp::flashing::esp32
