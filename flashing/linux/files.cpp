// SPDX-License-Identifier: Apache-2.0
// Sources: Azure IoT Edge's config.toml ("[provisioning]", DPS), and the environment that the samples of the Azure device SDKs read.
#include "flashing/linux/files.h"

#include <fmt/format.h>

#include <algorithm>

#include "flashing/pem.h"

namespace keystamp::flashing::linux_shell {
namespace {

Secret plain(std::string_view text) { return Secret::copyOf(text); }

/// A text around a key.
Secret around(std::string_view before, const Secret& key, std::string_view after) {
    Secret text{before.size() + key.size() + after.size()};
    auto at = std::copy(before.begin(), before.end(), text.bytes().begin());
    at = std::copy(key.view().begin(), key.view().end(), at);
    std::copy(after.begin(), after.end(), at);
    return text;
}

}  // namespace

std::vector<File> filesOf(const Layout& layout, const Credential& credential) {
    const std::string id = credential.id.text();
    const std::string folder = layout.folder + "/identity";
    const std::string edge = fmt::format("# for /etc/aziot/config.toml\n[provisioning]\nsource = \"dps\"\nglobal_endpoint = \"https://{}/\"\nid_scope = \"{}\"\n\n"
                                         "[provisioning.attestation]\nmethod = \"{}\"\nregistration_id = \"{}\"\n",
                                         layout.endpoint, credential.scopeId, credential.kind == Mode::Sas ? "symmetric_key" : "x509", id);
    const std::string sdk = fmt::format("IOTHUB_DEVICE_SECURITY_TYPE=DPS\nIOTHUB_DEVICE_DPS_ENDPOINT={}\nIOTHUB_DEVICE_DPS_ID_SCOPE={}\nIOTHUB_DEVICE_DPS_DEVICE_ID={}\n",
                                        layout.endpoint, credential.scopeId, id);
    std::vector<File> files;
    files.push_back({"device_id", plain(id + "\n")});
    files.push_back({"scope_id", plain(credential.scopeId + "\n")});
    if (credential.kind == Mode::Sas) {
        const Secret key = credential.sasKey.toBase64();
        files.push_back({"sas.key", around("", key, "\n")});
        files.push_back({"config.toml", around(edge + "symmetric_key = { value = \"", key, "\" }\n")});
        files.push_back({"device.env", around(sdk + "IOTHUB_DEVICE_DPS_DEVICE_KEY=", key, "\n")});
        return files;
    }
    files.push_back({"cert.pem", pemOf(credential.chain)});
    if (!credential.privateKey.empty()) files.push_back({"key.pem", pemOf(kPrivateKeyLabel, credential.privateKey.toBase64())});
    files.push_back({"config.toml", plain(edge + fmt::format("identity_cert = \"file://{0}/cert.pem\"\nidentity_pk = \"file://{0}/key.pem\"\n", folder))});
    files.push_back({"device.env", plain(sdk + fmt::format("X509_CERT_FILE={0}/cert.pem\nX509_KEY_FILE={0}/key.pem\n", folder))});
    return files;
}

}  // namespace keystamp::flashing::linux_shell
