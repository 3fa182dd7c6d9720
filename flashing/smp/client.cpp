// SPDX-License-Identifier: Apache-2.0
#include "flashing/smp/client.h"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include "flashing/agent/protocol.h"
#include "flashing/smp/cbor_map.h"

namespace keystamp::flashing::smp {
namespace {

/// A board that only ever talks and never answers is given up after this many bytes.
constexpr std::size_t kNoiseMax = 256 * 1024;

Error nonsense(const Command& command, std::string why) {
    return Error{ErrorCode::BoardNonsense, fmt::format("{}: {}", command.name, why)};
}

std::string_view meaning(long rc) {
    switch (rc) {
        case KS_RC_LOCKED: return "it is locked";
        case KS_RC_ORDER: return "this is not the time for it";
        case KS_RC_EMPTY: return "it holds no credential";
        case KS_RC_UNSUPPORTED: return "it cannot do that";
        case KS_RC_ARGUMENT: return "a value is not acceptable";
        case KS_RC_OFFSET: return "the parts do not fit together";
        case KS_RC_TOO_BIG: return "it has no room for the credential";
        case KS_RC_CREDENTIAL: return "the credential is not whole";
        case KS_RC_MISMATCH: return "what arrived is not what was sent";
        case KS_RC_KEY: return "the certificate is for another key";
        case KS_RC_FLASH: return "its flash is faulty";
        case KS_RC_CRYPTO: return "its cryptography is faulty";
        default: return "no reason known";
    }
}

Error refusal(const Command& command, long rc, bool ofGroup) {
    return Error{ErrorCode::BoardRefused,
                 fmt::format("{}: {}", command.name, ofGroup ? meaning(rc) : "it does not know this command"), rc, "SMP rc"};
}

/// A number of a reply, where it is one.
std::optional<long> numberIn(const nlohmann::json& map, const char* key) {
    const auto found = map.find(key);
    if (found == map.end() || !found->is_number_integer()) return {};
    return found->get<long>();
}

}  // namespace

Result<bool> Client::receive(Deadline until, Heard& heard, std::size_t& received) {
    for (;;) {
        while (!m_unread.empty()) {
            switch (m_deframer.take(m_unread)) {
                case Deframer::Found::Message:
                    return true;
                case Deframer::Found::Broken:
                    heard = Heard::BrokenFrame;
                    return false;
                case Deframer::Found::Nothing:
                    break;
            }
        }
        const auto got = m_link.read(m_buffer, until);
        if (!got) {
            if (got.error().code == ErrorCode::Timeout) return false;
            return got.error();
        }
        m_unread = BytesView{m_buffer}.first(*got);
        if (heard == Heard::Nothing) heard = Heard::Noise;
        received += *got;
        if (received > kNoiseMax) return false;
    }
}

Result<nlohmann::json> Client::request(const Command& command, BytesView body, Patience patience, Deadline deadline) {
    const std::uint8_t sequence = m_sequence++;
    const std::array<std::uint8_t, KS_SMP_HEADER> header{
        static_cast<std::uint8_t>((KS_SMP_VERSION << 3) | static_cast<unsigned>(command.op)),
        0,
        static_cast<std::uint8_t>(body.size() >> 8),
        static_cast<std::uint8_t>(body.size()),
        static_cast<std::uint8_t>(command.group >> 8),
        static_cast<std::uint8_t>(command.group),
        sequence,
        command.number};
    Secret message(header.size() + body.size());
    std::copy(header.begin(), header.end(), message.bytes().begin());
    std::copy(body.begin(), body.end(), message.bytes().begin() + header.size());
    const std::size_t size = frameSize(message.size());
    if (m_wire.size() < size) m_wire = Secret(std::max<std::size_t>(size, 4096));
    writeFrame(message.view(), m_wire.bytes());

    Heard heard = Heard::Nothing;
    for (int attempt = 0; attempt < patience.tries; ++attempt) {
        if (auto sent = m_link.write(m_wire.view().first(size), deadline); !sent) {
            if (sent.error().code != ErrorCode::Timeout) return sent.error();
            return Error{ErrorCode::BoardSilent, fmt::format("{}: the board takes nothing in", command.name)};
        }
        const Deadline until = deadline.sooner(patience.each);
        std::size_t received = 0;
        for (;;) {
            auto arrived = receive(until, heard, received);
            if (!arrived) return arrived.error();
            if (!*arrived) break;  // a broken frame, or time is up: say it again
            const BytesView reply = m_deframer.message();
            const bool ours = reply.size() >= header.size() && reply[4] == header[4] && reply[5] == header[5] &&
                              reply[6] == sequence && reply[7] == command.number;
            if (!ours) continue;  // the reply to a request that was given up, or another program's frame
            OPENSSL_cleanse(m_wire.bytes().data(), size);
            return parse(command);
        }
        if (deadline.passed()) break;
    }
    OPENSSL_cleanse(m_wire.bytes().data(), size);
    switch (heard) {
        case Heard::Nothing:
            return Error{ErrorCode::BoardSilent, std::string{command.name}};
        case Heard::Noise:
            return nonsense(command, "bytes came, but no reply");
        case Heard::BrokenFrame:
            return nonsense(command, "a broken reply");
    }
    return nonsense(command, "no reply");
}

Result<nlohmann::json> Client::parse(const Command& command) {
    const BytesView reply = m_deframer.message();
    const std::size_t length = (static_cast<std::size_t>(reply[2]) << 8) | reply[3];
    if ((reply[0] & 7u) != static_cast<unsigned>(command.op) + 1 || length != reply.size() - KS_SMP_HEADER) {
        return nonsense(command, "a reply whose header contradicts it");
    }
    auto map = cborMap(reply.subspan(KS_SMP_HEADER));
    if (!map) return nonsense(command, "a reply that is no CBOR map");
    if (const auto err = map->find("err"); err != map->end()) {
        const auto rc = err->is_object() ? numberIn(*err, "rc") : std::nullopt;
        if (!rc) return nonsense(command, "an error without a number");
        if (*rc != 0) return refusal(command, *rc, command.group == KS_GROUP);
    }
    if (map->contains("rc")) {  // version 1 of SMP, and its own errors
        const auto rc = numberIn(*map, "rc");
        if (!rc) return nonsense(command, "an rc that is no number");
        if (*rc != 0) return refusal(command, *rc, false);
    }
    return *std::move(map);
}

}  // namespace keystamp::flashing::smp
