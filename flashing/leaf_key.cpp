// SPDX-License-Identifier: Apache-2.0
// OpenSSL 3.0 takes longer to look for a decoder of a public key than to verify a signature with it. Nearly all leaves have
// P-256 keys, whose SubjectPublicKeyInfo has one form (RFC 5480): that one is read here, any other by OpenSSL.
#include "flashing/leaf_key.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>

#include "core/der.h"

namespace keystamp::flashing {
namespace {

/// SEQUENCE { SEQUENCE { ecPublicKey, prime256v1 }, BIT STRING, no unused bits }; behind it the point.
constexpr std::array<std::uint8_t, 26> kP256{0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
                                             0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00};
constexpr std::size_t kPoint = 65;

/// The SubjectPublicKeyInfo: behind version, serial number, algorithm, issuer, validity and subject.
BytesView publicKeyInfoOf(BytesView certificate) {
    der::Reader all{certificate, der::Lengths::Any};
    const auto outer = all.next(der::kSequence);
    if (!outer || !all.atEnd()) return {};
    const auto tbs = der::Reader{outer->content, der::Lengths::Any}.next(der::kSequence);
    if (!tbs) return {};
    der::Reader fields{tbs->content, der::Lengths::Any};
    for (const auto tag : {der::kContext0, der::kInteger, der::kSequence, der::kSequence, der::kSequence, der::kSequence}) {
        if (!fields.next(tag)) return {};
    }
    const auto info = fields.next();
    return info ? info->whole : BytesView{};
}

/// A key that knows its curve and has no point yet. To make the curve costs a fifth of a verification and more: it is copied.
KeyPtr emptyP256() {
    std::array<char, 6> group{"P-256"};
    std::array<OSSL_PARAM, 2> parameters{OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
                                         OSSL_PARAM_construct_end()};
    const std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>> context{EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr)};
    EVP_PKEY* key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEY_PARAMETERS, parameters.data()) != 1) {
        return nullptr;
    }
    return KeyPtr{key};
}

KeyPtr p256Of(BytesView point) {
    static const KeyPtr empty = emptyP256();
    KeyPtr key{EVP_PKEY_new()};
    if (!key || !empty || EVP_PKEY_copy_parameters(key.get(), empty.get()) != 1 ||
        EVP_PKEY_set1_encoded_public_key(key.get(), point.data(), point.size()) != 1) {
        return nullptr;  // not a point of the curve
    }
    return key;
}

KeyPtr byOpenssl(BytesView certificate) {
    const unsigned char* der = certificate.data();
    const std::unique_ptr<X509, Releaser<X509_free>> parsed{d2i_X509(nullptr, &der, static_cast<long>(certificate.size()))};
    return KeyPtr{parsed ? X509_get_pubkey(parsed.get()) : nullptr};
}

}  // namespace

KeyPtr keyOfLeaf(BytesView certificate) {
    const BytesView info = publicKeyInfoOf(certificate);
    const bool p256 = info.size() == kP256.size() + kPoint && std::equal(kP256.begin(), kP256.end(), info.begin());
    KeyPtr key = p256 ? p256Of(info.subspan(kP256.size())) : byOpenssl(certificate);
    ERR_clear_error();
    return key;
}

}  // namespace keystamp::flashing
