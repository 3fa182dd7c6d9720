// SPDX-License-Identifier: Apache-2.0
// Files that are written or read once, from front to end, with their SHA-256.
// Private to this room.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/file.h"
#include "core/result.h"
#include "db/openssl_ptr.h"

namespace keystamp::db {

/// SHA-256 of what comes piece by piece.
class RunningDigest {
public:
    RunningDigest();
    void add(std::string_view bytes);
    Digest finish();

private:
    DigestPtr m_context;
};

class FileSink {
public:
    static Result<std::unique_ptr<FileSink>> create(const std::string& path, unsigned mode = 0644);
    /// An error is kept for close().
    void write(std::string_view text);
    /// On disk when it returns; the digest of all that was written.
    Result<Digest> close();

private:
    FileSink(std::string path, UniqueFd fd) : m_path(std::move(path)), m_fd(std::move(fd)) {}
    void flush();

    std::string m_path;
    UniqueFd m_fd;
    std::string m_buffer;
    RunningDigest m_digest;
    int m_errno = 0;
};

/// Renames a finished file over `path`, for good.
Result<void> moveIntoPlace(const std::string& from, const std::string& path);
/// Makes a rename in this folder last.
Result<void> syncFolder(const std::string& folder);

class FileSource {
public:
    /// A regular file and no link to one; IoFault.
    static Result<std::unique_ptr<FileSource>> open(const std::string& path);
    /// Reads it all, then goes back to the start.
    Result<Digest> digest();
    /// The next line without its '\n' (`ended` says whether there was one); nothing at the end. A line beyond 1 MiB is
    /// RecordsAltered.
    Result<bool> line(std::string& text);
    bool ended() const { return m_ended; }

private:
    FileSource(std::string path, UniqueFd fd) : m_path(std::move(path)), m_fd(std::move(fd)) {}
    Result<bool> fill();

    std::string m_path;
    UniqueFd m_fd;
    std::string m_buffer;
    std::size_t m_at = 0;
    bool m_ended = true;
};

}  // namespace keystamp::db
