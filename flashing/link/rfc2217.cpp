// SPDX-License-Identifier: Apache-2.0
// A serial port of a device server that hands on its lines and baud rate (RFC 2217), as ser2net and most makers' do.
#include <algorithm>
#include <array>

#include "core/secret.h"
#include "flashing/link/open.h"
#include "flashing/link/telnet.h"

namespace keystamp::flashing {
namespace {

using namespace telnet;

constexpr std::chrono::milliseconds kNegotiation{3000};

class Rfc2217Link : public Link {
public:
    explicit Rfc2217Link(std::unique_ptr<Link> server) : m_server(std::move(server)) {}

    /// Offers the option and waits until the server takes it. What it asks for beyond that is refused.
    Result<void> negotiate(Deadline deadline) {
        constexpr std::array<std::uint8_t, 12> kOffer{kIac, kWill, kComPort, kIac, kWill, kBinary, kIac, kDo, kBinary, kIac, kDo, kSuppressGoAhead};
        if (auto sent = m_server->write(kOffer, deadline); !sent) return sent;
        while (!m_taken) {
            std::array<std::uint8_t, 256> early{};
            const auto got = m_server->read(early, deadline);
            if (!got) return got.error();
            if (auto heard = decode(std::span{early}.first(*got), deadline); !heard) return heard.error();
            if (m_refused) return Error{ErrorCode::LinkUnavailable, "the server refuses RFC 2217; set its port to it, or use tcp:"};
        }
        return {};
    }

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        for (;;) {
            auto got = m_server->read(into, deadline);
            if (!got) return got;
            auto data = decode(into.first(*got), deadline);
            if (!data || *data > 0) return data;
        }
    }
    Result<void> write(BytesView bytes, Deadline deadline) override {
        const std::size_t size = escapedSize(bytes);
        if (size == bytes.size()) return m_server->write(bytes, deadline);
        Secret escaped{size};  // it may be a key
        escape(bytes, escaped.bytes());
        return m_server->write(escaped.view(), deadline);
    }
    void discardInput() override {
        // Its commands must be heard all the same, or the stream would be read from their middle.
        std::array<std::uint8_t, 1024> sink{};
        while (const auto got = read(sink, Deadline::in(std::chrono::milliseconds{0}))) {
        }
    }

    bool lost() const override { return m_server->lost(); }

    bool hasLines() const override { return true; }
    Result<void> setLines(bool dtr, bool rts) override {
        if (auto set = control(dtr ? kDtrOn : kDtrOff); !set) return set;
        return control(rts ? kRtsOn : kRtsOff);
    }
    Result<void> setBaud(int baud) override {
        const auto rate = static_cast<std::uint32_t>(baud);
        const std::array<std::uint8_t, 4> value{static_cast<std::uint8_t>(rate >> 24), static_cast<std::uint8_t>(rate >> 16),
                                                static_cast<std::uint8_t>(rate >> 8), static_cast<std::uint8_t>(rate)};
        return m_server->write(comPort(kSetBaud, value), Deadline::in(kNegotiation));
    }
    Result<void> setParity(Parity parity) override {
        const std::uint8_t value = parity == Parity::Even ? kParityEven : kParityNone;
        return m_server->write(comPort(kSetParity, {&value, 1}), Deadline::in(kNegotiation));
    }

private:
    Result<void> control(std::uint8_t what) {
        return m_server->write(comPort(kSetControl, {&what, 1}), Deadline::in(kNegotiation));
    }

    Result<std::size_t> decode(std::span<std::uint8_t> bytes, Deadline deadline) {
        const std::size_t data = m_decoder.take(bytes);
        for (const Said& said : m_decoder.said()) {
            if (said.option == kComPort && said.verb == kDo) m_taken = true;
            if (said.option == kComPort && said.verb == kDont) m_refused = true;
            const bool ours = said.option == kComPort || said.option == kBinary || said.option == kSuppressGoAhead;
            if (ours || (said.verb != kWill && said.verb != kDo)) continue;
            const std::array<std::uint8_t, 3> no{kIac, said.verb == kWill ? kDont : kWont, said.option};
            if (auto sent = m_server->write(no, deadline); !sent) return sent.error();
        }
        return data;
    }

    std::unique_ptr<Link> m_server;
    Decoder m_decoder;
    bool m_taken = false;
    bool m_refused = false;
};

}  // namespace

Result<std::unique_ptr<Link>> openRfc2217(const LinkAddress& address, Deadline deadline) {
    auto server = openTcp(address, deadline);
    if (!server) return server.error();
    auto link = std::make_unique<Rfc2217Link>(*std::move(server));
    if (auto agreed = link->negotiate(deadline.sooner(kNegotiation)); !agreed) {
        if (agreed.error().code != ErrorCode::Timeout) return agreed.error();
        return Error{ErrorCode::LinkUnavailable, address.target + ":" + address.port + " does not answer as an RFC 2217 server; use tcp: for raw ones"};
    }
    return std::unique_ptr<Link>{std::move(link)};
}

}  // namespace keystamp::flashing
