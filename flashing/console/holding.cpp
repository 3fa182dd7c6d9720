// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/holding.h"

#include <algorithm>

#include "flashing/pem.h"

namespace keystamp::flashing::console {
namespace {

constexpr std::size_t kUidMost = 32;
constexpr std::size_t kTextMost = 128;

std::string_view textOf(const Values& captured, const std::string& name) {
    const auto found = captured.find(name);
    const std::string_view text = found == captured.end() ? std::string_view{} : found->second.text();
    return text == "-" ? std::string_view{} : text;
}

std::optional<Digest> sasDigest(std::string_view base64) {
    const auto key = Secret::fromBase64(base64);
    if (!key || key->size() != 32) return {};
    return sha256(key->view());
}

std::optional<Digest> leafDigest(std::string_view pem) {
    Secret plain{pem.size()};
    std::size_t size = 0;
    for (const char each : pem) {
        if (each != '\r') plain.bytes()[size++] = static_cast<std::uint8_t>(each);
    }
    plain.shrink(size);
    const Secret leaf = derOf(plain.text(), kCertificateLabel);
    return leaf.empty() ? std::optional<Digest>{} : sha256(leaf.view());
}

std::optional<Digest> plainDigest(std::string_view hex) {
    const auto bytes = fromHex(hex);
    Digest digest{};
    if (!bytes || bytes->size() != digest.size()) return {};
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

std::string plain(std::string_view text) {
    std::string shown{text.substr(0, kTextMost)};
    std::replace_if(shown.begin(), shown.end(), [](char each) { return each < 0x20 || each >= 0x7F; }, '.');
    return shown;
}

}  // namespace

Result<Values> valuesOf(const Profile& profile, const Values& options, const Credential& credential) {
    Values values;
    for (const auto& [name, value] : options) values.emplace(name, value.clone());
    values.emplace("device_id", Secret::copyOf(credential.id.text()));
    values.emplace("scope_id", Secret::copyOf(credential.scopeId));
    values.emplace("credential", Secret::copyOf(toHex(credentialDigest(credential))));
    if (credential.kind == Mode::Sas) {
        values.emplace("sas_key", credential.sasKey.toBase64());
    } else {
        if (credential.chain.empty()) return Error{ErrorCode::Internal, "no certificate to write"};
        values.emplace("leaf_pem", pemOf({credential.chain.front()}));
        values.emplace("chain_pem", pemOf(credential.chain));
        values.emplace("private_key_pem", credential.privateKey.empty() ? Secret{} : pemOf(kPrivateKeyLabel, credential.privateKey.toBase64()));
    }
    if (const auto digests = profile.digests.find(credential.kind); digests != profile.digests.end()) {
        for (const auto& [name, wording] : digests->second) {
            auto digest = wording.render(values);
            if (!digest) return digest.error();
            values.insert_or_assign(name, *std::move(digest));
        }
    }
    return values;
}

Result<Bytes> uidOf(const Profile& profile, std::string_view said) {
    std::string text{said};
    if (profile.uidForm == Profile::UidForm::Text) {
        if (text.empty() || text.size() > kUidMost) return Error{ErrorCode::BoardNonsense, "its UID has not 1 to 32 characters"};
        return toBytes(asBytes(text));
    }
    std::erase_if(text, [](char each) { return each == ':' || each == '-'; });
    const bool digits = std::all_of(text.begin(), text.end(), [](char each) { return each >= '0' && each <= '9'; });
    if (profile.uidForm == Profile::UidForm::Digits && !digits) return Error{ErrorCode::BoardNonsense, "its UID is no number"};
    if (profile.uidForm == Profile::UidForm::Digits && text.size() % 2 != 0) text.insert(text.begin(), '0');
    auto bytes = fromHex(text);
    if (!bytes || bytes->empty() || bytes->size() > kUidMost) return Error{ErrorCode::BoardNonsense, "its UID is not 1 to 32 bytes in hexadecimal"};
    return bytes;
}

Bytes uidOfSerialNumber(const std::string& serialNumber) {
    auto bytes = fromHex(serialNumber);
    if (bytes && !bytes->empty() && bytes->size() <= kUidMost) return *std::move(bytes);
    return toBytes(asBytes(std::string_view{serialNumber}.substr(0, kUidMost)));
}

void readIdentity(const Values& captured, BoardInfo& info) {
    info.firmware = plain(textOf(captured, "firmware"));
    info.deviceId = plain(textOf(captured, "device_id"));
    info.scopeId = plain(textOf(captured, "scope_id"));
    if (const auto key = textOf(captured, "sas_key"); !key.empty()) {
        info.credential = sasDigest(key);
        info.readsBack = true;
    } else if (const auto certificate = textOf(captured, "certificate"); !certificate.empty()) {
        info.credential = leafDigest(certificate);
        info.readsBack = true;
    } else {
        info.credential = plainDigest(textOf(captured, "credential"));
    }
}

}  // namespace keystamp::flashing::console
