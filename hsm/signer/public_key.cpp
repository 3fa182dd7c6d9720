// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/public_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "hsm/signer/der.h"

namespace keystamp::hsm {
namespace {

constexpr std::uint8_t kP256[] = {0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
                                  0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
constexpr std::uint8_t kP384[] = {0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d,
                                  0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};
constexpr std::uint8_t kRsa[] = {0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
constexpr std::uint8_t kUncompressed = 0x04;

struct Parts {
    BytesView algorithm;
    BytesView bits;  ///< without the count of unused ones
};

std::optional<Parts> parse(BytesView spki) {
    if (!der::isStrict(spki)) return std::nullopt;
    der::Reader outer{spki};
    const auto info = outer.next(der::kSequence);
    if (!info) return std::nullopt;
    der::Reader reader{info->content};
    const auto algorithm = reader.next(der::kSequence);
    const auto bits = reader.next(der::kBitString);
    if (!algorithm || !bits || !reader.atEnd() || bits->content.size() < 2 || bits->content[0] != 0) return std::nullopt;
    return Parts{algorithm->whole, bits->content.subspan(1)};
}

bool same(BytesView a, BytesView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

std::size_t bitLength(BytesView integer) {
    while (!integer.empty() && integer[0] == 0) integer = integer.subspan(1);
    return integer.empty() ? 0 : integer.size() * 8 - static_cast<std::size_t>(std::countl_zero(integer[0]));
}

std::optional<std::string> problemWithPoint(BytesView point, std::size_t coordinate) {
    if (point.size() == 1 + 2 * coordinate && point[0] == kUncompressed) return std::nullopt;
    return "its EC point is not in uncompressed form";
}

std::optional<std::string> problemWithRsa(BytesView bits) {
    der::Reader outer{bits};
    const auto key = outer.next(der::kSequence);
    if (!key || !outer.atEnd() || !der::isStrict(bits)) return "its RSA key is not DER";
    der::Reader reader{key->content};
    const auto modulus = reader.next(der::kInteger);
    const auto exponent = reader.next(der::kInteger);
    if (!modulus || !exponent || !reader.atEnd()) return "its RSA key is not a modulus and an exponent";
    const std::size_t size = bitLength(modulus->content);
    if ((modulus->content[0] & 0x80) != 0 || size < 2048 || size > 4096) {
        return fmt::format("RSA of {} bits; 2048 to 4096 are allowed", size);
    }
    const BytesView e = exponent->content;
    if ((e[0] & 0x80) != 0 || bitLength(e) < 17 || bitLength(e) > 64 || (e.back() & 1) == 0) return "its RSA exponent is weak";
    return std::nullopt;
}

}  // namespace

std::optional<std::string> problemWithKey(BytesView spki) {
    const auto parts = parse(spki);
    if (!parts) return "its public key is not DER";
    if (same(parts->algorithm, kP256)) return problemWithPoint(parts->bits, 32);
    if (same(parts->algorithm, kP384)) return problemWithPoint(parts->bits, 48);
    if (same(parts->algorithm, kRsa)) return problemWithRsa(parts->bits);
    return "its public key is neither P-256, P-384 nor RSA";
}

Bytes keyIdentifier(BytesView spki) {
    const auto parts = parse(spki);
    if (!parts) return {};
    const auto digest = sha1(parts->bits);
    return Bytes(digest.begin(), digest.end());
}

}  // namespace keystamp::hsm
