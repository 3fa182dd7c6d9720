// SPDX-License-Identifier: Apache-2.0
#include "hsm/connector.h"

#include <poll.h>

#include <cerrno>
#include <thread>

#include "hsm/local_socket.h"
#include "hsm/messages.h"

namespace keystamp::hsm {
namespace {

constexpr std::chrono::milliseconds kPause{20};

// A peer that never speaks first has nothing to say: readable means that it has gone.
bool stale(const UniqueFd& connection) {
    pollfd state{connection.get(), POLLIN, 0};
    return ::poll(&state, 1, 0) != 0;
}

bool nobodyListens(const Error& error) { return error.native == ENOENT || error.native == ECONNREFUSED; }

}  // namespace

Connector::Connector(const SignerAddress& address)
    : m_address(address), m_launcher(address.configFile, address.socket) {}

UniqueFd Connector::takeIdle() {
    const std::lock_guard lock{m_mutex};
    while (!m_idle.empty()) {
        UniqueFd connection = std::move(m_idle.back());
        m_idle.pop_back();
        if (!stale(connection)) return connection;
    }
    return UniqueFd{};
}

void Connector::giveBack(UniqueFd connection) {
    const std::lock_guard lock{m_mutex};
    m_idle.push_back(std::move(connection));
}

Result<UniqueFd> Connector::greet(UniqueFd connection, const Deadline& deadline) {
    const auto sent = wire::send(connection.get(), {{"op", "hello"}, {"version", messages::kVersion}});
    if (!sent) return sent.error();
    const auto reply = wire::receive(connection.get(), deadline);
    if (!reply) return reply.error();
    if (const auto error = reply->body.find("error"); error != reply->body.end()) return wire::toError(*error);
    return connection;
}

Result<UniqueFd> Connector::take(const Deadline& deadline) {
    if (UniqueFd idle = takeIdle()) return idle;
    for (;;) {
        auto connection = connectTo(m_address.socket);
        if (connection) {
            auto greeted = greet(std::move(*connection), deadline);
            // a worker that went between accepting and answering: its successor will answer
            if (greeted || greeted.error().code != ErrorCode::SignerUnavailable) {
                if (!greeted && greeted.error().code == ErrorCode::Timeout) {
                    return Error{ErrorCode::SignerUnavailable, "the signer at " + m_address.socket + " does not answer in time"};
                }
                return greeted;
            }
            connection = greeted.error();
        } else if (nobodyListens(connection.error()) && m_address.startChild) {
            if (const auto started = m_launcher.start(deadline); !started) return started.error();
        }
        if (deadline.passed()) return connection.error();
        std::this_thread::sleep_for(deadline.sooner(kPause).left());
    }
}

}  // namespace keystamp::hsm
