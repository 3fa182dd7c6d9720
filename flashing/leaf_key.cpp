// SPDX-License-Identifier: Apache-2.0
// OpenSSL 3.0 takes longer to look for a decoder of a public key than to verify a signature with it. Nearly all leaves have
// P-256 keys, whose SubjectPublicKeyInfo has one form (RFC 5480): that one is read here, any other by OpenSSL.
#include "flashing/leaf_key.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
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

// A P-256 key in PKCS #8 (RFC 5958, RFC 5915) as station and agents make it: the scalar's place is always the same.
constexpr std::size_t kScalarAt = 36;
constexpr std::size_t kScalar = 32;
constexpr std::size_t kPkcs8 = 138;

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

// Scalar times the generator is the leaf's point: by hand, for OpenSSL's decoder would leave the scalar in plain heap.
bool isKeyOf(const Secret& pkcs8, BytesView leaf) {
    const KeyPtr key = keyOfLeaf(leaf);
    std::array<std::uint8_t, kPoint> wanted{};
    std::size_t size = 0;
    if (!key || pkcs8.size() != kPkcs8 ||
        EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_PUB_KEY, wanted.data(), wanted.size(), &size) != 1 || size != kPoint) {
        return false;
    }
    const std::unique_ptr<EC_GROUP, Releaser<EC_GROUP_free>> group{EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)};
    const std::unique_ptr<EC_POINT, Releaser<EC_POINT_free>> point{EC_POINT_new(group.get())};
    const std::unique_ptr<BIGNUM, Releaser<BN_clear_free>> scalar{BN_secure_new()};
    std::array<std::uint8_t, kPoint> found{};
    return BN_bin2bn(pkcs8.view().data() + kScalarAt, kScalar, scalar.get()) != nullptr &&
           EC_POINT_mul(group.get(), point.get(), scalar.get(), nullptr, nullptr, nullptr) == 1 &&
           EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, found.data(), found.size(), nullptr) == kPoint &&
           found == wanted;
}

bool isLeafOf(BytesView leaf, std::string_view id) {
    const unsigned char* der = leaf.data();
    const std::unique_ptr<X509, Releaser<X509_free>> parsed{d2i_X509(nullptr, &der, static_cast<long>(leaf.size()))};
    std::array<char, 65> name{};
    const int size = parsed ? X509_NAME_get_text_by_NID(X509_get_subject_name(parsed.get()), NID_commonName, name.data(), name.size()) : -1;
    ERR_clear_error();
    return size >= 0 && id == std::string_view{name.data(), static_cast<std::size_t>(size)};
}

}  // namespace keystamp::flashing
