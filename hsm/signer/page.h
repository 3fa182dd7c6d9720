// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a page of memory that supervisor and worker share. The worker writes into it what it is doing; the supervisor
// reads it, and needs no answer from a worker that hangs to know that it does.
//
// Threads: any, in both processes.
#pragma once

#include <sys/types.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

#include "core/file.h"
#include "core/result.h"

namespace keystamp::hsm {

inline constexpr std::size_t kMostConnections = 128;

struct Page {
    std::atomic<std::uint64_t> starts;     ///< of workers, this one included
    std::atomic<std::int64_t> heartbeat;   ///< monotonic nanoseconds
    std::atomic<std::int64_t> patience;    ///< no deadline counts before: the module is busy for long, and known to be
    std::atomic<std::int64_t> needed;      ///< a child stays until then, even alone: it holds what is nowhere else
    std::array<std::atomic<std::int64_t>, kMostConnections + 8> until;  ///< a running act's deadline, or 0
    std::array<std::atomic<std::int32_t>, kMostConnections> peers;      ///< process of an open connection, or 0

    static std::int64_t now();
    void beat() { heartbeat = now(); }
    /// When a running act's deadline has passed.
    bool overdue() const;
    /// As a new worker finds it; `starts` stays.
    void clear();
};
static_assert(std::atomic<std::int64_t>::is_always_lock_free && std::atomic<std::int32_t>::is_always_lock_free);

/// A memfd with a page of zeros.
Result<UniqueFd> makePage();
/// Lives as long as the process.
Result<Page*> mapPage(int fd);

/// Something that must end in time, while this lives.
class Running {
public:
    Running(Page& page, std::chrono::milliseconds limit);
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

private:
    std::atomic<std::int64_t>* m_until = nullptr;
};

/// A call of the module that may take long, while this lives: those that wait for it do not pass their deadlines meanwhile.
class Patience {
public:
    Patience(Page& page, std::chrono::milliseconds limit) : m_page(page) {
        m_page.patience = Page::now() + std::chrono::nanoseconds{limit}.count();
    }
    ~Patience() { m_page.patience = Page::now() + std::chrono::nanoseconds{std::chrono::seconds{2}}.count(); }
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;

private:
    Page& m_page;
};

/// An open connection, while this lives.
class Peer {
public:
    static std::optional<Peer> enter(Page& page, pid_t pid);
    Peer(Peer&& other) noexcept : m_pid(std::exchange(other.m_pid, nullptr)) {}
    Peer& operator=(Peer&&) = delete;
    ~Peer() {
        if (m_pid != nullptr) *m_pid = 0;
    }

private:
    explicit Peer(std::atomic<std::int32_t>* pid) : m_pid(pid) {}
    std::atomic<std::int32_t>* m_pid;
};

}  // namespace keystamp::hsm
