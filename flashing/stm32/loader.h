// SPDX-License-Identifier: Apache-2.0
// The loader in an STM32's ROM, over a UART. Source: ST, AN3155. It has no deadlines of its own and waits for ever for what was
// announced: whoever finds it in the middle of something has to bring that to an end first (align).
//
// One thread at a time. Errors: BoardSilent, BoardNonsense, LinkLost; BoardRefused (native 0x1F) where it says no again and again.
#pragma once

#include <array>
#include <functional>
#include <vector>

#include "core/bytes.h"
#include "flashing/link/link.h"
#include "flashing/stm32/place.h"

namespace keystamp::flashing::stm32 {

class Loader {
public:
    Loader(Link& link, const Place& place) : m_link(link), m_place(place) {}

    /// Resets the chip into it where the place says how, and syncs; then `version` and `commands` are known.
    Result<void> enter(Deadline deadline);
    std::uint8_t version() const { return m_version; }
    Result<std::uint16_t> productId(Deadline deadline);
    /// Any number of bytes.
    Result<void> read(std::uint32_t address, std::span<std::uint8_t> into, Deadline deadline);
    /// Into erased flash; a multiple of four bytes, at most kMost.
    Result<void> write(std::uint32_t address, BytesView bytes, Deadline deadline);
    /// One page, by its number.
    Result<void> erase(std::uint32_t number, Deadline deadline);
    /// Starts the product.
    Result<void> go(Deadline deadline);

private:
    using Act = std::function<Result<void>()>;
    Result<std::uint8_t> byte(const char* what, Deadline until);
    Result<void> bytes(const char* what, std::span<std::uint8_t> into, Deadline deadline);
    Result<void> acknowledged(const char* what, std::chrono::milliseconds patience, Deadline deadline);
    Result<void> command(const char* what, std::uint8_t op, Deadline deadline);
    Result<void> question(const char* what, std::uint8_t op, Deadline deadline);
    Result<void> address(const char* what, std::uint32_t address, Deadline deadline);
    Result<void> sum(const char* what, BytesView bytes, std::chrono::milliseconds patience, Deadline deadline);
    Result<void> again(const Act& act, Deadline deadline);
    Result<void> get(Deadline deadline);
    Result<void> idOnce(std::array<std::uint8_t, 2>& id, Deadline deadline);
    Result<void> align(Deadline deadline);
    Result<void> fill(std::size_t count, Deadline deadline);
    void hush(std::chrono::milliseconds quiet, Deadline deadline);
    Result<void> restart(bool intoLoader, Deadline deadline);
    Result<bool> sync(int tries, Deadline deadline);
    Result<void> writeOnce(std::uint32_t address, BytesView bytes, Deadline deadline);

    Link& m_link;
    const Place& m_place;
    std::array<std::uint8_t, 512> m_buffer{};
    BytesView m_unread;
    std::uint8_t m_version = 0;
    Bytes m_commands;
};

}  // namespace keystamp::flashing::stm32
