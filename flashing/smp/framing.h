// SPDX-License-Identifier: Apache-2.0
// Console framing of SMP (Zephyr MCUmgr): lines of at most 127 bytes, `06 09` first and `04 14` next, base64, line feed;
// inside, a big-endian length of message and CRC, the message, its CRC-16/XMODEM. No state is shared; one thread each.
#pragma once

#include <cstdint>
#include <span>

#include "core/bytes.h"

namespace keystamp::flashing::smp {

constexpr std::size_t kLineMax = 127;

std::uint16_t crc16(BytesView bytes);
/// Bytes that a message of this size takes on the wire.
std::size_t frameSize(std::size_t message);
/// Writes the frame; `into` has frameSize() bytes. Into a caller's buffer, because a message may hold a key.
void writeFrame(BytesView message, std::span<std::uint8_t> into);
Bytes frame(BytesView message);

/// Takes the stream apart. Whatever is no frame, log lines and noise, is skipped, and counted.
class Deframer {
public:
    enum class Found { Nothing, Message, Broken };

    /// Takes bytes up to the end of a frame, and removes them from the front of `input`. Broken: a frame began and its
    /// base64, length or CRC is wrong.
    Found take(BytesView& input);
    /// The message of the last Found::Message; valid until take() is called again.
    BytesView message() const { return m_message; }
    void reset();

private:
    Found endLine();
    bool decodeLine();

    enum class State { Outside, Saw06, Saw04, Inside } m_state = State::Outside;
    Bytes m_line;   ///< base64 of this line
    Bytes m_frame;  ///< decoded so far
    BytesView m_message;
    bool m_open = false;
};

}  // namespace keystamp::flashing::smp
