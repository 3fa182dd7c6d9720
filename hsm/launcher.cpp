// SPDX-License-Identifier: Apache-2.0
#include "hsm/launcher.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>

#include "core/file.h"
#include "core/process.h"
#include "hsm/local_socket.h"
#include "hsm/ready_pipe.h"

namespace keystamp::hsm {
namespace {

constexpr int kReadyFd = 3;  // in the child

// Not to be inherited by a worker of the child, nor by anything else that this process starts.
struct Pipe {
    UniqueFd read, write;
};
Result<Pipe> makePipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return Error{ErrorCode::IoFault, "pipe", errno, "pipe2"};
    Pipe pipe{UniqueFd{ends[0]}, UniqueFd{ends[1]}};
    // above the descriptor it gets in the child: dup2 to itself would keep CLOEXEC
    pipe.write = UniqueFd{::fcntl(ends[1], F_DUPFD_CLOEXEC, kReadyFd + 1)};
    if (!pipe.write) return Error{ErrorCode::IoFault, "pipe", errno, "fcntl"};
    return pipe;
}

Result<pid_t> spawn(const std::string& configFile, const std::string& log, int ready) {
    const std::string program = siblingProgram("keystamp-signer");
    std::string number = std::to_string(kReadyFd);
    std::array<const char*, 7> words{program.c_str(), "--config", configFile.c_str(), "--child", "--ready-fd", number.c_str(), nullptr};

    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    const bool logged = UniqueFd{::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640)}.get() >= 0;
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, logged ? log.c_str() : "/dev/null", O_WRONLY | O_APPEND, 0);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&files, ready, kReadyFd);
    posix_spawn_file_actions_addclosefrom_np(&files, kReadyFd + 1);
    sigset_t none;
    sigset_t defaults;
    sigemptyset(&none);
    sigfillset(&defaults);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &defaults);
    posix_spawnattr_setflags(&how, static_cast<short>(POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));

    pid_t child = -1;
    // posix_spawn does not write to the words; its type is older than const
    const int failed = posix_spawn(&child, program.c_str(), &files, &how, const_cast<char**>(words.data()), environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) return Error{ErrorCode::SignerUnavailable, program, failed, "posix_spawn"};
    return child;
}

}  // namespace

Launcher::~Launcher() { reap(); }

void Launcher::reap() {
    std::erase_if(m_children, [](pid_t child) { return ::waitpid(child, nullptr, WNOHANG) != 0; });
}

Result<void> Launcher::start(const Deadline& deadline) {
    const std::lock_guard lock{m_mutex};
    reap();
    if (connectTo(m_socket)) return {};  // another thread was here first
    auto pipe = makePipe();
    if (!pipe) return pipe.error();
    const std::string log = (std::filesystem::path{m_socket}.parent_path() / "signer.log").string();
    const auto child = spawn(m_configFile, log, pipe->write.get());
    if (!child) return child.error();
    m_children.push_back(*child);
    pipe->write = UniqueFd{};
    return readReadiness(pipe->read.get(), deadline);
}

}  // namespace keystamp::hsm
