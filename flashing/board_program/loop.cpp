// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/loop.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace keystamp::flashing::board_program {
namespace {

using Fixtures = std::vector<std::unique_ptr<Fixture>>;

/// Milliseconds until the first slow reply is due, rounded up; -1: none is.
int untilDue(const Fixtures& fixtures) {
    std::optional<Fixture::Steady::time_point> first;
    for (const auto& each : fixtures) {
        if (each->due() && (!first || *each->due() < *first)) first = each->due();
    }
    if (!first) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*first - Fixture::Steady::now());
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

Result<void> serveLink(Fixture& fixture, const pollfd& link) {
    if (link.fd < 0 || link.revents == 0) return {};
    return fixture.linkReady((link.revents & (POLLIN | POLLHUP | POLLERR)) != 0, (link.revents & POLLOUT) != 0);
}

Result<void> serveListener(Fixture& fixture, const pollfd& listener) {
    return listener.revents == 0 ? Result<void>{} : fixture.listenerReady();
}

Result<void> serveOne(Fixture& fixture, const pollfd& listener, const pollfd& link, const pollfd& board) {
    if (board.revents != 0 && board.fd == fixture.boardFd()) {
        if (auto done = fixture.boardReady(); !done) return done;
    }
    // What an old connection still says comes before the newer one that takes over; but on a pty, whose link is one for
    // all, what can be read comes from whoever opened it after it was closed.
    const bool pty = fixture.isPty();
    if (auto done = pty ? serveListener(fixture, listener) : serveLink(fixture, link); !done) return done;
    if (auto done = pty ? serveLink(fixture, link) : serveListener(fixture, listener); !done) return done;
    if (fixture.due() && *fixture.due() <= Fixture::Steady::now()) return fixture.timeReached();
    return {};
}

}  // namespace

Result<UniqueFd> holdSignals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGTERM, SIGINT, SIGUSR1}) sigaddset(&set, number);
    UniqueFd fd{::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC)};
    if (!fd || ::sigprocmask(SIG_BLOCK, &set, nullptr) != 0) return Error{ErrorCode::Internal, "signals", errno, "signalfd"};
    std::signal(SIGPIPE, SIG_IGN);
    return fd;
}

Result<void> serve(const Fixtures& fixtures, const UniqueFd& signals) {
    // A few descriptors: poll() costs less than to keep an epoll set in step with links that come and go.
    std::vector<pollfd> items(3 * fixtures.size() + 1);
    for (;;) {
        items.back() = {signals.get(), POLLIN, 0};
        for (std::size_t i = 0; i < fixtures.size(); ++i) {
            const auto events = [](bool writes) { return static_cast<short>(POLLIN | (writes ? POLLOUT : 0)); };
            items[3 * i] = {fixtures[i]->listenerFd(), POLLIN, 0};
            items[3 * i + 1] = {fixtures[i]->linkFd(), events(fixtures[i]->wantsToWrite()), 0};
            items[3 * i + 2] = {fixtures[i]->boardFd(), events(fixtures[i]->boardWantsToTake()), 0};
        }
        const int ready = ::poll(items.data(), items.size(), untilDue(fixtures));
        if (ready < 0 && errno != EINTR) return Error{ErrorCode::Internal, "", errno, "poll"};
        if (ready < 0) continue;
        for (std::size_t i = 0; i < fixtures.size(); ++i) {
            if (auto done = serveOne(*fixtures[i], items[3 * i], items[3 * i + 1], items[3 * i + 2]); !done) return done;
        }
        signalfd_siginfo signal{};
        while (::read(signals.get(), &signal, sizeof signal) == sizeof signal) {
            if (signal.ssi_signo != SIGUSR1) return {};
            for (const auto& each : fixtures) {
                if (auto next = each->nextBoard(); !next) return next;
            }
        }
    }
}

}  // namespace keystamp::flashing::board_program
