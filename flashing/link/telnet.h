// SPDX-License-Identifier: Apache-2.0
// Private to flashing: a serial port behind Telnet. Sources: RFC 854 (IAC), RFC 856 (binary), RFC 2217 (COM-PORT-OPTION).
#pragma once

#include <vector>

#include "core/bytes.h"

namespace keystamp::flashing::telnet {

constexpr std::uint8_t kIac = 0xFF;
constexpr std::uint8_t kDont = 0xFE;
constexpr std::uint8_t kDo = 0xFD;
constexpr std::uint8_t kWont = 0xFC;
constexpr std::uint8_t kWill = 0xFB;
constexpr std::uint8_t kBegin = 0xFA;  ///< of a subnegotiation
constexpr std::uint8_t kEnd = 0xF0;

constexpr std::uint8_t kBinary = 0;
constexpr std::uint8_t kSuppressGoAhead = 3;
constexpr std::uint8_t kComPort = 44;

// A client's commands of COM-PORT-OPTION; a server's reply is 100 more.
constexpr std::uint8_t kSetBaud = 1;     ///< and four bytes, big-endian
constexpr std::uint8_t kSetParity = 3;   ///< and one of the next two
constexpr std::uint8_t kParityNone = 1;
constexpr std::uint8_t kParityEven = 3;
constexpr std::uint8_t kSetControl = 5;  ///< and one of the next
constexpr std::uint8_t kDtrOn = 8;
constexpr std::uint8_t kDtrOff = 9;
constexpr std::uint8_t kRtsOn = 11;
constexpr std::uint8_t kRtsOff = 12;
constexpr std::uint8_t kServer = 100;

/// Data with its IACs doubled, appended.
void escape(BytesView data, std::span<std::uint8_t> into);
std::size_t escapedSize(BytesView data);
/// IAC SB COM-PORT-OPTION command value IAC SE.
Bytes comPort(std::uint8_t command, BytesView value);

/// What stands in the stream beside data.
struct Said {
    std::uint8_t verb = 0;  ///< kWill, kWont, kDo, kDont; kBegin for a subnegotiation
    std::uint8_t option = 0;
    Bytes value;            ///< of a subnegotiation
};

/// Takes a stream apart, byte for byte, so that it may be cut anywhere.
class Decoder {
public:
    /// Data is moved to the front of `bytes`, and its size returned; what else stood there is in said() until the next call.
    std::size_t take(std::span<std::uint8_t> bytes);
    const std::vector<Said>& said() const { return m_said; }

private:
    enum class State { Data, Iac, Option, Sub, SubOption, SubIac };
    bool isData(std::uint8_t byte);

    State m_state = State::Data;
    Said m_open;
    std::vector<Said> m_said;
};

}  // namespace keystamp::flashing::telnet
