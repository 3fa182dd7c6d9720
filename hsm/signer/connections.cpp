// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/connections.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "hsm/local_socket.h"
#include "hsm/signer/log.h"

namespace keystamp::hsm {
namespace {

constexpr std::size_t kMostOfAProcess = 32;  // sixteen fixtures and their screens
constexpr std::size_t kKeptFree = 16;
constexpr std::chrono::seconds kBetweenComplaints{10};  // the log is no place to fill for who is refused

}  // namespace

bool Connections::mayOpenAnother(pid_t process) {
    const std::lock_guard lock{m_mutex};
    const auto mine = std::count_if(m_open.begin(), m_open.end(), [&](const auto& open) { return open.second.process == process; });
    return static_cast<std::size_t>(mine) < kMostOfAProcess;
}

void Connections::closeLongestIdle() {
    const std::lock_guard lock{m_mutex};
    if (m_open.size() + kKeptFree <= kMostConnections) return;
    auto longest = m_open.end();
    for (auto open = m_open.begin(); open != m_open.end(); ++open) {
        if (open->second.busy) continue;
        if (longest == m_open.end() || open->second.since < longest->second.since) longest = open;
    }
    if (longest == m_open.end()) return;
    ::shutdown(longest->first, SHUT_RDWR);
    longest->second.busy = true;  // as good as gone: the next one takes another
}

void Connections::complain(const std::string& line) {
    if (m_complained && Steady::now() - *m_complained < kBetweenComplaints) return;
    m_complained = Steady::now();
    say(line);
}

void Connections::accept(int listening) {
    UniqueFd socket{::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC)};
    if (!socket) return;
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return;
    const bool known = who.uid == 0 || who.uid == ::geteuid() || std::find(m_callers.begin(), m_callers.end(), who.uid) != m_callers.end();
    if (!known) {
        complain("refused a connection of user " + std::to_string(who.uid) + ", process " + std::to_string(who.pid));
        return;
    }
    if (!mayOpenAnother(who.pid)) {
        complain("refused a connection: process " + std::to_string(who.pid) + " has " + std::to_string(kMostOfAProcess) + " open");
        return;
    }
    closeLongestIdle();
    auto peer = Peer::enter(m_page, who.pid);
    if (!peer) {
        complain("refused a connection: too many are open");
        return;
    }
    limitSends(socket.get(), std::chrono::seconds{5});
    {
        const std::lock_guard lock{m_mutex};
        m_open[socket.get()] = Open{who.pid, false, Steady::now()};
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
        setBusy(socket, true);
        Answer answer;
        {
            const Running running{m_page, limitOf(request->body)};
            answer = m_serving.answer(std::move(*request));
        }
        std::vector<BytesView> secrets;
        for (const Secret& secret : answer.secrets) secrets.push_back(secret.view());
        const auto sent = wire::send(socket, std::move(answer.body), secrets);
        if (answer.error) m_serving.failed(*answer.error);
        setBusy(socket, false);
        const std::lock_guard lock{m_mutex};
        if (!sent || m_finishing) return;
    }
}

void Connections::setBusy(int socket, bool busy) {
    const std::lock_guard lock{m_mutex};
    m_open[socket] = Open{m_open[socket].process, busy, Steady::now()};
}

void Connections::leave(UniqueFd socket) {
    const std::lock_guard lock{m_mutex};
    m_open.erase(socket.get());
    socket = UniqueFd{};
    // under the lock: who waits in finish() may destroy this as soon as it is released
    m_left.notify_all();
}

void Connections::finish() {
    std::unique_lock lock{m_mutex};
    m_finishing = true;
    // wakes those that wait for a request; a request that runs is answered first
    for (const auto& [socket, open] : m_open) ::shutdown(socket, SHUT_RD);
    m_left.wait(lock, [this] { return m_open.empty(); });
}

}  // namespace keystamp::hsm
