// SPDX-License-Identifier: Apache-2.0
// Bytes and their usual spellings. uint8_t, as OpenSSL, SQLite, libserialport and CBOR libraries all have it: std::byte
// would cost a cast at every border. All functions here may be called from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace keystamp {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;  ///< a SHA-256

inline BytesView asBytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view asText(BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes toBytes(BytesView bytes) { return {bytes.begin(), bytes.end()}; }

/// Lower case, no separators.
std::string toHex(BytesView bytes);
/// Upper case, as IoT Central's API shows thumbprints.
std::string toHexUpper(BytesView bytes);
/// Either case, no separators; BadUsage otherwise.
Result<Bytes> fromHex(std::string_view hex);

/// RFC 4648 section 4, padded, no line breaks. For public bytes; a secret has Secret::toBase64.
std::string toBase64(BytesView bytes);
Result<Bytes> fromBase64(std::string_view text);
/// RFC 7468: base64 in lines of 64 between BEGIN and END.
std::string pemOf(BytesView der, std::string_view label = "CERTIFICATE");

Digest sha256(BytesView bytes);
Digest sha256(std::string_view text);
std::array<std::uint8_t, 20> sha1(BytesView bytes);  ///< thumbprints only

/// Random bytes from OpenSSL's private generator.
Bytes randomBytes(std::size_t count);
/// RFC 9562 version 4, for job names.
std::string randomUuid();

}  // namespace keystamp
