// SPDX-License-Identifier: Apache-2.0
// The server's end of RFC 2217: what a device server does between a connection and its serial port. One thread.
#pragma once

#include <functional>

#include "core/bytes.h"
#include "flashing/link/telnet.h"

namespace keystamp::flashing::board_program {

class Rfc2217Server {
public:
    using Lines = std::function<void(bool dtr, bool rts)>;

    /// The data among what came in; its answers to the rest are appended to `out`, as they go over the connection.
    BytesView received(std::span<std::uint8_t> bytes, Bytes& out, const Lines& lines);
    static Bytes escaped(BytesView data);
    bool evenParity() const { return m_evenParity; }

private:
    void answer(const telnet::Said& said, Bytes& out, const Lines& lines);
    void control(std::uint8_t what, const Lines& lines);

    telnet::Decoder m_decoder;
    bool m_dtr = false;
    bool m_rts = false;
    bool m_evenParity = false;
};

}  // namespace keystamp::flashing::board_program
