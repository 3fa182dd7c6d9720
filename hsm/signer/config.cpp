// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <filesystem>

#include "hsm/signer/profile_file.h"
#include "hsm/signer/toml_reader.h"

namespace keystamp::hsm {
namespace {

constexpr std::string_view kDemoLabel = "keystamp-demo";

// Variables that by their names hold one file's path: they are relative to the configuration as every other path in it.
bool namesAFile(std::string_view variable) {
    return variable.ends_with("_CONF") || variable.ends_with("_CONFIG") || variable.ends_with("_FILE");
}

void readEnvironment(TomlReader& reader, const toml::table& signer, SignerConfig& config) {
    const auto* node = signer.get("environment");
    if (node == nullptr) return;
    if (!node->is_table()) return reader.refuse(node->source(), "signer.environment", "must be a table of texts");
    for (const auto& [key, value] : *node->as_table()) {
        const std::string name{key.str()};
        const auto text = value.value_exact<std::string>();
        if (!text) return reader.refuse(value.source(), "signer.environment." + name, "must be text");
        config.environment[name] = namesAFile(name) ? reader.path(*text) : *text;
    }
}

void readSlot(TomlReader& reader, const toml::table& signer, Slot slot, SignerConfig& config) {
    const std::string name = fmt::format("signer.{}", keystamp::name(slot));
    const auto* table = reader.table(signer, name, {"ca_key", "ca_cert", "group_key"}, slot == Slot::Primary);
    if (table == nullptr) return;
    config.slots[slot] = SlotConfig{reader.ckaId(table, name + ".ca_key", true),
                                    reader.path(reader.text(table, name + ".ca_cert", {}, true)),
                                    reader.ckaId(table, name + ".group_key", false)};
}

void readSigner(TomlReader& reader, const toml::table& root, SignerConfig& config) {
    const auto* signer = reader.table(root, "signer",
                                      {"socket", "start", "module", "token_label", "token_serial", "environment",
                                       "root", "callers", "pin_file", "wrapping_key", "sealing_key", "primary", "secondary", "audit"},
                                      true);
    if (signer == nullptr) return;
    config.socket = (std::filesystem::path(config.data) / reader.text(signer, "signer.socket", "signer.sock")).string();
    config.module = reader.text(signer, "signer.module", {}, true);
    // a bare name is left to the loader's search path
    if (config.module.find('/') != std::string::npos) config.module = reader.path(config.module);
    config.tokenLabel = reader.text(signer, "signer.token_label", {}, true);
    config.tokenSerial = reader.text(signer, "signer.token_serial", {});
    config.root = reader.path(reader.text(signer, "signer.root", {}, true));
    config.pinFile = reader.path(reader.text(signer, "signer.pin_file", {}));
    readEnvironment(reader, *signer, config);
    if (const auto* callers = signer->get("callers")) {
        if (!callers->is_array())
            reader.refuse(callers->source(), "signer.callers", "must be a list of user IDs");
        else
            for (const auto& entry : *callers->as_array()) {
                const auto uid = entry.value_exact<std::int64_t>();
                if (!uid || *uid < 0 || *uid > 0xfffffffe)
                    reader.refuse(entry.source(), "signer.callers", "is no user ID");
                else
                    config.callers.push_back(static_cast<uid_t>(*uid));
            }
    }
    readSlot(reader, *signer, Slot::Primary, config);
    readSlot(reader, *signer, Slot::Secondary, config);
    const auto* audit = reader.table(*signer, "signer.audit", {"key"}, true);
    config.auditKey = reader.ckaId(audit, "signer.audit.key", true);
    config.wrappingKey = reader.ckaId(signer, "signer.wrapping_key", false);
    const auto refuseAsWrapping = [&] {
        reader.refuse(signer->get("wrapping_key")->source(), "signer.wrapping_key", "is a key that signs; wrapped keys need a pair of their own");
    };

    if (!config.wrappingKey.empty() && config.wrappingKey == config.auditKey) refuseAsWrapping();
    config.sealingKey = reader.ckaId(signer, "signer.sealing_key", false);
    for (const auto& [slot, keys] : config.slots) {
        if (!config.sealingKey.empty() && config.sealingKey == keys.groupKey) {
            reader.refuse(signer->get("sealing_key")->source(), "signer.sealing_key", "is a group key; imported keys are sealed with one of their own");
        }
        if (!config.wrappingKey.empty() && config.wrappingKey == keys.caKey) refuseAsWrapping();
        if (!keys.caKey.empty() && keys.caKey == config.auditKey) {
            reader.refuse(audit->source(), "signer.audit.key", "is a CA's key; the audit log needs one of its own");
        }
    }
    if (!config.pinFile.empty() && !config.demo()) {
        reader.refuse(signer->get("pin_file")->source(), "signer.pin_file",
                      "a file may hold the PIN of a demo token only (label keystamp-demo...)");
    }
}

}  // namespace

bool SignerConfig::demo() const { return std::string_view{tokenLabel}.starts_with(kDemoLabel); }

Result<SignerConfig> loadSignerConfig(const std::string& path) {
    SignerConfig config;
    config.file = std::filesystem::absolute(path).lexically_normal().string();
    auto parsed = parseToml(config.file);
    if (!parsed) return parsed.error();
    const toml::table& root = *parsed;
    TomlReader reader{config.file};
    const auto* station = root.get_as<toml::table>("station");
    if (station == nullptr) reader.refuse(root.source(), "station", "this table is missing");
    config.data = reader.path(reader.text(station, "station.data", {}, true));
    readSigner(reader, root, config);

    readProfile(reader, root, config.profile);
    const auto* supervisor = reader.table(root, "supervisor", {"name", "passphrase_file"}, false);
    config.supervisor = reader.text(supervisor, "supervisor.name", "supervisor");
    config.passphraseFile = reader.path(reader.text(supervisor, "supervisor.passphrase_file", {}));
    if (!config.passphraseFile.empty() && !config.demo()) {
        reader.refuse(supervisor->source(), "supervisor.passphrase_file",
                      "a file may hold the passphrase of a demo's supervisor only (label keystamp-demo...)");
    }
    if (reader.failed()) return reader.problem();
    return config;
}

}  // namespace keystamp::hsm
