// SPDX-License-Identifier: Apache-2.0
#include "db/file_stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

namespace keystamp::db {
namespace {

constexpr std::size_t kChunk = 1u << 16;
constexpr std::size_t kLongestLine = 1u << 20;

Error fault(const std::string& path, const char* where, int number) { return Error{ErrorCode::IoFault, path, number, where}; }

}  // namespace

RunningDigest::RunningDigest() : m_context(EVP_MD_CTX_new()) { EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr); }

void RunningDigest::add(std::string_view bytes) { EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()); }

Digest RunningDigest::finish() {
    Digest digest{};
    EVP_DigestFinal_ex(m_context.get(), digest.data(), nullptr);
    return digest;
}

Result<std::unique_ptr<FileSink>> FileSink::create(const std::string& path, unsigned mode) {
    UniqueFd fd{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
    if (!fd) return fault(path, "open", errno);
    return std::unique_ptr<FileSink>{new FileSink{path, std::move(fd)}};
}

void FileSink::write(std::string_view text) {
    m_buffer += text;
    if (m_buffer.size() >= kChunk) flush();
}

void FileSink::flush() {
    std::string_view rest{m_buffer};
    m_digest.add(rest);
    while (!rest.empty() && m_errno == 0) {
        const ssize_t put = ::write(m_fd.get(), rest.data(), rest.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) {
            m_errno = errno;
        } else {
            rest.remove_prefix(static_cast<std::size_t>(put));
        }
    }
    m_buffer.clear();
}

Result<Digest> FileSink::close() {
    flush();
    if (m_errno != 0) return fault(m_path, "write", m_errno);
    if (::fsync(m_fd.get()) != 0) return fault(m_path, "fsync", errno);
    return m_digest.finish();
}

Result<void> syncFolder(const std::string& folder) {
    const UniqueFd fd{::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!fd || ::fsync(fd.get()) != 0) return fault(folder, "fsync", errno);
    return {};
}

Result<void> moveIntoPlace(const std::string& from, const std::string& path) {
    if (::rename(from.c_str(), path.c_str()) != 0) return fault(path, "rename", errno);
    return syncFolder(std::filesystem::path(path).parent_path());
}

Result<std::unique_ptr<FileSource>> FileSource::open(const std::string& path) {
    UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    if (!fd) return fault(path, "open", errno);
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0) return fault(path, "fstat", errno);
    if (!S_ISREG(status.st_mode)) return Error{ErrorCode::IoFault, path + " is not a file"};
    return std::unique_ptr<FileSource>{new FileSource{path, std::move(fd)}};
}

// What is left of the buffer moves to its front; false at the end of the file.
Result<bool> FileSource::fill() {
    m_buffer.erase(0, m_at);
    m_at = 0;
    const std::size_t kept = m_buffer.size();
    m_buffer.resize(kept + kChunk);
    ssize_t got = 0;
    do {
        got = ::read(m_fd.get(), m_buffer.data() + kept, kChunk);
    } while (got < 0 && errno == EINTR);
    m_buffer.resize(kept + static_cast<std::size_t>(got < 0 ? 0 : got));
    if (got < 0) return fault(m_path, "read", errno);
    return got > 0;
}

Result<Digest> FileSource::digest() {
    RunningDigest digest;
    for (;;) {
        m_at = m_buffer.size();
        const auto more = fill();
        if (!more) return more.error();
        if (!*more) break;
        digest.add(m_buffer);
    }
    m_buffer.clear();
    m_at = 0;
    if (::lseek(m_fd.get(), 0, SEEK_SET) != 0) return fault(m_path, "lseek", errno);
    return digest.finish();
}

Result<bool> FileSource::line(std::string& text) {
    std::size_t searched = m_at;
    for (;;) {
        const auto end = m_buffer.find('\n', searched);
        if (end != std::string::npos) {
            text.assign(m_buffer, m_at, end - m_at);
            m_at = end + 1;
            m_ended = true;
            return true;
        }
        if (m_buffer.size() - m_at > kLongestLine) return Error{ErrorCode::RecordsAltered, m_path + ": a line beyond 1 MiB"};
        searched = m_buffer.size() - m_at;
        const auto more = fill();
        if (!more) return more.error();
        if (*more) continue;
        if (m_buffer.empty()) return false;
        text = std::exchange(m_buffer, {});
        m_ended = false;
        return true;
    }
}

}  // namespace keystamp::db
