// SPDX-License-Identifier: Apache-2.0
// Private to hsm: one message on a SOCK_SEQPACKET socket. A CBOR map of up to 64 KiB; a larger one lies in a sealed memfd
// whose descriptor goes with it. Secrets never stand in the CBOR: each follows as a frame of its own, one tag byte and the
// raw bytes, and is read straight into secure memory.
#pragma once

#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"

namespace keystamp::hsm::wire {

inline constexpr std::size_t kLargestFrame = 64 * 1024;
inline constexpr std::size_t kLargestBody = 16u << 20;  ///< in a memfd: 200,000 IDs of 64 bytes
inline constexpr std::size_t kMostItems = 1u << 18;     ///< of CBOR: each costs more memory than it has bytes
inline constexpr std::size_t kLargestSecret = 4095;
inline constexpr std::size_t kMostSecrets = 2;  ///< of a request; whoever asks for many knows how many

using Body = nlohmann::json;

struct Message {
    Body body;
    std::vector<Secret> secrets;
    std::unique_lock<std::mutex> turn{};  ///< of a large one: they are in memory one at a time, until they go
};

/// SignerUnavailable where the peer has gone; Timeout where it does not read.
Result<void> send(int socket, Body body, const std::vector<BytesView>& secrets = {});
/// The next message; no deadline: however long it takes (its secrets must follow within a second). SignerUnavailable: the peer has gone; Timeout; BadUsage: what came is
/// no message (the reason is in the detail), and nothing more can be read from this peer.
Result<Message> receive(int socket, const std::optional<Deadline>& deadline = std::nullopt, std::size_t mostSecrets = kMostSecrets);

/// CBOR as `send` writes it, and nothing else: definite lengths, no tags, no key twice, at most eight levels and 2^18 items. The library's parser recurses, so
/// depth is counted before it is let in.
Result<Body> parse(BytesView cbor);

inline Body binary(BytesView bytes) { return Body::binary(toBytes(bytes)); }

/// An error as a map, and back; an unknown name is Internal.
Body fromError(const Error& error);
Error toError(const Body& body);

}  // namespace keystamp::hsm::wire
