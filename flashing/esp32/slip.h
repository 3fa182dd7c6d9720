// SPDX-License-Identifier: Apache-2.0
// SLIP (RFC 1055) as the ESP32's ROM loader has it: C0 before and after each packet, C0 and DB inside it escaped.
#pragma once

#include "core/bytes.h"
#include "core/secret.h"

namespace keystamp::flashing::esp32 {

/// The packet of these parts, framed. In secure memory, for it may carry a key.
Secret slip(std::initializer_list<BytesView> parts);

/// Takes a stream apart. What stands between packets (boot messages) is dropped; so is a packet above `most` bytes or
/// with an escape that does not exist.
class Deslip {
public:
    explicit Deslip(std::size_t most = 4096) : m_packet(most) {}

    /// Consumes from the front of `bytes`. True: packet() is one, until the next call.
    bool take(BytesView& bytes);
    BytesView packet() const { return m_packet.view().first(m_size); }

private:
    enum class State { Outside, Inside, Escaped, Done };
    void begin();
    bool add(std::uint8_t byte);

    Secret m_packet;  ///< room for the largest
    std::size_t m_size = 0;
    State m_state = State::Outside;
};

}  // namespace keystamp::flashing::esp32
