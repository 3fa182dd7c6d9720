// SPDX-License-Identifier: Apache-2.0
#include "station/cli/scans.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>

namespace keystamp::cli {
namespace {

constexpr std::size_t kLongestLine = 4096;

bool allLinesNameAFixture(const std::string& path) {
    std::ifstream file{path};
    std::string line;
    while (std::getline(file, line)) {
        if (line.find_first_not_of(" \t\r") != std::string::npos && line.find(',') == std::string::npos) return false;
    }
    return true;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto from = text.find_first_not_of(kBlank);
    if (from == std::string_view::npos) return {};
    return std::string{text.substr(from, text.find_last_not_of(kBlank) - from + 1)};
}

}  // namespace

ScanLine parseScanLine(const std::string& line) {
    const auto comma = line.find(',');
    if (comma == std::string::npos) return {std::nullopt, trimmed(line)};
    return {trimmed(std::string_view{line}.substr(0, comma)), trimmed(std::string_view{line}.substr(comma + 1))};
}

Result<ScanSource> ScanSource::open(const std::string& path) {
    UniqueFd fd{path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)};
    struct stat info {};
    if (!fd || ::fstat(fd.get(), &info) != 0)
        return Error{ErrorCode::BadUsage, "--scans " + path + " cannot be opened", errno, "open"};
    if (S_ISDIR(info.st_mode)) return Error{ErrorCode::BadUsage, "--scans " + path + " is a folder"};
    ScanSource source{std::move(fd)};
    source.m_allNamed = S_ISREG(info.st_mode) && path != "-" && allLinesNameAFixture(path);
    return source;
}

Result<bool> ScanSource::fill(int stopFd) {
    m_buffer.erase(0, m_at);
    m_at = 0;
    std::array<pollfd, 2> waiting{{{m_fd.get(), POLLIN, 0}, {stopFd, POLLIN, 0}}};
    while (::poll(waiting.data(), waiting.size(), -1) < 0) {
        if (errno != EINTR) return Error{ErrorCode::IoFault, "scans", errno, "poll"};
    }
    if (waiting[1].revents != 0) return false;
    std::array<char, 65536> block{};
    ssize_t got = 0;
    do {
        got = ::read(m_fd.get(), block.data(), block.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) return Error{ErrorCode::IoFault, "scans", errno, "read"};
    m_ended = got == 0;
    m_buffer.append(block.data(), static_cast<std::size_t>(got));
    return true;
}

Result<std::optional<std::string>> ScanSource::next(int stopFd) {
    for (;;) {
        const auto end = m_buffer.find_first_of("\r\n", m_at);
        const bool tooLong = end == std::string::npos && m_buffer.size() - m_at > kLongestLine;
        if (end == std::string::npos && !m_ended && !tooLong) {
            const auto more = fill(stopFd);
            if (!more) return more.error();
            if (!*more) return std::optional<std::string>{};
            continue;
        }
        if (m_at >= m_buffer.size()) return std::optional<std::string>{};
        const auto stop = std::min(end, m_buffer.size());
        const std::string line = m_buffer.substr(m_at, std::min(stop - m_at, kLongestLine));
        m_at = tooLong ? m_at + kLongestLine : stop + (end == std::string::npos ? 0 : 1);
        if (!trimmed(line).empty()) return std::optional{line};
    }
}

}  // namespace keystamp::cli
