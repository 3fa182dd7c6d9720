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

Error refusal(std::string why) { return Error{ErrorCode::CsrRefused, std::move(why)}; }

Result<KeyAlgorithm> pointOn(KeyAlgorithm curve, BytesView point, std::size_t coordinate) {
    if (point.size() == 1 + 2 * coordinate && point[0] == kUncompressed) return curve;
    if (point.size() == 1 + coordinate && (point[0] == 0x02 || point[0] == 0x03))
        return refusal("its EC point is compressed; the uncompressed form is needed");
    return refusal("its EC point is not in uncompressed form");
}

Result<KeyAlgorithm> rsaOf(BytesView bits) {
    der::Reader outer{bits};
    const auto key = outer.next(der::kSequence);
    if (!key || !outer.atEnd() || !der::isStrict(bits)) return refusal("its RSA key is not DER");
    der::Reader reader{key->content};
    const auto modulus = reader.next(der::kInteger);
    const auto exponent = reader.next(der::kInteger);
    if (!modulus || !exponent || !reader.atEnd()) return refusal("its RSA key is not a modulus and an exponent");
    const BytesView n = modulus->content;
    const BytesView e = exponent->content;
    if ((n[0] & 0x80) != 0) return refusal("its RSA modulus is negative");
    if ((n.back() & 1) == 0) return refusal("its RSA modulus is even");
    if ((e[0] & 0x80) != 0 || bitLength(e) < 17 || bitLength(e) > 64 || (e.back() & 1) == 0)
        return refusal("its RSA exponent is weak: odd ones from 65537 to 64 bits are allowed");
    switch (const std::size_t size = bitLength(n)) {
        case 2048:
            return KeyAlgorithm::Rsa2048;
        case 3072:
            return KeyAlgorithm::Rsa3072;
        case 4096:
            return KeyAlgorithm::Rsa4096;
        default:
            return refusal(fmt::format("RSA of {} bits; 2048, 3072 or 4096 are allowed", size));
    }
}

// AlgorithmIdentifier of an EC key whose curve is spelled out instead of named: whoever writes it chooses the generator, too
// (CVE-2020-0601).
bool hasExplicitCurve(BytesView algorithm) {
    const BytesView idEcPublicKey = BytesView{kP256}.subspan(2, 9);
    der::Reader outer{algorithm};
    const auto sequence = outer.next(der::kSequence);
    if (!sequence) return false;
    der::Reader reader{sequence->content};
    const auto oid = reader.next(der::kOid);
    return oid && same(oid->whole, idEcPublicKey) && !reader.next(der::kOid);
}

}  // namespace

Result<KeyAlgorithm> keyAlgorithm(BytesView spki) {
    const auto parts = parse(spki);
    if (!parts) return refusal("its public key is not DER");
    if (same(parts->algorithm, kP256)) return pointOn(KeyAlgorithm::P256, parts->bits, 32);
    if (same(parts->algorithm, kP384)) return pointOn(KeyAlgorithm::P384, parts->bits, 48);
    if (same(parts->algorithm, kRsa)) return rsaOf(parts->bits);
    if (hasExplicitCurve(parts->algorithm)) return refusal("its EC key does not name its curve");
    return refusal("its public key is neither P-256, P-384 nor RSA");
}

std::optional<std::string> problemWithKey(BytesView spki, const std::set<KeyAlgorithm>& allowed) {
    const auto found = keyAlgorithm(spki);
    if (!found) return found.error().detail;
    if (allowed.contains(*found)) return std::nullopt;
    return fmt::format("the profile has no {} keys", name(*found));
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
