// SPDX-License-Identifier: Apache-2.0
// One direction of a UART: when what is given to it has been sent. Ten bits a byte (8N1), one byte after another, nothing
// between them; reckoned from the start of each unbroken run in whole numbers, so that a long one does not drift. It never looks at
// a clock itself.
#pragma once

#include <chrono>
#include <cstdint>

namespace keystamp::test {

class UartLine {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Span = std::chrono::nanoseconds;

    explicit UartLine(int baud) : m_baud(baud) {}

    /// Takes `bytes` at `now`; when the last of them is through. Times given must not run backwards.
    Time give(std::size_t bytes, Time now);
    /// For what is given from `now` on.
    void setBaud(int baud, Time now);
    /// When the line is free.
    Time end() const { return m_begin + spanOf(m_inRun); }
    /// How long its bytes have taken, all in all.
    Span busy() const { return m_before + spanOf(m_inRun); }

private:
    Span spanOf(std::uint64_t bytes) const;
    void newRun(Time begin);

    int m_baud;
    Time m_begin{};  ///< of the run that goes on
    std::uint64_t m_inRun = 0;
    Span m_before{0};  ///< runs that are over
};

}  // namespace keystamp::test
