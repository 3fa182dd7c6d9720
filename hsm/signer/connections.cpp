// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/connections.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "hsm/local_socket.h"
#include "hsm/signer/log.h"

namespace keystamp::hsm {

void Connections::accept(int listening) {
    UniqueFd socket{::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC)};
    if (!socket) return;
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return;
    const bool known = who.uid == 0 || who.uid == ::geteuid() || std::find(m_callers.begin(), m_callers.end(), who.uid) != m_callers.end();
    if (!known) {
        say("refused a connection of user " + std::to_string(who.uid) + ", process " + std::to_string(who.pid));
        return;
    }
    auto peer = Peer::enter(m_page, who.pid);
    if (!peer) {
        say("refused a connection: too many are open");
        return;
    }
    limitSends(socket.get(), std::chrono::seconds{5});
    {
        const std::lock_guard lock{m_mutex};
        m_sockets.insert(socket.get());
    }
    std::thread{[this, connection = std::move(socket), entry = std::move(*peer)]() mutable {
        serve(connection.get());
        {
            const Peer gone{std::move(entry)};
        }
        leave(std::move(connection));
    }}.detach();
}

void Connections::serve(int socket) {
    for (;;) {
        auto request = wire::receive(socket);
        if (!request) {
            // a peer that cannot be understood is told so, and nothing more is read from it
            if (request.error().code == ErrorCode::BadUsage) {
                [[maybe_unused]] const auto told = wire::send(socket, Answer::failed(request.error()).body);
            }
            return;
        }
        Answer answer;
        {
            const Running running{m_page, limitOf(request->body)};
            answer = m_serving.answer(std::move(*request));
        }
        std::vector<BytesView> secrets;
        for (const Secret& secret : answer.secrets) secrets.push_back(secret.view());
        const auto sent = wire::send(socket, std::move(answer.body), secrets);
        if (answer.error) m_serving.failed(*answer.error);
        const std::lock_guard lock{m_mutex};
        if (!sent || m_finishing) return;
    }
}

void Connections::leave(UniqueFd socket) {
    const std::lock_guard lock{m_mutex};
    m_sockets.erase(socket.get());
    socket = UniqueFd{};
    // under the lock: who waits in finish() may destroy this as soon as it is released
    m_left.notify_all();
}

void Connections::finish() {
    std::unique_lock lock{m_mutex};
    m_finishing = true;
    // wakes those that wait for a request; a request that runs is answered first
    for (const int socket : m_sockets) ::shutdown(socket, SHUT_RD);
    m_left.wait(lock, [this] { return m_sockets.empty(); });
}

}  // namespace keystamp::hsm
