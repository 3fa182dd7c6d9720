// SPDX-License-Identifier: Apache-2.0
#include "core/secret.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "core/file.h"

namespace keystamp {

Result<void> openSecureHeap(std::size_t bytes) {
    if (CRYPTO_secure_malloc_initialized() == 1) return {};
    // 1: mapped, guarded and locked; 2: mapped, but a guard or the lock failed (crypto/mem_sec.c)
    if (CRYPTO_secure_malloc_init(bytes, 16) == 1) return {};
    return Error{ErrorCode::IoFault, "memory for secrets cannot be locked; raise the memlock limit", errno, "mlock"};
}

Secret::Secret(std::size_t size) : m_size(size), m_capacity(size) {
    if (size == 0) return;
    m_data = static_cast<std::uint8_t*>(OPENSSL_secure_zalloc(size));
    if (m_data == nullptr) std::abort();  // as any exhausted heap
}

Secret Secret::copyOf(BytesView bytes) {
    Secret secret(bytes.size());
    if (!bytes.empty()) std::memcpy(secret.m_data, bytes.data(), bytes.size());
    return secret;
}

Secret::Secret(Secret&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)),
      m_size(std::exchange(other.m_size, 0)),
      m_capacity(std::exchange(other.m_capacity, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        release();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
    }
    return *this;
}

Secret::~Secret() { release(); }

void Secret::release() noexcept {
    OPENSSL_secure_clear_free(m_data, m_capacity);
    m_data = nullptr;
    m_size = m_capacity = 0;
}

void Secret::shrink(std::size_t size) {
    if (size >= m_size) return;
    OPENSSL_cleanse(m_data + size, m_size - size);
    m_size = size;
}

bool Secret::equals(const Secret& other) const {
    return m_size == other.m_size && (m_size == 0 || CRYPTO_memcmp(m_data, other.m_data, m_size) == 0);
}

Secret Secret::toBase64() const {
    Secret text((m_size + 2) / 3 * 4 + 1);
    const int written = EVP_EncodeBlock(text.m_data, m_data, static_cast<int>(m_size));
    text.shrink(static_cast<std::size_t>(written));
    return text;
}

Result<Secret> Secret::fromBase64(std::string_view text) {
    const auto refused = Error{ErrorCode::BadUsage, "not base64"};
    if (text.empty() || text.size() % 4 != 0) return refused;
    std::size_t padding = 0;
    while (padding < 2 && text[text.size() - 1 - padding] == '=') ++padding;
    Secret bytes(text.size() / 4 * 3);
    const int written = EVP_DecodeBlock(bytes.m_data, reinterpret_cast<const unsigned char*>(text.data()),
                                        static_cast<int>(text.size()));
    if (written < 0) return refused;
    bytes.shrink(static_cast<std::size_t>(written) - padding);
    if (bytes.toBase64().text() != text) return refused;
    return bytes;
}

Result<Secret> readSecret(int fd, std::string_view prompt) {
    constexpr std::size_t kLongest = 4096;
    termios before{};
    const bool terminal = isatty(fd) == 1 && tcgetattr(fd, &before) == 0;
    if (terminal) {
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(fd, TCSAFLUSH, &silent);
        // after the echo is off, so that nothing typed at the prompt is ever shown; and where the person is
        if (::write(fd, prompt.data(), prompt.size()) < 0) {
            [[maybe_unused]] const auto shown = ::write(STDERR_FILENO, prompt.data(), prompt.size());
        }
    }
    Secret line(kLongest);
    std::size_t length = 0;
    bool ended = false;
    while (length < kLongest) {
        // byte by byte: what follows the line belongs to the next reader of this descriptor
        const ssize_t got = ::read(fd, line.bytes().data() + length, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        ended = line.bytes()[length] == '\n';
        if (ended) break;
        ++length;
    }
    if (terminal) {
        tcsetattr(fd, TCSAFLUSH, &before);
        if (::write(fd, "\n", 1) < 0) {
            [[maybe_unused]] const auto shown = ::write(STDERR_FILENO, "\n", 1);
        }
    }
    if (length > 0 && line.bytes()[length - 1] == '\r') --length;
    line.shrink(length);
    if (length == kLongest) return Error{ErrorCode::BadUsage, "a secret of more than 4095 bytes"};
    if (length == 0 && !ended) return Error{ErrorCode::BadUsage, "no secret was given"};
    return line;
}

namespace {

Result<UniqueFd> openSecret(const std::string& path) {
    UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    struct stat info {};
    if (!fd || fstat(fd.get(), &info) != 0) return Error{ErrorCode::BadConfig, path, errno, "open"};
    if ((info.st_mode & 0177) != 0 || info.st_uid != geteuid()) {
        return Error{ErrorCode::BadConfig, path + " must be yours alone, mode 0400"};
    }
    return fd;
}

}  // namespace

Result<Secret> readSecretFile(const std::string& path) {
    const auto fd = openSecret(path);
    return fd ? readSecret(fd->get(), {}) : fd.error();
}

Result<Secret> readSecretDocument(const std::string& path) {
    constexpr std::size_t kLargest = 16 * 1024;
    const auto fd = openSecret(path);
    if (!fd) return fd.error();
    Secret text(kLargest);
    std::size_t length = 0;
    for (ssize_t got = 1; length < kLargest && got > 0; length += static_cast<std::size_t>(got)) {
        got = ::read(fd->get(), text.bytes().data() + length, kLargest - length);
        if (got < 0) return Error{ErrorCode::BadConfig, path, errno, "read"};
    }
    if (length == 0 || length == kLargest) return Error{ErrorCode::BadConfig, path + " must hold from 1 byte to 16 KiB"};
    text.shrink(length);
    return text;
}

}  // namespace keystamp
