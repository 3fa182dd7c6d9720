// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/clients_watch.h"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace keystamp::hsm {
namespace {

bool readable(int fd) {
    pollfd state{fd, POLLIN, 0};
    return ::poll(&state, 1, 0) > 0;
}

}  // namespace

void ClientsWatch::orphan(const Page& page) {
    for (const auto& peer : page.peers) {
        const pid_t pid = peer;
        if (pid == 0 || m_orphans.contains(pid)) continue;
        UniqueFd process{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
        if (process) m_orphans.emplace(pid, std::move(process));
    }
}

bool ClientsWatch::alone(const Page& page, int listening) {
    bool somebody = readable(listening);  // waits to be accepted
    for (const auto& peer : page.peers) {
        const pid_t pid = peer;
        if (pid == 0) continue;
        somebody = true;
        m_orphans.erase(pid);  // it is back
    }
    // a pidfd is readable when its process has ended
    std::erase_if(m_orphans, [](const auto& orphan) { return readable(orphan.second.get()); });
    somebody = somebody || !m_orphans.empty();
    m_hadClients = m_hadClients || somebody;
    if (somebody) {
        m_aloneSince = Steady::now();
        return false;
    }
    return Steady::now() - m_aloneSince >= (m_hadClients ? std::chrono::seconds{1} : std::chrono::seconds{10});
}

}  // namespace keystamp::hsm
