// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/public_key.h"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <openssl/x509.h>

#include <algorithm>
#include <bit>

#include "hsm/signer/der.h"
#include "hsm/signer/openssl.h"

namespace keystamp::hsm {
namespace {

constexpr std::uint8_t kP256[] = {0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
                                  0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
constexpr std::uint8_t kP384[] = {0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d,
                                  0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};
constexpr std::uint8_t kRsa[] = {0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                                 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
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
    if (!algorithm || !bits || !reader.atEnd() || bits->content.size() < 2 || bits->content[0] != 0)
        return std::nullopt;
    return Parts{algorithm->whole, bits->content.subspan(1)};
}

bool same(BytesView a, BytesView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

// A key that knows its curve and has no point yet.
EvpKeyPtr emptyKey(std::string group) {
    const std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>> context{
        EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr)};
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
                               OSSL_PARAM_construct_end()};
    EVP_PKEY* key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEY_PARAMETERS, parameters) != 1) {
        return nullptr;
    }
    return EvpKeyPtr{key};
}

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
    if ((e[0] & 0x80) != 0 || bitLength(e) < 17 || bitLength(e) > 64 || (e.back() & 1) == 0)
        return "its RSA exponent is weak";
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

EvpKeyPtr publicKeyFrom(BytesView spki) {
    static const EvpKeyPtr p256 = emptyKey("P-256");
    static const EvpKeyPtr p384 = emptyKey("P-384");
    const auto parts = parse(spki);
    EvpKeyPtr key;
    if (parts && !same(parts->algorithm, kRsa)) {
        const EvpKeyPtr& empty = same(parts->algorithm, kP256) ? p256 : p384;
        key.reset(EVP_PKEY_new());
        if (!key || !empty || EVP_PKEY_copy_parameters(key.get(), empty.get()) != 1 ||
            EVP_PKEY_set1_encoded_public_key(key.get(), parts->bits.data(), parts->bits.size()) != 1) {
            key.reset();
        }
    } else if (parts) {
        key = fromDer<EvpKeyPtr>(d2i_PUBKEY, spki);
    }
    ERR_clear_error();
    return key;
}

Bytes keyIdentifier(BytesView spki) {
    const auto parts = parse(spki);
    if (!parts) return {};
    const auto digest = sha1(parts->bits);
    return Bytes(digest.begin(), digest.end());
}

}  // namespace keystamp::hsm
