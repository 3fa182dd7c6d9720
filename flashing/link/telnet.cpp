// SPDX-License-Identifier: Apache-2.0
#include "flashing/link/telnet.h"

#include <algorithm>

namespace keystamp::flashing::telnet {
namespace {
constexpr std::size_t kValueMost = 256;
}

std::size_t escapedSize(BytesView data) {
    return data.size() + static_cast<std::size_t>(std::count(data.begin(), data.end(), kIac));
}

void escape(BytesView data, std::span<std::uint8_t> into) {
    auto at = into.begin();
    for (const std::uint8_t byte : data) {
        if (byte == kIac) *at++ = kIac;
        *at++ = byte;
    }
}

Bytes comPort(std::uint8_t command, BytesView value) {
    Bytes all{kIac, kBegin, kComPort, command};
    const std::size_t head = all.size();
    all.resize(head + escapedSize(value));
    escape(value, std::span{all}.subspan(head));
    all.insert(all.end(), {kIac, kEnd});
    return all;
}

bool Decoder::isData(std::uint8_t byte) {
    switch (m_state) {
        case State::Data:
            if (byte != kIac) return true;
            m_state = State::Iac;
            return false;
        case State::Iac:
            m_state = State::Data;
            if (byte == kIac) return true;
            m_open = {byte, 0, {}};
            if (byte == kBegin) m_state = State::SubOption;
            else if (byte >= kWill) m_state = State::Option;
            return false;
        case State::Option:
            m_open.option = byte;
            m_said.push_back(m_open);
            m_state = State::Data;
            return false;
        case State::SubOption:
            m_open.option = byte;
            m_state = State::Sub;
            return false;
        case State::Sub:
            if (byte == kIac) m_state = State::SubIac;
            else if (m_open.value.size() < kValueMost) m_open.value.push_back(byte);
            return false;
        case State::SubIac:
            m_state = byte == kIac ? State::Sub : State::Data;
            if (byte == kIac) m_open.value.push_back(kIac);
            else m_said.push_back(m_open);
            return false;
    }
    return false;
}

std::size_t Decoder::take(std::span<std::uint8_t> bytes) {
    m_said.clear();
    const auto end = std::remove_if(bytes.begin(), bytes.end(), [this](std::uint8_t byte) { return !isData(byte); });
    return static_cast<std::size_t>(end - bytes.begin());
}

}  // namespace keystamp::flashing::telnet
