// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/page.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace keystamp::hsm {

std::int64_t Page::now() {
    // CLOCK_MONOTONIC: the same for all processes
    return std::chrono::nanoseconds{std::chrono::steady_clock::now().time_since_epoch()}.count();
}

bool Page::overdue() const {
    const std::int64_t time = now();
    if (time < patience) return false;
    return std::any_of(until.begin(), until.end(), [time](const auto& end) { return end != 0 && end < time; });
}

void Page::clear() {
    patience = 0;
    needed = 0;
    for (auto& end : until) end = 0;
    for (auto& peer : peers) peer = 0;
    beat();
}

Result<UniqueFd> makePage() {
    UniqueFd fd{::memfd_create("keystamp-page", MFD_CLOEXEC)};
    if (!fd || ::ftruncate(fd.get(), sizeof(Page)) != 0) return Error{ErrorCode::IoFault, "the shared page", errno, "memfd_create"};
    return fd;
}

Result<Page*> mapPage(int fd) {
    void* memory = ::mmap(nullptr, sizeof(Page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) return Error{ErrorCode::IoFault, "the shared page", errno, "mmap"};
    // a memfd's zeros are the atomics' initial values (they are lock-free integers), and both processes see the same ones
    return static_cast<Page*>(memory);
}

Running::Running(Page& page, std::chrono::milliseconds limit) {
    const std::int64_t end = Page::now() + std::chrono::nanoseconds{limit}.count();
    for (auto& slot : page.until) {
        std::int64_t idle = 0;
        if (slot.compare_exchange_strong(idle, end)) {
            m_until = &slot;
            return;
        }
    }
}

Running::~Running() {
    if (m_until != nullptr) *m_until = 0;
}

std::optional<Peer> Peer::enter(Page& page, pid_t pid) {
    for (auto& slot : page.peers) {
        std::int32_t idle = 0;
        if (slot.compare_exchange_strong(idle, pid)) return Peer{&slot};
    }
    return std::nullopt;
}

}  // namespace keystamp::hsm
