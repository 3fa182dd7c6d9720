// SPDX-License-Identifier: Apache-2.0
// A chip of the ESP32 family as its serial port shows it: the ROM loader, 4 MiB of flash with a partition table, and an
// application that only says which identity it finds. Source: Espressif's esptool documentation, "Serial Protocol".
#pragma once

#include <map>
#include <optional>

#include "flashing/board_program/emulated_board.h"
#include "flashing/esp32/chips.h"
#include "flashing/esp32/slip.h"

namespace keystamp::flashing::board_program {

class EspRom : public EmulatedBoard {
public:
    /// Its MAC is made from the UID. It starts in the loader; control lines restart it.
    EspRom(const esp32::Chip& chip, const BoardMake& make);

    Effect input(BytesView bytes, Bytes& out) override;
    void lines(bool dtr, bool rts, Bytes& out) override;
    bool finished() const override { return m_written && m_application; }

private:
    /// What a command answers: an error of the ROM, or a value and data.
    struct Answer {
        std::uint8_t error = 0;
        std::uint32_t value = 0;
        Bytes data;
    };
    void handle(BytesView packet, Bytes& out);
    void reply(std::uint8_t op, const Answer& answer, Bytes& out) const;
    Answer act(std::uint8_t op, BytesView body, std::uint32_t checksum);
    Answer flashBegin(BytesView body);
    Answer flashData(BytesView body, std::uint32_t checksum);
    Answer readFlash(BytesView body) const;
    Answer md5(BytesView body) const;
    Answer securityInfo() const;
    std::string application() const;
    std::uint32_t readRegister(std::uint32_t address) const;
    bool inFlash(std::size_t offset, std::size_t size) const { return offset <= m_flash.size() && size <= m_flash.size() - offset; }

    const esp32::Chip& m_chip;
    std::array<std::uint8_t, 6> m_mac{};
    const bool m_secureDownload;
    const std::chrono::milliseconds m_resetHold;
    Bytes m_flash;
    std::map<std::uint32_t, std::uint32_t> m_registers;
    esp32::Deslip m_deslip;
    std::optional<std::chrono::steady_clock::time_point> m_rtsSince;  ///< it is on
    bool m_application = false;  ///< else the loader
    bool m_attached = false;
    bool m_written = false;
    std::size_t m_blocks = 0;    ///< of the write that goes on
    std::size_t m_blockSize = 0;
    std::size_t m_offset = 0;
};

}  // namespace keystamp::flashing::board_program
