// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/identity.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/releaser.h"
#include "flashing/leaf_key.h"

namespace keystamp::flashing::esp32 {
namespace {

constexpr std::string_view kCertificateBegin = "-----BEGIN CERTIFICATE-----\n";
constexpr std::string_view kCertificateEnd = "-----END CERTIFICATE-----\n";
constexpr std::string_view kKeyBegin = "-----BEGIN PRIVATE KEY-----\n";
constexpr std::string_view kKeyEnd = "-----END PRIVATE KEY-----\n";
constexpr std::size_t kPemLine = 64;

// A P-256 key in PKCS #8 (RFC 5958, RFC 5915) as station and agents make it: the scalar's place is always the same.
constexpr std::size_t kScalarAt = 36;
constexpr std::size_t kScalar = 32;
constexpr std::size_t kPoint = 65;
constexpr std::size_t kPkcs8 = 138;

Secret pem(std::string_view begin, const Secret& base64, std::string_view end) {
    const std::size_t lines = (base64.size() + kPemLine - 1) / kPemLine;
    Secret text{begin.size() + base64.size() + lines + end.size()};
    auto at = std::copy(begin.begin(), begin.end(), text.bytes().begin());
    for (std::size_t line = 0; line < base64.size(); line += kPemLine) {
        const BytesView part = base64.view().subspan(line, std::min(kPemLine, base64.size() - line));
        at = std::copy(part.begin(), part.end(), at);
        *at++ = '\n';
    }
    std::copy(end.begin(), end.end(), at);
    return text;
}

/// The DER of the first block; empty where there is none.
Secret derOf(std::string_view text, std::string_view begin, std::string_view end) {
    const auto start = text.find(begin);
    const auto stop = text.find(end);
    if (start != 0 || stop == std::string_view::npos) return {};
    Secret base64{stop - begin.size()};
    std::size_t size = 0;
    for (const char each : text.substr(begin.size(), base64.size())) {
        if (each != '\n') base64.bytes()[size++] = static_cast<std::uint8_t>(each);
    }
    base64.shrink(size);
    auto der = Secret::fromBase64(base64.text());
    return der ? *std::move(der) : Secret{};
}

Secret join(const std::vector<Secret>& parts) {
    std::size_t size = 0;
    for (const Secret& part : parts) size += part.size();
    Secret all{size};
    auto at = all.bytes().begin();
    for (const Secret& part : parts) at = std::copy(part.view().begin(), part.view().end(), at);
    return all;
}

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

std::optional<Digest> digestOf(const Layout& layout, const NvsContents& contents) {
    if (const Secret* sas = textOf(contents, layout.sasKey)) {
        const auto key = Secret::fromBase64(sas->text());
        return key ? std::optional{sha256(key->view())} : std::nullopt;
    }
    const Secret* certificate = textOf(contents, layout.certificate);
    const Secret* key = textOf(contents, layout.privateKey);
    if (certificate == nullptr || key == nullptr) return {};
    const Secret leaf = derOf(certificate->text(), kCertificateBegin, kCertificateEnd);
    if (!isKeyOf(derOf(key->text(), kKeyBegin, kKeyEnd), leaf.view())) return {};
    return sha256(leaf.view());
}

}  // namespace

Result<Secret> imageOf(const Layout& layout, const Credential& credential, std::size_t partition) {
    std::vector<NvsText> texts{{layout.scopeId, asBytes(credential.scopeId)}, {layout.deviceId, asBytes(credential.id.text())}};
    Secret sasKey, chain, privateKey;
    if (!credential.sasKey.empty()) {
        sasKey = credential.sasKey.toBase64();
        texts.push_back({layout.sasKey, sasKey.view()});
    } else {
        std::vector<Secret> certificates;
        for (const Bytes& each : credential.chain) {
            certificates.push_back(pem(kCertificateBegin, Secret::copyOf(toBase64(each)), kCertificateEnd));
        }
        chain = join(certificates);
        privateKey = pem(kKeyBegin, credential.privateKey.toBase64(), kKeyEnd);
        texts.push_back({layout.certificate, chain.view()});
        texts.push_back({layout.privateKey, privateKey.view()});
    }
    return makeNvs(layout.nameSpace, texts, partition);
}

void readIdentity(const Layout& layout, const NvsContents& contents, BoardInfo& info) {
    const Secret* id = textOf(contents, layout.deviceId);
    const Secret* scope = textOf(contents, layout.scopeId);
    if (contents.broken || id == nullptr || scope == nullptr) return;
    info.credential = digestOf(layout, contents);
    if (!info.credential) return;
    info.deviceId = id->text();
    info.scopeId = scope->text();
}

}  // namespace keystamp::flashing::esp32
