// SPDX-License-Identifier: Apache-2.0
// The serial protocol of the ESP32 family's ROM loader, without a stub. Source: Espressif's esptool documentation, "Serial
// Protocol" of each chip. One thread at a time; every call ends with its deadline.
//
// Errors: BoardSilent, LinkLost; BoardNonsense, also where the ROM says that a message arrived garbled; BoardRefused with the ROM's own
// number. Replies carry no checksum: who reads must check what was read (see md5).
#pragma once

#include <array>

#include "core/clock.h"
#include "flashing/esp32/chips.h"
#include "flashing/esp32/md5.h"
#include "flashing/esp32/slip.h"
#include "flashing/link/link.h"

namespace keystamp::flashing::esp32 {

constexpr std::size_t kFlashBlock = 0x400;  ///< bytes of one FLASH_DATA
constexpr std::size_t kReadMost = 64;       ///< bytes of one READ_FLASH_SLOW
constexpr std::size_t kSector = 4096;       ///< the least that is erased

/// What the chip says of its own protection.
struct Security {
    bool secureDownload = false;  ///< the loader only writes
    bool secureBoot = false;
    bool encrypted = false;       ///< flash encryption
};

class RomLoader {
public:
    explicit RomLoader(Link& link) : m_link(link) {}

    /// Resets the board into its loader where the link has DTR and RTS, and syncs. On other links the loader must be
    /// running already.
    Result<void> enter(Deadline deadline);
    /// Restarts the board into its application, where the link can.
    Result<void> runApplication(Deadline deadline);

    /// The chip that answers, and what it says of itself; BoardNonsense for one that is not of the family.
    struct Identity {
        const Chip* chip;
        Security security;
    };
    Result<Identity> identify(Deadline deadline);
    Result<std::uint32_t> readRegister(std::uint32_t address, Deadline deadline);

    Result<void> attachFlash(Deadline deadline);
    Result<void> readFlash(std::uint32_t offset, std::span<std::uint8_t> into, Deadline deadline);
    /// Erases what a write takes: `size` bytes from `offset`, whole sectors.
    Result<void> beginWrite(const Chip& chip, std::uint32_t offset, std::uint32_t size, std::uint32_t blocks, Deadline deadline);
    /// The next block of kFlashBlock bytes.
    Result<void> writeBlock(std::uint32_t sequence, BytesView block, Deadline deadline);
    Result<Md5> md5(std::uint32_t offset, std::uint32_t size, Deadline deadline);
    Result<void> changeBaud(int baud, Deadline deadline);

private:
    struct Reply {
        std::uint32_t value = 0;
        Bytes data;  ///< without the status
    };
    struct Command {
        std::uint8_t op;
        const char* name;
        std::chrono::milliseconds patience;
        int tries;  ///< 1 where a second one would do it twice
    };
    Result<Reply> ask(const Command& command, std::initializer_list<std::uint32_t> words, BytesView data, Deadline deadline);
    Result<Reply> wait(const Command& command, Deadline until);
    void hush(Deadline deadline);
    Result<Reply> parse(const Command& command, BytesView packet) const;
    Result<Bytes> securityBlock(Deadline deadline);
    Result<Security> fuses(Deadline deadline);
    Result<bool> hears(std::string_view words, Deadline until);
    Result<bool> reset(bool intoLoader, std::chrono::milliseconds pulse, Deadline deadline);
    Result<void> restart(bool intoLoader, Deadline deadline);

    Link& m_link;
    Deslip m_deslip;
    std::array<std::uint8_t, 1024> m_buffer{};
    BytesView m_unread;
};

}  // namespace keystamp::flashing::esp32
