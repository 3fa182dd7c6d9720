// SPDX-License-Identifier: Apache-2.0
#include "flashing/micropython/file.h"

#include <fmt/format.h>

#include <algorithm>

#include "flashing/leaf_key.h"
#include "flashing/pem.h"

namespace keystamp::flashing::micropython {
namespace {

constexpr std::string_view kBegin = "{\"keystamp\": 1, ";
constexpr std::string_view kEnd = "\"}\n";

/// PEM's line ends as JSON has them.
Secret inJson(const Secret& text) {
    Secret out{2 * text.size()};
    auto at = out.bytes().begin();
    for (const std::uint8_t each : text.view()) {
        if (each == '\n') *at++ = '\\';
        *at++ = each == '\n' ? 'n' : each;
    }
    out.shrink(static_cast<std::size_t>(at - out.bytes().begin()));
    return out;
}

Secret outOfJson(std::string_view text) {
    Secret out{text.size()};
    auto at = out.bytes().begin();
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool line = text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n';
        if (line) ++i;
        *at++ = line ? '\n' : static_cast<std::uint8_t>(text[i]);
    }
    out.shrink(static_cast<std::size_t>(at - out.bytes().begin()));
    return out;
}

std::optional<std::string_view> valueOf(std::string_view file, std::string_view name) {
    const std::string begin = fmt::format("\"{}\": \"", name);
    const auto at = file.find(begin);
    const auto end = at == std::string_view::npos ? at : file.find('"', at + begin.size());
    if (end == std::string_view::npos) return {};
    return file.substr(at + begin.size(), end - at - begin.size());
}

std::optional<Digest> credentialOf(std::string_view file, std::string_view id) {
    if (const auto sas = valueOf(file, "sas_key")) {
        const auto key = Secret::fromBase64(*sas);
        return key ? std::optional{sha256(key->view())} : std::nullopt;
    }
    const auto certificate = valueOf(file, "certificate"), privateKey = valueOf(file, "private_key");
    if (!certificate || !privateKey) return {};
    const Secret leaf = derOf(outOfJson(*certificate).text(), kCertificateLabel);
    const bool whole = isLeafOf(leaf.view(), id) && isKeyOf(derOf(outOfJson(*privateKey).text(), kPrivateKeyLabel), leaf.view());
    return whole ? std::optional{sha256(leaf.view())} : std::nullopt;
}

}  // namespace

Secret fileOf(const Credential& credential) {
    const bool sas = credential.kind == Mode::Sas;
    const std::string begin = fmt::format("{}\"device_id\": \"{}\", \"scope_id\": \"{}\", \"{}\": \"", kBegin, credential.id.text(), credential.scopeId, sas ? "sas_key" : "certificate");
    std::vector<Secret> parts;
    parts.push_back(Secret::copyOf(begin));
    if (sas) {
        parts.push_back(credential.sasKey.toBase64());
    } else {
        parts.push_back(inJson(pemOf(credential.chain)));
        parts.push_back(Secret::copyOf(std::string_view{"\", \"private_key\": \""}));
        parts.push_back(inJson(pemOf(kPrivateKeyLabel, credential.privateKey.toBase64())));
    }
    parts.push_back(Secret::copyOf(kEnd));
    std::size_t size = 0;
    for (const Secret& each : parts) size += each.size();
    Secret file{size};
    auto at = file.bytes().begin();
    for (const Secret& each : parts) at = std::copy(each.view().begin(), each.view().end(), at);
    return file;
}

FileContents readIdentityFile(const Secret& file) {
    FileContents found;
    const std::string_view text = file.text();
    const std::size_t common = std::min(text.size(), kBegin.size());
    found.foreign = text.substr(0, common) != kBegin.substr(0, common);
    if (found.foreign || !text.starts_with(kBegin) || !text.ends_with(kEnd)) return found;
    const auto id = valueOf(text, "device_id"), scope = valueOf(text, "scope_id");
    if (!id || !scope) return found;
    found.credential = credentialOf(text, *id);
    if (!found.credential) return found;
    found.deviceId = *id;
    found.scopeId = *scope;
    return found;
}

}  // namespace keystamp::flashing::micropython
