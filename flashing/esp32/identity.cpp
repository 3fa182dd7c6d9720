// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/identity.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/releaser.h"
#include "flashing/esp32/pem.h"
#include "flashing/leaf_key.h"

namespace keystamp::flashing::esp32 {
namespace {

// A P-256 key in PKCS #8 (RFC 5958, RFC 5915) as station and agents make it: the scalar's place is always the same.
constexpr std::size_t kScalarAt = 36;
constexpr std::size_t kScalar = 32;
constexpr std::size_t kPoint = 65;
constexpr std::size_t kPkcs8 = 138;

/// Whether scalar times the generator is the leaf's point. By hand, for OpenSSL's decoder would leave the scalar in plain heap.
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

const Secret* textOf(const NvsContents& contents, const std::string& name) {
    const auto found = contents.texts.find(name);
    return found == contents.texts.end() ? nullptr : &found->second;
}

/// Whether the leaf's subject is this device.
bool isOf(BytesView leaf, std::string_view id) {
    const unsigned char* der = leaf.data();
    const std::unique_ptr<X509, Releaser<X509_free>> parsed{d2i_X509(nullptr, &der, static_cast<long>(leaf.size()))};
    std::array<char, 65> name{};
    const int size = parsed ? X509_NAME_get_text_by_NID(X509_get_subject_name(parsed.get()), NID_commonName, name.data(), name.size()) : -1;
    ERR_clear_error();
    return size >= 0 && id == std::string_view{name.data(), static_cast<std::size_t>(size)};
}

std::optional<Digest> digestOf(std::string_view certificates, std::string_view privateKey) {
    const Secret leaf = derOf(certificates, kCertificateLabel);
    if (!isKeyOf(derOf(privateKey, kPrivateKeyLabel), leaf.view())) return {};
    return sha256(leaf.view());
}

std::optional<Digest> inNvs(const Layout& layout, const NvsContents& contents) {
    if (const Secret* sas = textOf(contents, layout.sasKey)) {
        const auto key = Secret::fromBase64(sas->text());
        return key ? std::optional{sha256(key->view())} : std::nullopt;
    }
    const Secret* certificate = textOf(contents, layout.certificate);
    const Secret* key = textOf(contents, layout.privateKey);
    if (certificate == nullptr || key == nullptr) return {};
    return digestOf(certificate->text(), key->text());
}

std::optional<Digest> inSecureCert(const SecureCertContents& contents, std::string_view id) {
    const auto certificate = contents.values.find(TlvType::DeviceCertificate);
    const auto key = contents.values.find(TlvType::PrivateKey);
    if (!contents.whole() || certificate == contents.values.end() || key == contents.values.end()) return {};
    if (!isOf(derOf(certificate->second.text(), kCertificateLabel).view(), id)) return {};
    return digestOf(certificate->second.text(), key->second.text());
}

/// With its end, by which a firmware's parser knows PEM.
Secret terminated(const Secret& text) {
    Secret all{text.size() + 1};
    std::copy(text.view().begin(), text.view().end(), all.bytes().begin());
    return all;
}

}  // namespace

Result<Secret> nvsImageOf(const Layout& layout, const Credential& credential, std::size_t partition) {
    std::vector<NvsText> texts{{layout.scopeId, asBytes(credential.scopeId)}, {layout.deviceId, asBytes(credential.id.text())}};
    Secret sasKey, chain, privateKey;
    if (!credential.sasKey.empty()) {
        sasKey = credential.sasKey.toBase64();
        texts.push_back({layout.sasKey, sasKey.view()});
    } else if (!layout.inSecureCert) {
        chain = pemOf(credential.chain);
        privateKey = pemOf(kPrivateKeyLabel, credential.privateKey.toBase64());
        texts.push_back({layout.certificate, chain.view()});
        texts.push_back({layout.privateKey, privateKey.view()});
    }
    return makeNvs(layout.nameSpace, texts, partition);
}

Result<Secret> secureCertImageOf(const Credential& credential, std::size_t partition) {
    const Secret chain = terminated(pemOf(credential.chain));
    const Secret privateKey = terminated(pemOf(kPrivateKeyLabel, credential.privateKey.toBase64()));
    std::vector<Tlv> tlvs{{TlvType::DeviceCertificate, chain.view()}, {TlvType::PrivateKey, privateKey.view()}};
    Secret issuer;
    if (credential.chain.size() > 1) {
        issuer = terminated(pemOf({credential.chain[1]}));
        tlvs.insert(tlvs.begin(), {TlvType::CaCertificate, issuer.view()});
    }
    return makeSecureCert(tlvs, partition);
}

void readIdentity(const Layout& layout, const Stored& stored, BoardInfo& info) {
    const Secret* id = textOf(stored.nvs, layout.deviceId);
    const Secret* scope = textOf(stored.nvs, layout.scopeId);
    if (stored.nvs.broken || id == nullptr || scope == nullptr) return;
    info.credential = inNvs(layout, stored.nvs);
    if (!info.credential) info.credential = inSecureCert(stored.secureCert, id->text());
    if (!info.credential) return;
    info.deviceId = id->text();
    info.scopeId = scope->text();
}

bool isForeign(const Layout& layout, const Stored& stored) {
    const auto has = [&](const std::string& name) { return textOf(stored.nvs, name) != nullptr; };
    if (stored.secureCert.blank) return false;
    const bool named = !stored.nvs.broken && has(layout.deviceId) && has(layout.scopeId);
    const bool another = has(layout.sasKey) || has(layout.certificate) || has(layout.privateKey);
    if (stored.secureCert.foreign || !named || another) return true;
    return stored.secureCert.whole() && !inSecureCert(stored.secureCert, textOf(stored.nvs, layout.deviceId)->text());
}

}  // namespace keystamp::flashing::esp32
