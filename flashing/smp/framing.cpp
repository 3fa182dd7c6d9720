// SPDX-License-Identifier: Apache-2.0
#include "flashing/smp/framing.h"

#include <array>

namespace keystamp::flashing::smp {
namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kBytesPerLine = (kLineMax - 3) / 4 * 3;  // two marks, base64, line feed
constexpr std::size_t kMessageMax = 8192;                      // longer than any reply is
constexpr std::uint8_t kPad = 64;
constexpr std::uint8_t kNoDigit = 255;

constexpr auto kCrcTable = [] {
    std::array<std::uint16_t, 256> table{};
    for (unsigned byte = 0; byte < 256; ++byte) {
        unsigned crc = byte << 8;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
        table[byte] = static_cast<std::uint16_t>(crc);
    }
    return table;
}();

constexpr auto kValues = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(kNoDigit);
    for (std::size_t i = 0; i < kDigits.size(); ++i) values[static_cast<std::uint8_t>(kDigits[i])] = static_cast<std::uint8_t>(i);
    values['='] = kPad;
    return values;
}();

/// Base64 in lines, into a buffer that is large enough.
class LineWriter {
public:
    explicit LineWriter(std::uint8_t* to) : m_to(to) { mark(0x06, 0x09); }

    void put(std::uint8_t byte) {
        if (m_inLine == kBytesPerLine) {
            *m_to++ = '\n';
            mark(0x04, 0x14);
            m_inLine = 0;
        }
        m_group = (m_group << 8) | byte;
        ++m_inLine;
        if (++m_held == 3) flush();
    }
    void end() {
        if (m_held > 0) {
            const unsigned held = m_held;
            while (m_held < 3) {
                m_group <<= 8;
                ++m_held;
            }
            flush();
            for (unsigned i = held; i < 3; ++i) m_to[static_cast<int>(i) - 3] = '=';
        }
        *m_to++ = '\n';
    }

private:
    void mark(std::uint8_t a, std::uint8_t b) {
        *m_to++ = a;
        *m_to++ = b;
    }
    void flush() {
        for (int shift = 18; shift >= 0; shift -= 6) *m_to++ = static_cast<std::uint8_t>(kDigits[(m_group >> shift) & 63]);
        m_group = 0;
        m_held = 0;
    }

    std::uint8_t* m_to;
    std::size_t m_inLine = 0;
    std::uint32_t m_group = 0;
    unsigned m_held = 0;
};

}  // namespace

std::uint16_t crc16(BytesView bytes) {
    unsigned crc = 0;
    for (const std::uint8_t byte : bytes) crc = ((crc << 8) & 0xFFFF) ^ kCrcTable[(crc >> 8) ^ byte];
    return static_cast<std::uint16_t>(crc);
}

std::size_t frameSize(std::size_t message) {
    const std::size_t raw = message + 4;
    const std::size_t lines = (raw + kBytesPerLine - 1) / kBytesPerLine;
    return lines * 3 + (raw + 2) / 3 * 4;  // full lines are whole base64 groups
}

void writeFrame(BytesView message, std::span<std::uint8_t> into) {
    LineWriter writer{into.data()};
    const std::size_t length = message.size() + 2;
    writer.put(static_cast<std::uint8_t>(length >> 8));
    writer.put(static_cast<std::uint8_t>(length));
    for (const std::uint8_t byte : message) writer.put(byte);
    const std::uint16_t crc = crc16(message);
    writer.put(static_cast<std::uint8_t>(crc >> 8));
    writer.put(static_cast<std::uint8_t>(crc));
    writer.end();
}

Bytes frame(BytesView message) {
    Bytes bytes(frameSize(message.size()));
    writeFrame(message, bytes);
    return bytes;
}

void Deframer::reset() {
    m_state = State::Outside;
    m_open = false;
}

bool Deframer::decodeLine() {
    if (m_line.size() % 4 != 0) return false;
    for (std::size_t i = 0; i < m_line.size(); i += 4) {
        const std::array<std::uint8_t, 4> v{kValues[m_line[i]], kValues[m_line[i + 1]], kValues[m_line[i + 2]],
                                            kValues[m_line[i + 3]]};
        const bool last = i + 4 == m_line.size();
        if (v[0] >= kPad || v[1] >= kPad || v[2] > kPad || v[3] > kPad) return false;
        if ((v[3] == kPad && !last) || (v[2] == kPad && v[3] != kPad)) return false;
        m_frame.push_back(static_cast<std::uint8_t>((v[0] << 2) | (v[1] >> 4)));
        if (v[2] != kPad) m_frame.push_back(static_cast<std::uint8_t>((v[1] << 4) | (v[2] >> 2)));
        if (v[3] != kPad) m_frame.push_back(static_cast<std::uint8_t>((v[2] << 6) | v[3]));
    }
    return true;
}

Deframer::Found Deframer::endLine() {
    m_state = State::Outside;
    if (!m_open) return Found::Nothing;
    if (!decodeLine()) {
        m_open = false;
        return Found::Broken;
    }
    if (m_frame.size() < 2) return Found::Nothing;
    const std::size_t length = (static_cast<std::size_t>(m_frame[0]) << 8) | m_frame[1];
    if (m_frame.size() < length + 2 && length <= kMessageMax) return Found::Nothing;
    m_open = false;
    if (m_frame.size() != length + 2 || length < 2) return Found::Broken;
    const BytesView body{m_frame.data() + 2, length};
    if (crc16(body) != 0) return Found::Broken;  // over message and CRC together it comes to nought
    m_message = body.first(length - 2);
    return Found::Message;
}

Deframer::Found Deframer::take(BytesView& input) {
    while (!input.empty()) {
        const std::uint8_t byte = input.front();
        input = input.subspan(1);
        if (byte == 0x06 || byte == 0x04) {
            m_state = byte == 0x06 ? State::Saw06 : State::Saw04;
            continue;
        }
        switch (m_state) {
            case State::Outside:
                break;
            case State::Saw06:
            case State::Saw04: {
                const bool first = m_state == State::Saw06;
                m_state = byte == (first ? 0x09 : 0x14) ? State::Inside : State::Outside;
                if (m_state == State::Inside && first) {
                    m_open = true;
                    m_frame.clear();
                }
                m_line.clear();
                break;
            }
            case State::Inside:
                if (byte == '\n') {
                    const Found found = endLine();
                    if (found != Found::Nothing) return found;
                } else if (byte != '\r') {
                    m_line.push_back(byte);
                    if (m_line.size() > kLineMax - 3) {
                        m_state = State::Outside;
                        if (std::exchange(m_open, false)) return Found::Broken;
                    }
                }
                break;
        }
    }
    return Found::Nothing;
}

}  // namespace keystamp::flashing::smp
