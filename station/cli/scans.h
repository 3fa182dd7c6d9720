// SPDX-License-Identifier: Apache-2.0
// Lines of scans from a file, a pipe or a scanner's serial port, as they come; nothing is read ahead of need but one
// block.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/file.h"
#include "core/result.h"

namespace keystamp::cli {

/// `[fixture,]payload`.
struct ScanLine {
    std::optional<std::string> fixture;
    std::string payload;
};

/// A text before the first comma is a fixture's name: it is never taken as part of a payload, for in a pattern batch
/// any payload is a serial number and a mistyped fixture would become one.
ScanLine parseScanLine(const std::string& line);

class ScanSource {
public:
    /// `-` is standard input. BadUsage where it cannot be opened.
    static Result<ScanSource> open(const std::string& path);

    /// The next line that is not blank; nothing at the end, or as soon as `stopFd` is readable. A line beyond 4096
    /// bytes is cut.
    Result<std::optional<std::string>> next(int stopFd);
    /// Whether every line names a fixture; known beforehand for a file only.
    bool allNameAFixture() const { return m_allNamed; }

private:
    explicit ScanSource(UniqueFd fd) : m_fd(std::move(fd)) {}
    Result<bool> fill(int stopFd);

    UniqueFd m_fd;
    std::string m_buffer;
    std::size_t m_at = 0;
    bool m_ended = false;
    bool m_allNamed = false;
};

}  // namespace keystamp::cli
