// SPDX-License-Identifier: Apache-2.0
#include "hsm/ready_pipe.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "hsm/wire.h"

namespace keystamp::hsm {

void writeReadiness(int pipe, const Result<void>& readiness) {
    const wire::Body body = readiness ? wire::Body::object() : wire::fromError(readiness.error());
    const Bytes cbor = wire::Body::to_cbor(body);
    // shorter than PIPE_BUF, so whole or not at all
    [[maybe_unused]] const auto put = ::write(pipe, cbor.data(), cbor.size());
}

Result<void> readReadiness(int pipe, const Deadline& deadline) {
    Bytes cbor;
    std::array<std::uint8_t, 4096> chunk{};
    for (;;) {
        pollfd ready{pipe, POLLIN, 0};
        const int found = ::poll(&ready, 1, static_cast<int>(deadline.left().count()));
        if (found < 0 && errno == EINTR) continue;
        if (found <= 0) return Error{ErrorCode::SignerUnavailable, "keystamp-signer was started and says nothing", 0, "poll"};
        const ssize_t got = ::read(pipe, chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        cbor.insert(cbor.end(), chunk.begin(), chunk.begin() + got);
    }
    const auto body = wire::parse(cbor);
    if (!body) return Error{ErrorCode::SignerUnavailable, "keystamp-signer was started and ended; see signer.log", 0, "read"};
    if (body->contains("code")) return wire::toError(*body);
    return {};
}

}  // namespace keystamp::hsm
