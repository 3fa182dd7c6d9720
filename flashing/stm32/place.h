// SPDX-License-Identifier: Apache-2.0
// Where an STM32 product keeps its identity: the table [driver.stm32] of station.toml.
#pragma once

#include <optional>
#include <string>

#include "flashing/board.h"

namespace keystamp::flashing::stm32 {

struct Place {
    /// How the loader is entered: somebody else does it, or one of the adapter's lines resets the chip and the other one is BOOT0.
    enum class Entry { ByHand, RtsResets, DtrResets };

    std::uint32_t page = 0;                 ///< address of the first; no default
    std::uint32_t pages = 1;                ///< so many from there on are the identity's
    std::optional<std::uint32_t> pageSize;  ///< where given, a known chip must agree
    std::optional<std::uint32_t> erase;     ///< the first page's number for the erase command; else counted from the start of flash
    std::optional<std::uint32_t> uid;       ///< address; else the family's
    std::uint32_t go = 0x08000000;          ///< where the product starts; 0: the chip is left in its loader
    Parity parity = Parity::Even;           ///< as AN3155 has it
    Entry entry = Entry::ByHand;

    /// BadConfig names the key.
    static Result<Place> of(const DriverOptions& options);
};

}  // namespace keystamp::flashing::stm32
