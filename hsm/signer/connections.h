// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the worker's clients. A thread for each takes one request after the other.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <map>
#include <vector>

#include "core/clock.h"
#include "core/file.h"
#include "hsm/signer/dispatch.h"
#include "hsm/signer/page.h"

namespace keystamp::hsm {

class Connections {
public:
    struct Serving {
        std::function<Answer(wire::Message)> answer;
        /// Told of each request that failed, after it was answered.
        std::function<void(const Error&)> failed;
    };

    Connections(Page& page, std::vector<uid_t> callers, Serving serving)
        : m_page(page), m_callers(std::move(callers)), m_serving(std::move(serving)) {}
    ~Connections() { finish(); }
    Connections(const Connections&) = delete;
    Connections& operator=(const Connections&) = delete;

    /// Takes one connection that waits at a listening socket: of our own user, root or a configured caller (SO_PEERCRED), and 32 of
    /// one process at most. Where few places are left, the one that has been idle longest is closed.
    void accept(int listening);
    /// Takes no further request; returns when those that run are answered.
    void finish();

private:
    using Steady = std::chrono::steady_clock;

    struct Open {
        pid_t process = 0;
        bool busy = false;
        Steady::time_point since{};  ///< when it became idle
    };

    bool mayOpenAnother(pid_t process);
    /// So that whoever comes next still finds a place: one that is idle can be opened again.
    void closeLongestIdle();
    void serve(int socket);
    void setBusy(int socket, bool busy);
    void leave(UniqueFd socket);
    void complain(const std::string& line);

    Page& m_page;
    const std::vector<uid_t> m_callers;
    const Serving m_serving;
    std::mutex m_mutex;
    std::condition_variable m_left;
    std::map<int, Open> m_open;  ///< by socket
    std::optional<Steady::time_point> m_complained;
    bool m_finishing = false;
};

}  // namespace keystamp::hsm
