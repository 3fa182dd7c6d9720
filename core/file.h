// SPDX-License-Identifier: Apache-2.0
// Files and descriptors that must be right after a power cut.
#pragma once

#include <string>
#include <utility>

#include "core/bytes.h"
#include "core/result.h"

namespace keystamp {

/// Owns a descriptor.
class UniqueFd {
public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : m_fd(fd) {}
    UniqueFd(UniqueFd&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept;
    ~UniqueFd();

    int get() const { return m_fd; }
    int release() { return std::exchange(m_fd, -1); }
    explicit operator bool() const { return m_fd >= 0; }

private:
    int m_fd = -1;
};

/// The whole file; IoFault names the path. Files beyond `atMost` bytes are refused.
Result<std::string> readFile(const std::string& path, std::size_t atMost = 64u << 20);

/// Writes beside the target, fsyncs, renames over it and fsyncs the folder: after a power cut the old content or the new.
Result<void> writeFile(const std::string& path, std::string_view content, unsigned mode = 0644);

/// Folder and parents; content of an existing one is kept.
Result<void> makeFolder(const std::string& path, unsigned mode = 0755);

/// Takes an exclusive flock on `path` (made if it is not there) that goes with the process. JournalBusy where another
/// process has it, with its pid in the detail.
Result<UniqueFd> lockFile(const std::string& path);

}  // namespace keystamp
