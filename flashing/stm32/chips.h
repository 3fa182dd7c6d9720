// SPDX-License-Identifier: Apache-2.0
// What differs between the families of STM32. Sources: ST's AN2606 (product IDs) and the reference manual of each family ("Device electronic
// signature", "Embedded Flash memory").
#pragma once

#include <cstdint>

namespace keystamp::flashing::stm32 {

struct Chip {
    std::uint16_t productId;   ///< as GET ID says it
    const char* name;
    std::uint32_t uid;         ///< address of its 96-bit number
    std::uint32_t pageSize;    ///< of flash, in which all pages are alike
};

/// Null for one whose numbers have to be configured.
const Chip* chipOf(std::uint16_t productId);

}  // namespace keystamp::flashing::stm32
