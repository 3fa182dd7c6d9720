// SPDX-License-Identifier: Apache-2.0
// One way of a relay's connection: bytes that came in, and when a UART would have carried them. It knows no descriptor and no clock.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>

#include "core/bytes.h"
#include "flashing/link/telnet.h"
#include "tests/support/uart_line.h"

namespace keystamp::test {

class RelayWay {
public:
    using Time = UartLine::Time;

    /// `baud` 0: nothing is held back. Over RFC 2217 what is no data takes no time, and a doubled FF is one byte.
    RelayWay(int baud, bool isTelnet) : m_paced(baud > 0), m_isTelnet(isTelnet), m_line(std::max(baud, 1)) {}

    /// Whether it takes more: a serial port's driver holds some kilobytes.
    bool hasRoom() const { return m_waiting.size() < kRoom; }
    /// What came in at `now`; where RFC 2217 sets another rate in it, that one.
    std::optional<int> take(BytesView bytes, Time now);
    /// When to hand on next: slices of a millisecond, or single bytes. Nothing where all was.
    std::optional<Time> due(Time now) const;
    /// What is through by `now`, and has not been dropped yet.
    Bytes through(Time now) const;
    void drop(std::size_t count) { m_waiting.erase(m_waiting.begin(), m_waiting.begin() + static_cast<std::ptrdiff_t>(count)); }

    void setBaud(int baud, Time now);
    void setDrips() { m_drips = true; }
    /// Whatever comes in from now on is handed on no earlier.
    void holdUntil(Time time) { m_notBefore = time; }
    /// The other end takes nothing at the moment.
    void retryAt(Time time) { m_retry = time; }
    bool isEmpty() const { return m_waiting.empty(); }
    void clear() { m_waiting.clear(); }

    std::uint64_t bytes() const { return m_bytes; }  ///< that a serial line would have carried
    Time end() const { return m_line.end(); }        ///< when that line is free

private:
    static constexpr std::size_t kRoom = 4096;
    static constexpr std::chrono::milliseconds kSlice{1};
    struct Waiting {
        std::uint8_t byte;
        Time through;
    };
    bool isData(std::uint8_t byte);

    bool m_paced;
    const bool m_isTelnet;
    bool m_drips = false;
    UartLine m_line;
    Time m_notBefore{}, m_retry{};
    std::uint64_t m_bytes = 0;
    std::deque<Waiting> m_waiting;
    flashing::telnet::Decoder m_decoder;
};

}  // namespace keystamp::test
