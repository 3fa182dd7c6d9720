// SPDX-License-Identifier: Apache-2.0
#include "core/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>

namespace keystamp {
namespace {

Error fault(const std::string& path, const char* where) { return Error{ErrorCode::IoFault, path, errno, where}; }

}  // namespace

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept {
    if (this != &other) {
        if (m_fd >= 0) ::close(m_fd);
        m_fd = std::exchange(other.m_fd, -1);
    }
    return *this;
}

UniqueFd::~UniqueFd() {
    if (m_fd >= 0) ::close(m_fd);
}

Result<std::string> readFile(const std::string& path, std::size_t atMost) {
    const UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!fd) return fault(path, "open");
    std::string content;
    std::array<char, 65536> chunk{};
    for (;;) {
        const ssize_t got = ::read(fd.get(), chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fault(path, "read");
        if (got == 0) return content;
        content.append(chunk.data(), static_cast<std::size_t>(got));
        if (content.size() > atMost) return Error{ErrorCode::IoFault, fmt::format("{} is larger than {} bytes", path, atMost)};
    }
}

Result<void> writeFile(const std::string& path, std::string_view content, unsigned mode) {
    const std::string beside = path + ".new";
    UniqueFd fd{::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
    if (!fd) return fault(beside, "open");
    while (!content.empty()) {
        const ssize_t put = ::write(fd.get(), content.data(), content.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return fault(beside, "write");
        content.remove_prefix(static_cast<std::size_t>(put));
    }
    if (::fsync(fd.get()) != 0) return fault(beside, "fsync");
    if (::rename(beside.c_str(), path.c_str()) != 0) return fault(path, "rename");
    const auto folder = std::filesystem::path(path).parent_path();
    const UniqueFd dir{::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!dir || ::fsync(dir.get()) != 0) return fault(path, "fsync of its folder");
    return {};
}

Result<void> makeFolder(const std::string& path, unsigned mode) {
    std::error_code problem;
    if (std::filesystem::is_directory(path, problem)) return {};
    std::filesystem::create_directories(path, problem);
    if (problem) return Error{ErrorCode::IoFault, path, problem.value(), "mkdir"};
    if (::chmod(path.c_str(), mode) != 0) return fault(path, "chmod");
    return {};
}

Result<UniqueFd> lockFile(const std::string& path) {
    UniqueFd fd{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!fd) return fault(path, "open");
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        std::array<char, 32> holder{};
        [[maybe_unused]] const auto got = ::pread(fd.get(), holder.data(), holder.size() - 1, 0);
        return Error{ErrorCode::JournalBusy, fmt::format("{} is held by process {}", path, holder.data()), errno, "flock"};
    }
    const std::string pid = fmt::format("{}", ::getpid());
    if (::ftruncate(fd.get(), 0) != 0 || ::pwrite(fd.get(), pid.data(), pid.size(), 0) < 0) return fault(path, "write");
    return fd;
}

}  // namespace keystamp
