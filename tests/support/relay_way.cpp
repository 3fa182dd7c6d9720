// SPDX-License-Identifier: Apache-2.0
#include "tests/support/relay_way.h"

namespace keystamp::test {

using namespace flashing::telnet;

bool RelayWay::isData(std::uint8_t byte) { return !m_isTelnet || m_decoder.take({&byte, 1}) == 1; }

std::optional<int> RelayWay::take(BytesView bytes, Time now) {
    std::optional<int> baud;
    for (const std::uint8_t byte : bytes) {
        const bool data = isData(byte);
        Time through = now;
        if (m_paced) through = data ? m_line.give(1, now) : std::max(now, m_line.end());
        if (data) ++m_bytes;
        m_waiting.push_back({byte, std::max(through, m_notBefore)});
        if (data || m_decoder.said().empty()) continue;
        const Said& said = m_decoder.said().front();
        if (said.verb != kBegin || said.option != kComPort || said.value.size() != 5 || said.value[0] != kSetBaud) continue;
        baud = 0;
        for (std::size_t i = 1; i < said.value.size(); ++i) baud = (*baud << 8) | said.value[i];
    }
    return baud;
}

std::optional<RelayWay::Time> RelayWay::due(Time now) const {
    if (m_waiting.empty()) return {};
    const Time first = m_waiting.front().through;
    if (m_drips || first > now + kSlice) return std::max(first, m_retry);
    const auto beyond = std::upper_bound(m_waiting.begin(), m_waiting.end(), now + kSlice, [](Time time, const Waiting& each) { return time < each.through; });
    return std::max(std::prev(beyond)->through, m_retry);
}

Bytes RelayWay::through(Time now) const {
    Bytes bytes;
    for (const Waiting& each : m_waiting) {
        if (each.through > now || (m_drips && !bytes.empty())) break;
        bytes.push_back(each.byte);
    }
    return bytes;
}

void RelayWay::setBaud(int baud, Time now) {
    if (baud <= 0) return;
    m_paced = true;
    m_line.setBaud(baud, now);
}

}  // namespace keystamp::test
