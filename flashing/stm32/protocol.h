// SPDX-License-Identifier: Apache-2.0
// The words of the loader in an STM32's ROM. Source: ST, AN3155, "USART protocol used in the STM32 bootloader".
#pragma once

#include <cstddef>
#include <cstdint>

namespace keystamp::flashing::stm32 {

constexpr std::uint8_t kSync = 0x7F;  ///< from which it measures the baud rate
constexpr std::uint8_t kAck = 0x79;
constexpr std::uint8_t kNack = 0x1F;

// Commands; each is followed by its complement.
constexpr std::uint8_t kGet = 0x00;
constexpr std::uint8_t kGetVersion = 0x01;
constexpr std::uint8_t kGetId = 0x02;
constexpr std::uint8_t kReadMemory = 0x11;
constexpr std::uint8_t kGo = 0x21;
constexpr std::uint8_t kWriteMemory = 0x31;
constexpr std::uint8_t kErase = 0x43;
constexpr std::uint8_t kExtendedErase = 0x44;

constexpr std::size_t kMost = 256;  ///< bytes of one READ or WRITE
constexpr std::uint32_t kFlash = 0x08000000;

}  // namespace keystamp::flashing::stm32
