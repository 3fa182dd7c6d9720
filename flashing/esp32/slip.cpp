// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/slip.h"

#include <openssl/crypto.h>

namespace keystamp::flashing::esp32 {
namespace {

constexpr std::uint8_t kEnd = 0xC0;
constexpr std::uint8_t kEscape = 0xDB;
constexpr std::uint8_t kEscapedEnd = 0xDC;
constexpr std::uint8_t kEscapedEscape = 0xDD;

bool isSpecial(std::uint8_t byte) { return byte == kEnd || byte == kEscape; }

}  // namespace

Secret slip(std::initializer_list<BytesView> parts) {
    std::size_t size = 2;
    for (const BytesView part : parts) {
        for (const std::uint8_t byte : part) size += isSpecial(byte) ? 2 : 1;
    }
    Secret framed{size};
    std::uint8_t* at = framed.bytes().data();
    *at++ = kEnd;
    for (const BytesView part : parts) {
        for (const std::uint8_t byte : part) {
            if (isSpecial(byte)) {
                *at++ = kEscape;
                *at++ = byte == kEnd ? kEscapedEnd : kEscapedEscape;
            } else {
                *at++ = byte;
            }
        }
    }
    *at = kEnd;
    return framed;
}

void Deslip::begin() {
    OPENSSL_cleanse(m_packet.bytes().data(), m_size);
    m_size = 0;
    m_state = State::Inside;
}

bool Deslip::add(std::uint8_t byte) {
    if (m_size == m_packet.size()) return false;
    m_packet.bytes()[m_size++] = byte;
    return true;
}

bool Deslip::take(BytesView& bytes) {
    if (m_state == State::Done) begin();
    while (!bytes.empty()) {
        const std::uint8_t byte = bytes.front();
        bytes = bytes.subspan(1);
        if (byte == kEnd) {
            // The end of one packet, or the beginning of the next; an empty one is only a second C0.
            if (m_state == State::Inside && m_size > 0) {
                m_state = State::Done;
                return true;
            }
            begin();
        } else if (m_state == State::Escaped) {
            const bool known = byte == kEscapedEnd || byte == kEscapedEscape;
            m_state = known && add(byte == kEscapedEnd ? kEnd : kEscape) ? State::Inside : State::Outside;
        } else if (m_state == State::Inside) {
            if (byte == kEscape) m_state = State::Escaped;
            else if (!add(byte)) m_state = State::Outside;
        }
    }
    return false;
}

}  // namespace keystamp::flashing::esp32
