// SPDX-License-Identifier: Apache-2.0
#include "core/bytes.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <cstdlib>
#include <memory>

#include "core/releaser.h"

namespace keystamp {
namespace {

std::string hexWith(const char* digits, BytesView bytes) {
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

int nibble(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string toHex(BytesView bytes) { return hexWith("0123456789abcdef", bytes); }
std::string toHexUpper(BytesView bytes) { return hexWith("0123456789ABCDEF", bytes); }

Result<Bytes> fromHex(std::string_view hex) {
    Bytes bytes;
    if (hex.size() % 2 != 0) return Error{ErrorCode::BadUsage, "hexadecimal of odd length"};
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = nibble(hex[i]);
        const int low = nibble(hex[i + 1]);
        if (high < 0 || low < 0) return Error{ErrorCode::BadUsage, "not hexadecimal"};
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return bytes;
}

std::string toBase64(BytesView bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int written = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                        static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(written));
    return text;
}

std::string pemOf(BytesView der, std::string_view label) {
    const std::string text = toBase64(der);
    std::string pem = "-----BEGIN " + std::string{label} + "-----\n";
    for (std::size_t at = 0; at < text.size(); at += 64) pem += text.substr(at, 64) + "\n";
    return pem + "-----END " + std::string{label} + "-----\n";
}

Result<Bytes> fromBase64(std::string_view text) {
    const auto refused = Error{ErrorCode::BadUsage, "not base64"};
    if (text.size() % 4 != 0) return refused;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
    Bytes bytes(text.size() / 4 * 3);
    const int written = EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                        static_cast<int>(text.size()));
    if (written < 0) return refused;
    bytes.resize(static_cast<std::size_t>(written) - padding);
    // EVP_DecodeBlock trims white space and takes '=' anywhere: only the canonical spelling is one
    if (toBase64(bytes) != text) return refused;
    return bytes;
}

// SHA256() looks the algorithm up and makes a context at each call, which takes longer than to hash a row of the audit log.
Digest sha256(BytesView bytes) {
    static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    thread_local const std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>> context{EVP_MD_CTX_new()};
    Digest digest;
    // without a hash there is nothing to go on with
    if (EVP_DigestInit_ex2(context.get(), algorithm, nullptr) != 1 || EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
        EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1) {
        std::abort();
    }
    return digest;
}

Digest sha256(std::string_view text) { return sha256(asBytes(text)); }

std::array<std::uint8_t, 20> sha1(BytesView bytes) {
    std::array<std::uint8_t, 20> digest{};
    SHA1(bytes.data(), bytes.size(), digest.data());
    return digest;
}

Bytes randomBytes(std::size_t count) {
    Bytes bytes(count);
    // without randomness no key, nonce or serial may be made: there is nothing to go on with
    if (RAND_priv_bytes(bytes.data(), static_cast<int>(count)) != 1) std::abort();
    return bytes;
}

std::string randomUuid() {
    Bytes b = randomBytes(16);
    b[6] = static_cast<std::uint8_t>((b[6] & 0x0f) | 0x40);
    b[8] = static_cast<std::uint8_t>((b[8] & 0x3f) | 0x80);
    const std::string hex = toHex(b);
    return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4),
                       hex.substr(20));
}

}  // namespace keystamp
