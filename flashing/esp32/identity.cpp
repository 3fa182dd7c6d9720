// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/identity.h"

#include <algorithm>

#include "flashing/leaf_key.h"
#include "flashing/pem.h"

namespace keystamp::flashing::esp32 {
namespace {

const Secret* textOf(const NvsContents& contents, const std::string& name) {
    const auto found = contents.texts.find(name);
    return found == contents.texts.end() ? nullptr : &found->second;
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
    if (!isLeafOf(derOf(certificate->second.text(), kCertificateLabel).view(), id)) return {};
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
