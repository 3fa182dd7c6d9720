// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/signing_key.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "hsm/signer/der.h"

namespace keystamp::hsm {
namespace {

constexpr std::uint8_t kEcPublicKey[] = {0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01};  // RFC 5480 section 2.1.1
constexpr std::uint8_t kRsaEncryption[] = {0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
constexpr std::uint8_t kNoUnusedBits[] = {0};
constexpr std::uint8_t kUncompressed = 0x04;

// DigestInfo up to the digest itself (RFC 8017 section 9.2, note 1)
constexpr std::uint8_t kSha256Info[] = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                        0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
constexpr std::uint8_t kSha384Info[] = {0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                        0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0x04, 0x30};

template <typename T>
std::optional<T> scalar(const Bytes& value) {
    T number{};
    if (value.size() != sizeof number) return std::nullopt;
    std::memcpy(&number, value.data(), sizeof number);
    return number;
}

// An attribute of the first of these objects that has it; empty where none has.
Bytes firstOf(const Session& session, const std::vector<CK_OBJECT_HANDLE>& objects, CK_ATTRIBUTE_TYPE type) {
    for (const CK_OBJECT_HANDLE object : objects) {
        auto value = session.attribute(object, type);
        if (value && !value->empty()) return std::move(value).value();
    }
    return {};
}

// CKA_EC_POINT is an OCTET STRING (v2.40, section 2.3.3 of the mechanisms); older modules give the point as it is.
Bytes pointOf(const Bytes& attribute) {
    const auto isPoint = [](BytesView bytes) { return bytes.size() % 2 == 1 && bytes.size() >= 33 && bytes[0] == kUncompressed; };
    der::Reader reader{attribute};
    const auto wrapped = reader.next(der::kOctetString);
    if (wrapped && reader.atEnd() && isPoint(wrapped->content)) return toBytes(wrapped->content);
    return isPoint(attribute) ? attribute : Bytes{};
}

Bytes spki(const Bytes& algorithm, BytesView bits) {
    return der::wrap(der::kSequence, {algorithm, der::wrap(der::kBitString, {BytesView{kNoUnusedBits}, bits})});
}

bool readEc(const Session& session, const std::vector<CK_OBJECT_HANDLE>& halves, SigningKey& key) {
    const Bytes curve = firstOf(session, halves, CKA_EC_PARAMS);
    const Bytes point = pointOf(firstOf(session, halves, CKA_EC_POINT));
    if (curve.empty() || point.empty()) return false;
    key.size = (point.size() - 1) / 2;
    key.publicKey = spki(der::wrap(der::kSequence, {BytesView{kEcPublicKey}, curve}), point);
    return true;
}

bool readRsa(const Session& session, const std::vector<CK_OBJECT_HANDLE>& halves, SigningKey& key) {
    const Bytes modulus = firstOf(session, halves, CKA_MODULUS);
    const Bytes exponent = firstOf(session, halves, CKA_PUBLIC_EXPONENT);
    const auto first = std::find_if(modulus.begin(), modulus.end(), [](std::uint8_t byte) { return byte != 0; });
    if (first == modulus.end() || exponent.empty()) return false;
    key.size = static_cast<std::size_t>(modulus.end() - first);
    key.publicKey = spki(der::wrap(der::kSequence, BytesView{kRsaEncryption}),
                         der::wrap(der::kSequence, {der::positive(modulus), der::positive(exponent)}));
    return true;
}

struct Way {
    CK_MECHANISM_TYPE mechanism;
    Bytes input;
};

Bytes digestOf(const EVP_MD* digest, BytesView message) {
    Bytes value(static_cast<std::size_t>(EVP_MD_get_size(digest)));
    EVP_Digest(message.data(), message.size(), value.data(), nullptr, digest, nullptr);
    return value;
}

Result<Way> wayOf(const Abilities& abilities, const SigningKey& key, const EVP_MD* digest, BytesView message) {
    const bool sha256 = EVP_MD_is_a(digest, "SHA256") == 1;
    if (!sha256 && EVP_MD_is_a(digest, "SHA384") != 1) return Error{ErrorCode::Internal, EVP_MD_get0_name(digest), 0, "C_SignInit"};
    const bool ec = key.type == CKK_EC;
    const CK_MECHANISM_TYPE raw = ec ? CKM_ECDSA : CKM_RSA_PKCS;
    const CK_MECHANISM_TYPE hashing = ec ? (sha256 ? CKM_ECDSA_SHA256 : CKM_ECDSA_SHA384)
                                         : (sha256 ? CKM_SHA256_RSA_PKCS : CKM_SHA384_RSA_PKCS);
    if (abilities.can(raw)) {
        Bytes input = digestOf(digest, message);
        const BytesView info = sha256 ? BytesView{kSha256Info} : BytesView{kSha384Info};
        if (!ec) input.insert(input.begin(), info.begin(), info.end());
        return Way{raw, std::move(input)};
    }
    if (abilities.can(hashing)) return Way{hashing, toBytes(message)};
    return Error{ErrorCode::HsmFault,
                 fmt::format("this token signs neither with {0} nor with {1}{0}", ec ? "ECDSA" : "RSA PKCS #1",
                             sha256 ? "SHA-256 and " : "SHA-384 and "),
                 static_cast<long>(CKR_MECHANISM_INVALID), "C_GetMechanismInfo"};
}

// PKCS#11 has r and s side by side (v2.40, section 2.3.1 of the mechanisms), certificates have them in a SEQUENCE.
Result<Bytes> toDerSignature(const Bytes& sides, std::size_t size) {
    if (sides.size() != 2 * size) {
        return Error{ErrorCode::HsmFault, fmt::format("an ECDSA signature of {} bytes, not {}", sides.size(), 2 * size), 0, "C_Sign"};
    }
    const BytesView both{sides};
    return der::wrap(der::kSequence, {der::positive(both.first(size)), der::positive(both.last(size))});
}

}  // namespace

Result<SigningKey> readSigningKey(const Session& session, CK_OBJECT_HANDLE privateKey, const Bytes& ckaId) {
    const auto publicHalves = session.find(CKO_PUBLIC_KEY, ckaId);
    if (!publicHalves) return publicHalves.error();
    const auto type = session.attribute(privateKey, CKA_KEY_TYPE);
    if (!type) return type.error();
    // SoftHSM and others give no CKA_EC_POINT with the private half, some smart cards no public object
    std::vector<CK_OBJECT_HANDLE> halves = *publicHalves;
    halves.push_back(privateKey);
    SigningKey key;
    key.handle = privateKey;
    key.type = scalar<CK_KEY_TYPE>(*type).value_or(CKK_VENDOR_DEFINED);
    if (key.type != CKK_EC && key.type != CKK_RSA) {
        return Error{ErrorCode::KeyMissing, fmt::format("key {} is neither EC nor RSA", toHex(ckaId))};
    }
    if (!(key.type == CKK_EC ? readEc(session, halves, key) : readRsa(session, halves, key))) {
        return Error{ErrorCode::KeyMissing,
                     fmt::format("the token has no public half of key {}; bring it as a public key object of the same CKA_ID", toHex(ckaId))};
    }
    const auto asks = session.attribute(privateKey, CKA_ALWAYS_AUTHENTICATE);
    key.asksEachTime = asks && scalar<CK_BBOOL>(*asks).value_or(CK_FALSE) != CK_FALSE;
    return key;
}

Result<Bytes> signWithKey(Session& session, const Abilities& abilities, const SigningKey& key, const EVP_MD* digest,
                          BytesView message, const Secret* pin) {
    const auto way = wayOf(abilities, key, digest, message);
    if (!way) return way.error();
    const std::size_t longest = key.type == CKK_EC ? 2 * key.size : key.size;
    auto signature = session.sign(key.handle, way->mechanism, way->input, longest, pin);
    if (!signature) return signature;
    return key.type == CKK_EC ? toDerSignature(*signature, key.size) : signature;
}

}  // namespace keystamp::hsm
