// SPDX-License-Identifier: Apache-2.0
// Private to flashing: requests and replies of SMP over a Link.
#pragma once

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/clock.h"
#include "core/secret.h"
#include "flashing/link/link.h"
#include "flashing/smp/framing.h"

namespace keystamp::flashing::smp {

enum class Op : std::uint8_t { Read = 0, Write = 2 };

struct Command {
    Op op = Op::Read;
    std::uint16_t group = 0;
    std::uint8_t number = 0;
    std::string_view name;  ///< for errors
};

/// How long to wait before a request is said again, and how often it is said. Every command of ours may be said twice.
struct Patience {
    std::chrono::milliseconds each{2000};
    int tries = 2;
};

/// A request's CBOR map, written straight into secure memory: it may hold a key.
class Body {
public:
    explicit Body(std::size_t room) : m_bytes(room) {}
    Body& map(std::size_t pairs);
    Body& key(std::string_view text) { return this->text(text); }
    Body& text(std::string_view value);
    Body& bytes(BytesView value);
    Body& number(std::uint64_t value);
    BytesView view() const { return m_bytes.view().first(m_used); }

private:
    void head(unsigned major, std::uint64_t value);
    void put(BytesView bytes);
    Secret m_bytes;
    std::size_t m_used = 0;
};

/// One thread at a time. Errors: BoardSilent, BoardNonsense, BoardRefused (native: rc), and the link's.
class Client {
public:
    explicit Client(Link& link) : m_link(link) {}
    /// The reply's map. Replies to earlier requests are dropped.
    Result<nlohmann::json> request(const Command& command, BytesView body, Patience patience, Deadline deadline);

private:
    enum class Heard { Nothing, Noise, BrokenFrame };
    Result<bool> receive(Deadline until, Heard& heard, std::size_t& received);
    Result<nlohmann::json> parse(const Command& command);

    Link& m_link;
    Deframer m_deframer;
    std::array<std::uint8_t, 2048> m_buffer{};
    BytesView m_unread;
    Secret m_wire;
    std::uint8_t m_sequence = 0;
};

}  // namespace keystamp::flashing::smp
