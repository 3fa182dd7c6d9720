// SPDX-License-Identifier: Apache-2.0
// The agent as its tests meet it, whatever it runs on: requests in, replies out, power that comes and goes.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/bytes.h"
#include "flashing/agent/protocol.h"

namespace keystamp::test {

class AgentBench {
public:
    virtual ~AgentBench() = default;
    AgentBench(const AgentBench&) = delete;
    AgentBench& operator=(const AgentBench&) = delete;

    /// The raw message in, the raw message out; empty where none came.
    virtual Bytes exchange(BytesView message) = 0;
    /// Off and on again.
    virtual void powerCycle() = 0;
    virtual Bytes uid() const = 0;
    /// Both pages of flash, and all RAM that the agent has had to do with.
    virtual Bytes flash() = 0;
    virtual Bytes ram() = 0;

    /// The reply's map; nothing where none came, or none can have come because the power was gone.
    std::optional<nlohmann::json> ask(std::uint8_t command, const nlohmann::json& map = nlohmann::json::object());
    /// The reply's error number; 0 where it is none, -1 where nothing came.
    int rc(std::uint8_t command, const nlohmann::json& map = nlohmann::json::object());

protected:
    AgentBench() = default;
    virtual bool powerGone() const { return false; }

private:
    std::uint8_t m_sequence = 0;
};

/// A request as it is framed.
Bytes messageOf(std::uint8_t sequence, std::uint8_t command, const nlohmann::json& map = nlohmann::json::object());
nlohmann::json bytesOf(BytesView bytes);

/// A credential as the station would send it.
struct Stream {
    unsigned mode = KS_MODE_SAS;
    std::string id;
    std::string scope = "0ne00TEST01";
    Bytes stream;
    Bytes secret;       ///< SAS key, or the leaf
    Digest credential;  ///< what info says when it is held
};
Stream sasStream(const std::string& id);
/// With `key` (PKCS #8): a station-made key, in the stream. Without: a leaf for `publicKey`, made on the board.
Stream x509Stream(const std::string& id, BytesView key, BytesView publicKey);

/// begin, puts of `step` bytes, commit; stops where nothing is answered. True when the commit was answered with good.
bool provision(AgentBench& bench, const Stream& stream, std::size_t step = 512);
/// Whether info and proof agree that the board holds exactly this.
bool holds(AgentBench& bench, const Stream& stream);
bool isBlank(AgentBench& bench);

}  // namespace keystamp::test
