// SPDX-License-Identifier: Apache-2.0
// Private to esp32 and its emulator: numbers of the ROM loader's protocol. Source: Espressif's esptool documentation,
// "Serial Protocol".
#pragma once

#include <cstdint>

#include "core/bytes.h"

namespace keystamp::flashing::esp32 {

constexpr std::size_t kRomHeader = 8;  ///< 00 op len16 checksum32, or 01 op len16 value32
constexpr std::size_t kRomStatus = 4;  ///< of the ROM; a stub has two
constexpr std::uint8_t kRomReply = 0x01;

constexpr std::uint8_t kFlashBegin = 0x02;
constexpr std::uint8_t kFlashData = 0x03;
constexpr std::uint8_t kFlashEnd = 0x04;
constexpr std::uint8_t kSync = 0x08;
constexpr std::uint8_t kWriteRegister = 0x09;
constexpr std::uint8_t kReadRegister = 0x0A;
constexpr std::uint8_t kSpiParameters = 0x0B;
constexpr std::uint8_t kSpiAttach = 0x0D;
constexpr std::uint8_t kReadFlashSlow = 0x0E;
constexpr std::uint8_t kChangeBaud = 0x0F;
constexpr std::uint8_t kFlashMd5 = 0x13;
constexpr std::uint8_t kSecurityInfo = 0x14;

constexpr std::uint8_t kRomInvalid = 0x05;
constexpr std::uint8_t kRomFailed = 0x06;
constexpr std::uint8_t kRomBadChecksum = 0x07;
constexpr std::uint8_t kRomFlashWrite = 0x08;
constexpr std::uint8_t kRomFlashRead = 0x09;
constexpr std::uint8_t kRomFlashReadLength = 0x0A;

constexpr std::size_t kSecurityShort = 12;  ///< flags32, crypt count, seven key purposes
constexpr std::size_t kSecurityLong = 20;   ///< and chip ID32, API version32
constexpr std::uint32_t kSecureBoot = 1U << 0;
constexpr std::uint32_t kSecureDownload = 1U << 2;

constexpr std::uint32_t kEsp32Word0 = 0x3FF5A000;  ///< efuse block 0: bits 20 to 26 count flash encryption
constexpr std::uint32_t kEsp32Word6 = 0x3FF5A018;  ///< bits 4 and 5: secure boot

inline std::uint8_t romChecksum(BytesView data) {
    std::uint8_t sum = 0xEF;
    for (const std::uint8_t byte : data) sum ^= byte;
    return sum;
}

}  // namespace keystamp::flashing::esp32
