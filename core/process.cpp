// SPDX-License-Identifier: Apache-2.0
#include "core/process.h"

#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "core/secret.h"

namespace keystamp {

Result<void> hardenProcess() {
    std::signal(SIGPIPE, SIG_IGN);
    const rlimit none{0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return Error{ErrorCode::IoFault, "core files", errno, "setrlimit"};
    if (prctl(PR_SET_DUMPABLE, 0) != 0) return Error{ErrorCode::IoFault, "dumpable", errno, "prctl"};
    return openSecureHeap();
}

std::string userName() {
    const passwd* user = ::getpwuid(::getuid());
    return user != nullptr ? user->pw_name : "uid " + std::to_string(::getuid());
}

std::string siblingProgram(const std::string& name) {
    std::error_code problem;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", problem);
    return problem ? name : (self.parent_path() / name).string();
}

void showProgress(const std::string& line) {
    if (isatty(STDERR_FILENO) != 1) return;
    std::fprintf(stderr, "\r\033[K%s", line.c_str());
    std::fflush(stderr);
}

void endProgress() {
    if (isatty(STDERR_FILENO) != 1) return;
    std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
}

}  // namespace keystamp
