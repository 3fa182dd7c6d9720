// SPDX-License-Identifier: Apache-2.0
// Secret: bytes that must not outlive their use. They live in OpenSSL's secure heap (locked, guarded, left out of core
// files), are wiped on release and cannot be printed, compared by accident or copied silently.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/bytes.h"
#include "core/result.h"

namespace keystamp {

/// Sets up the locked secure heap; once, at the start of main, before any Secret. A heap that cannot be locked is an
/// error (OPENSSL_secure_malloc would otherwise be ordinary memory): programs do not start without it.
Result<void> openSecureHeap(std::size_t bytes = 1 << 20);

class Secret {
public:
    Secret() = default;
    /// `size` zero bytes.
    explicit Secret(std::size_t size);
    static Secret copyOf(BytesView bytes);
    static Secret copyOf(std::string_view text) { return copyOf(asBytes(text)); }

    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    Secret clone() const { return copyOf(view()); }
    BytesView view() const { return {m_data, m_size}; }
    std::span<std::uint8_t> bytes() { return {m_data, m_size}; }
    std::string_view text() const { return asText(view()); }
    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    /// Keeps the first `size` bytes; the rest is wiped.
    void shrink(std::size_t size);
    /// In constant time for equal lengths.
    bool equals(const Secret& other) const;

    /// RFC 4648 section 4, padded.
    Secret toBase64() const;
    /// BadUsage unless `text` is canonical base64.
    static Result<Secret> fromBase64(std::string_view text);

private:
    void release() noexcept;

    std::uint8_t* m_data = nullptr;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

/// Reads one line from a descriptor, without echo where it is a terminal (a prompt then goes to it), up to 4096 bytes;
/// the line's end is not part of it. End of file before any byte is BadUsage.
Result<Secret> readSecret(int fd, std::string_view prompt);
/// All of a file that holds a secret in several lines (a key in PEM), up to 16 KiB; as readSecretFile.
Result<Secret> readSecretDocument(const std::string& path);
/// Reads a secret's file: mode 0400 (or 0600) and owned by this user, else BadConfig.
Result<Secret> readSecretFile(const std::string& path);

}  // namespace keystamp
