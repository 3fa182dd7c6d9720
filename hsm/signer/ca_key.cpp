// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ca_key.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "hsm/signer/ca_certificate.h"
#include "hsm/signer/der.h"
#include "hsm/signer/public_key.h"
#include "hsm/signer/session.h"
#include "hsm/signer/signing.h"

namespace keystamp::hsm {
namespace {

using der::wrap;

struct KindWords {
    PairKind kind;
    std::string_view word, keyType;
};
constexpr std::array kKinds{KindWords{PairKind::P256, "ec-p256", "EC P-256"},
                            KindWords{PairKind::P384, "ec-p384", "EC P-384"},
                            KindWords{PairKind::Rsa3072, "rsa-3072", "RSA 3072"}};

constexpr std::uint8_t kVersion1[] = {0x02, 0x01, 0x00};
constexpr std::uint8_t kTrue[] = {0x01, 0x01, 0xff};
constexpr std::uint8_t kNoUnusedBits[] = {0x00};
// extensionRequest (PKCS #9), and the extensions it holds
constexpr std::uint8_t kExtensionRequest[] = {0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x0e};
constexpr std::uint8_t kBasicConstraints[] = {0x06, 0x03, 0x55, 0x1d, 0x13};
constexpr std::uint8_t kKeyUsage[] = {0x06, 0x03, 0x55, 0x1d, 0x0f};
constexpr std::uint8_t kSubjectKeyIdentifier[] = {0x06, 0x03, 0x55, 0x1d, 0x0e};
constexpr std::uint8_t kCaOfNoOther[] = {0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0x00};  // CA:true, pathlen:0
constexpr std::uint8_t kCertAndCrlSign[] = {0x03, 0x02, 0x01, 0x06};

Bytes extension(BytesView oid, bool critical, BytesView value) {
    return wrap(der::kSequence, {oid, critical ? BytesView{kTrue} : BytesView{}, wrap(der::kOctetString, value)});
}

Bytes requestInfo(const Bytes& subject, const Bytes& publicKey) {
    const Bytes extensions =
        wrap(der::kSequence, {extension(kBasicConstraints, true, kCaOfNoOther), extension(kKeyUsage, true, kCertAndCrlSign),
                              extension(kSubjectKeyIdentifier, false, wrap(der::kOctetString, keyIdentifier(publicKey)))});
    const Bytes attribute = wrap(der::kSequence, {BytesView{kExtensionRequest}, wrap(der::kSet, extensions)});
    return wrap(der::kSequence, {BytesView{kVersion1}, subject, publicKey, wrap(der::kContext0, attribute)});
}

using NamePtr = std::unique_ptr<X509_NAME, Releaser<X509_NAME_free>>;
using Attribute = std::pair<std::string, std::string>;

Error badName(std::string why) { return Error{ErrorCode::BadUsage, "the subject " + std::move(why)}; }

Result<Attribute> toAttribute(const std::string& part) {
    constexpr std::array<std::string_view, 6> kKnown{"CN", "O", "OU", "L", "ST", "C"};
    const auto equals = part.find('=');
    const auto begins = part.find_first_not_of(' ');
    if (equals == std::string::npos || begins > equals) return badName("has a part that is not NAME=text: " + part);
    Attribute attribute{part.substr(begins, equals - begins), part.substr(equals + 1)};
    if (std::find(kKnown.begin(), kKnown.end(), attribute.first) == kKnown.end()) {
        return badName("may have CN, O, OU, L, ST and C; not " + attribute.first);
    }
    return attribute;
}

// At each comma that no backslash stands before.
Result<std::vector<Attribute>> takeApart(const std::string& text) {
    std::vector<Attribute> attributes;
    std::string part;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && text[at] == '\\' && at + 1 < text.size()) {
            part += text[++at];
        } else if (at < text.size() && text[at] != ',') {
            part += text[at];
        } else {
            auto attribute = toAttribute(part);
            if (!attribute) return attribute.error();
            attributes.push_back(std::move(*attribute));
            part.clear();
        }
    }
    return attributes;
}

bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

Result<std::vector<CK_OBJECT_HANDLE>> find(Token& token, CK_OBJECT_CLASS kind, const Bytes& ckaId) {
    std::vector<CK_OBJECT_HANDLE> found;
    const auto looked = token.withSession([&](Session& session) -> Result<void> {
        auto objects = session.find(kind, ckaId);
        if (!objects) return objects.error();
        found = std::move(*objects);
        return {};
    });
    if (!looked) return looked.error();
    return found;
}

