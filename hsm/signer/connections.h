// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the worker's clients. A thread for each takes one request after the other.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <vector>

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

    /// Takes one connection that waits at a listening socket: of our own user, root or a configured caller (SO_PEERCRED).
    void accept(int listening);
    /// Takes no further request; returns when those that run are answered.
    void finish();

private:
    void serve(int socket);
    void leave(UniqueFd socket);

    Page& m_page;
    const std::vector<uid_t> m_callers;
    const Serving m_serving;
    std::mutex m_mutex;
    std::condition_variable m_left;
    std::set<int> m_sockets;
    bool m_finishing = false;
};

}  // namespace keystamp::hsm
