// SPDX-License-Identifier: Apache-2.0
#include "tests/support/uart_line.h"

#include <algorithm>

namespace keystamp::test {

UartLine::Span UartLine::spanOf(std::uint64_t bytes) const {
    constexpr std::uint64_t kBits = 10, kNanoseconds = 1'000'000'000;
    return Span{static_cast<std::int64_t>(bytes * kBits * kNanoseconds / static_cast<std::uint64_t>(m_baud))};
}

void UartLine::newRun(Time begin) {
    m_before += spanOf(m_inRun);
    m_begin = begin;
    m_inRun = 0;
}

UartLine::Time UartLine::give(std::size_t bytes, Time now) {
    if (now > end()) newRun(now);
    m_inRun += bytes;
    return end();
}

void UartLine::setBaud(int baud, Time now) {
    newRun(std::max(now, end()));
    m_baud = baud;
}

}  // namespace keystamp::test
