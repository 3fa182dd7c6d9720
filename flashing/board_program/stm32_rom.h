// SPDX-License-Identifier: Apache-2.0
// An STM32 as its UART shows it: the loader in its ROM, flash, and an application that only says which identity it finds. Source: ST,
// AN3155. Strict where chips are: flash takes a value once, and what was announced is waited for for ever.
#pragma once

#include "flashing/board_program/emulated_board.h"
#include "flashing/stm32/chips.h"

namespace keystamp::flashing::board_program {

class Stm32Rom : public EmulatedBoard {
public:
    /// "stm32": an L43x; "stm32f1": an F10x, with smaller pages and the older erase command.
    explicit Stm32Rom(const BoardMake& make);

    Effect input(BytesView bytes, Bytes& out) override;
    /// RTS resets, DTR is BOOT0.
    void lines(bool dtr, bool rts, Bytes& out) override;
    /// It hears nothing but 8E1.
    void parity(bool even) override { m_evenParity = even; }
    bool finished() const override { return m_written && m_state == State::Application; }

private:
    enum class State { Sync, Command, Address, ReadSize, WriteData, Pages, ExtendedPages, Application };

    /// What it does with the bytes that it waited for.
    void take(Bytes& out);
    /// So many are waited for in this state, by those that came; 0: more than one cannot know yet.
    std::size_t wanted() const;
    void command(Bytes& out);
    void address(Bytes& out);
    void writeData(Bytes& out);
    void pages(Bytes& out);
    void answer(bool good, State next, Bytes& out);
    void list(std::uint8_t size, BytesView what, Bytes& out);
    bool readable(std::uint32_t from, std::size_t size) const;
    std::uint8_t at(std::uint32_t address) const;
    std::string application() const;

    const stm32::Chip& m_chip;
    const bool m_extended;
    const std::size_t m_unit;  ///< of flash that is written at once
    const bool m_protected;    ///< against reading out
    Bytes m_uid;
    Bytes m_flash;
    State m_state = State::Sync;
    Bytes m_in;
    std::uint8_t m_op = 0;
    std::uint32_t m_address = 0;
    bool m_written = false;
    bool m_evenParity = true;
    bool m_reset = false;  ///< it is held in reset
};

}  // namespace keystamp::flashing::board_program