Result<void> keepsInside(Token& token, CK_OBJECT_HANDLE key, const Bytes& ckaId) {
    return token.withSession([&](Session& session) -> Result<void> {
        const auto inside = session.staysInside(key);
        if (!inside) return inside.error();
        if (*inside) return {};
        return Error{ErrorCode::SignerRefused, fmt::format("key {} can be taken out of the HSM; no CA's may: name another "
                                                           "ca_key, or let this command make it",
                                                           toHex(ckaId))};
    });
}

}  // namespace

Result<PairKind> parsePairKind(const std::string& text) {
    for (const auto& one : kKinds) {
        if (one.word == text) return one.kind;
    }
    return Error{ErrorCode::BadUsage, "key \"" + text + "\": ec-p256, ec-p384 or rsa-3072"};
}

std::string_view keyTypeOf(PairKind kind) {
    return std::find_if(kKinds.begin(), kKinds.end(), [&](const KindWords& one) { return one.kind == kind; })->keyType;
}

Result<bool> hasCaKey(Token& token, const Bytes& ckaId) {
    const auto privateHalves = find(token, CKO_PRIVATE_KEY, ckaId);
    if (!privateHalves) return privateHalves.error();
    if (privateHalves->size() > 1)
        return Error{ErrorCode::SignerRefused, fmt::format("{} private keys have CKA_ID {}", privateHalves->size(), toHex(ckaId))};
    if (privateHalves->size() == 1) {
        if (auto inside = keepsInside(token, privateHalves->front(), ckaId); !inside) return inside.error();
        return true;
    }
    const auto publicHalves = find(token, CKO_PUBLIC_KEY, ckaId);
    if (!publicHalves) return publicHalves.error();
    if (publicHalves->empty()) return false;
    // a pair made beside it would have two public halves, and nobody could tell which is whose
    return Error{ErrorCode::SignerRefused,
                 fmt::format("a public key with CKA_ID {} lies in the HSM without its private half; name another ca_key", toHex(ckaId))};
}

Result<void> makeCaKey(Token& token, const Bytes& ckaId, const std::string& label, PairKind kind) {
    auto made = token.withSession([&](Session& session) { return session.generatePair(kind, ckaId, label); });
    if (!made) return made;
    const auto there = hasCaKey(token, ckaId);
    if (!there) return there.error();
    if (*there) return {};
    return Error{ErrorCode::HsmFault, "the HSM made key " + toHex(ckaId) + " and does not find it", 0, "C_FindObjects"};
}

Result<Bytes> parseName(const std::string& text) {
    if (std::any_of(text.begin(), text.end(), isControl)) return badName("has control characters");
    const auto attributes = takeApart(text);
    if (!attributes) return attributes.error();
    const auto named = std::count_if(attributes->begin(), attributes->end(), [](const Attribute& one) { return one.first == "CN"; });
    if (named != 1) return badName("needs one CN");
    const NamePtr subject{X509_NAME_new()};
    for (auto one = attributes->rbegin(); one != attributes->rend(); ++one) {
        const auto& [field, value] = *one;
        // OpenSSL knows each one's length (RFC 5280 appendix A.1), and that C has two letters
        const auto* bytes = reinterpret_cast<const unsigned char*>(value.data());
        if (value.empty() || X509_NAME_add_entry_by_txt(subject.get(), field.c_str(), MBSTRING_UTF8, bytes,
                                                        static_cast<int>(value.size()), -1, 0) != 1) {
            ERR_clear_error();
            return badName(fmt::format("has a {} that is empty, too long or no UTF-8: {}", field, value));
        }
    }
    return toDer(i2d_X509_NAME, subject.get());
}

Result<Bytes> signCaRequest(Token& token, const Bytes& ckaId, const Bytes& subject) {
    const auto publicKey = token.publicKey(ckaId);
    if (!publicKey) return publicKey.error();
    const auto key = fromDer<EvpKeyPtr>(d2i_PUBKEY, *publicKey);
    const auto algorithm = key ? signingAlgorithm(key.get()) : std::nullopt;
    if (!algorithm) {
        ERR_clear_error();
        return Error{ErrorCode::SignerRefused,
                     "key " + toHex(ckaId) + " is neither P-256, P-384 nor RSA of 2048 bits or more; name another ca_key"};
    }
    const Bytes info = requestInfo(subject, *publicKey);
    const auto signature = signWithToken(token, ckaId, algorithm->digest, info);
    if (!signature) return signature.error();
    if (!verifies(key.get(), algorithm->digest, info, *signature))
        return Error{ErrorCode::HsmFault, "the HSM's signature does not verify with its own key", 0, "C_Sign"};
    return wrap(der::kSequence,
                {info, algorithm->identifier, wrap(der::kBitString, {BytesView{kNoUnusedBits}, *signature})});
}

}  // namespace keystamp::hsm
