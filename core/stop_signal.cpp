// SPDX-License-Identifier: Apache-2.0
#include "core/stop_signal.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <utility>

namespace keystamp {
namespace {

volatile sig_atomic_t signalled = -1;  // the descriptor

void mark(int fd) {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto put = ::write(fd, &one, sizeof one);
}

void onSignal(int) {
    const int before = errno;
    mark(signalled);
    errno = before;
}

void handle(void (*handler)(int)) {
    struct sigaction act {};
    act.sa_handler = handler;
    act.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(number, &act, nullptr);
}

}  // namespace

StopSignal::StopSignal(std::function<void()> act)
    : m_signalled(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), m_over(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    signalled = m_signalled.get();
    handle(onSignal);
    m_thread = std::thread{[this, call = std::move(act)] {
        std::array<pollfd, 2> waiting{{{m_signalled.get(), POLLIN, 0}, {m_over.get(), POLLIN, 0}}};
        while (::poll(waiting.data(), waiting.size(), -1) < 0 && errno == EINTR) {
        }
        if (waiting[0].revents != 0) call();
    }};
}

StopSignal::~StopSignal() {
    handle(SIG_DFL);
    mark(m_over.get());
    m_thread.join();
}

bool StopSignal::stopped() const {
    pollfd asked{m_signalled.get(), POLLIN, 0};
    return ::poll(&asked, 1, 0) == 1;
}

}  // namespace keystamp
