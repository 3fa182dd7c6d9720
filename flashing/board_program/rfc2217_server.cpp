// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/rfc2217_server.h"

namespace keystamp::flashing::board_program {

using namespace telnet;

Bytes Rfc2217Server::escaped(BytesView data) {
    Bytes all(escapedSize(data));
    escape(data, all);
    return all;
}

void Rfc2217Server::control(std::uint8_t what, const Lines& lines) {
    switch (what) {
        case kDtrOn: m_dtr = true; break;
        case kDtrOff: m_dtr = false; break;
        case kRtsOn: m_rts = true; break;
        case kRtsOff: m_rts = false; break;
        default: return;  // flow control and the like
    }
    lines(m_dtr, m_rts);
}

void Rfc2217Server::answer(const Said& said, Bytes& out, const Lines& lines) {
    const auto append = [&out](const Bytes& bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); };
    const bool known = said.option == kComPort || said.option == kBinary || said.option == kSuppressGoAhead;
    if (said.verb == kWill) append({kIac, known ? kDo : kDont, said.option});
    if (said.verb == kDo) append({kIac, known && said.option != kComPort ? kWill : kWont, said.option});
    if (said.verb != kBegin || said.option != kComPort || said.value.empty()) return;
    const BytesView value = BytesView{said.value}.subspan(1);
    if (said.value[0] == kSetControl && !value.empty()) control(value[0], lines);
    if (said.value[0] == kSetParity && !value.empty() && value[0] != 0) m_evenParity = value[0] == kParityEven;
    append(comPort(static_cast<std::uint8_t>(said.value[0] + kServer), value));
}

BytesView Rfc2217Server::received(std::span<std::uint8_t> bytes, Bytes& out, const Lines& lines) {
    const std::size_t size = m_decoder.take(bytes);
    for (const Said& said : m_decoder.said()) answer(said, out, lines);
    return BytesView{bytes}.first(size);
}

}  // namespace keystamp::flashing::board_program
