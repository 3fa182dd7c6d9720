// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/worker_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "core/process.h"
#include "hsm/signer/control.h"

namespace keystamp::hsm {
namespace {

// Out of the way of the numbers that descriptors get in the worker, where dup2 to itself would keep CLOEXEC.
UniqueFd above(int fd) { return UniqueFd{::fcntl(fd, F_DUPFD_CLOEXEC, kLockFd + 1)}; }

Result<pid_t> spawn(const std::string& configFile, const std::array<std::pair<int, int>, 4>& given) {
    const std::string program = siblingProgram("keystamp-signer");
    const std::string worker = "--worker=" + std::to_string(::getpid());
    const std::array<const char*, 5> words{program.c_str(), "--config", configFile.c_str(), worker.c_str(), nullptr};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    for (const auto& [from, to] : given) posix_spawn_file_actions_adddup2(&files, from, to);
    posix_spawn_file_actions_addclosefrom_np(&files, kLockFd + 1);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
    pid_t child = -1;
    // posix_spawn does not write to the words; its type is older than const
    const int failed = posix_spawn(&child, program.c_str(), &files, &how, const_cast<char**>(words.data()), environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) return Error{ErrorCode::IoFault, program, failed, "posix_spawn"};
    return child;
}

}  // namespace

Result<WorkerProcess> WorkerProcess::start(const std::string& configFile, const Descriptors& descriptors, const std::optional<Secret>& pin) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return Error{ErrorCode::IoFault, "the worker's control", errno, "socketpair"};
    }
    UniqueFd ours{ends[0]};
    const UniqueFd theirs{ends[1]};
    const UniqueFd listening = above(descriptors.listening);
    const UniqueFd control = above(theirs.get());
    const UniqueFd page = above(descriptors.page);
    const UniqueFd lock = above(descriptors.lock);
    if (!listening || !control || !page || !lock) return Error{ErrorCode::IoFault, "the worker's descriptors", errno, "fcntl"};
    const auto child = spawn(configFile, {std::pair{listening.get(), kListenFd}, std::pair{control.get(), kControlFd},
                                          std::pair{page.get(), kPageFd}, std::pair{lock.get(), kLockFd}});
    if (!child) return child.error();
    WorkerProcess worker{*child, std::move(ours)};
    std::vector<BytesView> secrets;
    if (pin) secrets.push_back(pin->view());
    // a worker that has died already is noticed as any that dies
    [[maybe_unused]] const auto sent = wire::send(worker.control(), {{"pin", pin.has_value()}}, secrets);
    return worker;
}

void WorkerProcess::signal(int number) const { ::kill(m_pid, number); }

std::optional<std::string> WorkerProcess::ended(bool wait) const {
    int status = 0;
    pid_t found = 0;
    do found = ::waitpid(m_pid, &status, wait ? 0 : WNOHANG);
    while (found < 0 && errno == EINTR);
    if (found == 0) return std::nullopt;
    if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
    return "exit " + std::to_string(WEXITSTATUS(status));
}

std::optional<wire::Message> WorkerProcess::said() const {
    pollfd state{m_control.get(), POLLIN, 0};
    if (::poll(&state, 1, 0) <= 0) return std::nullopt;
    // a PIN follows its message as a frame of its own, in a moment
    auto message = wire::receive(m_control.get(), Deadline::in(std::chrono::seconds{1}));
    if (!message) return std::nullopt;
    return std::move(*message);
}

}  // namespace keystamp::hsm
