// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>

namespace keystamp::hsm {
namespace {

constexpr std::string_view kDemoLabel = "keystamp-demo";
constexpr std::int64_t kLongestValidityDays = 50 * 365;
constexpr std::int64_t kLongestBackdateHours = 24 * 365;

// Walks one file and keeps the first thing that is wrong with it, so that reading stays a list of keys.
class Reader {
public:
    explicit Reader(std::string file)
        : m_file(std::move(file)), m_folder(std::filesystem::path(m_file).parent_path()) {}

    bool failed() const { return m_problem.has_value(); }
    const Error& problem() const { return *m_problem; }

    void refuse(const toml::source_region& at, std::string_view key, std::string_view why) {
        if (failed()) return;
        m_problem = Error{ErrorCode::BadConfig, fmt::format("{}:{}: {}: {}", m_file, at.begin.line, key, why)};
    }

    // A table of the signer's own: any key that is not listed is a misspelt one.
    const toml::table* table(const toml::table& from, std::string_view name,
                             std::initializer_list<std::string_view> keys, bool needed) {
        const auto* node = from.get(lastWord(name));
        if (node == nullptr) {
            if (needed) refuse(from.source(), name, "this table is missing");
            return nullptr;
        }
        if (!node->is_table()) {
            refuse(node->source(), name, "must be a table");
            return nullptr;
        }
        for (const auto& [key, value] : *node->as_table()) {
            if (std::find(keys.begin(), keys.end(), key.str()) == keys.end()) {
                refuse(value.source(), fmt::format("{}.{}", name, key.str()), "no such key");
            }
        }
        return node->as_table();
    }

    std::string text(const toml::table* from, std::string_view name, std::string fallback, bool needed = false) {
        return read<std::string>(from, name, std::move(fallback), "must be text", needed);
    }
    std::int64_t number(const toml::table* from, std::string_view name, std::int64_t fallback, std::int64_t least,
                        std::int64_t most) {
        const auto value = read<std::int64_t>(from, name, fallback, "must be a whole number", false);
        if (value < least || value > most) {
            refuse(from->get(lastWord(name))->source(), name, fmt::format("must be {} to {}", least, most));
        }
        return value;
    }
    Bytes ckaId(const toml::table* from, std::string_view name, bool needed) {
        const auto hex = text(from, name, {}, needed);
        if (hex.empty()) return {};
        auto id = fromHex(hex);
        if (id && id->size() <= 64) return std::move(id).value();
        refuse(from->get(lastWord(name))->source(), name, "must be a CKA_ID in hexadecimal, 64 bytes at most");
        return {};
    }
    std::string path(const std::string& relative) const {
        return relative.empty() ? relative : (m_folder / relative).lexically_normal().string();
    }

private:
    static std::string_view lastWord(std::string_view name) { return name.substr(name.rfind('.') + 1); }

    template <typename T>
    T read(const toml::table* from, std::string_view name, T fallback, std::string_view why, bool needed) {
        if (from == nullptr) return fallback;
        const auto* node = from->get(lastWord(name));
        if (node == nullptr) {
            if (needed) refuse(from->source(), name, "this key is missing");
            return fallback;
        }
        if (auto value = node->value_exact<T>()) return std::move(*value);
        refuse(node->source(), name, why);
        return fallback;
    }

    std::string m_file;
    std::filesystem::path m_folder;
    std::optional<Error> m_problem;
};

// Variables that by their names hold one file's path: they are relative to the configuration as every other path in it.
bool namesAFile(std::string_view variable) {
    return variable.ends_with("_CONF") || variable.ends_with("_CONFIG") || variable.ends_with("_FILE");
}

void readEnvironment(Reader& reader, const toml::table& signer, SignerConfig& config) {
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

void readSlot(Reader& reader, const toml::table& signer, Slot slot, SignerConfig& config) {
    const std::string name = fmt::format("signer.{}", keystamp::name(slot));
    const auto* table = reader.table(signer, name, {"ca_key", "ca_cert", "group_key"}, slot == Slot::Primary);
    if (table == nullptr) return;
    config.slots[slot] = SlotConfig{reader.ckaId(table, name + ".ca_key", true),
                                    reader.path(reader.text(table, name + ".ca_cert", {}, true)),
                                    reader.ckaId(table, name + ".group_key", false)};
}

void readSigner(Reader& reader, const toml::table& root, SignerConfig& config) {
    const auto* signer = reader.table(root, "signer",
                                      {"socket", "start", "module", "token_label", "token_serial", "environment",
                                       "root", "callers", "pin_file", "primary", "secondary", "audit"},
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

    for (const auto& [slot, keys] : config.slots) {
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
    toml::table root;
    try {
        root = toml::parse_file(config.file);
    } catch (const toml::parse_error& problem) {
        return Error{ErrorCode::BadConfig,
                     fmt::format("{}:{}: {}", config.file, problem.source().begin.line, problem.description())};
    }
    Reader reader{config.file};
    const auto* station = root.get_as<toml::table>("station");
    if (station == nullptr) reader.refuse(root.source(), "station", "this table is missing");
    config.data = reader.path(reader.text(station, "station.data", {}, true));
    readSigner(reader, root, config);

    const auto* profile = reader.table(root, "profile", {"validity_days", "backdate_hours", "organisation"}, false);
    config.profile.validity =
        std::chrono::hours{24 * reader.number(profile, "profile.validity_days", 3650, 1, kLongestValidityDays)};
    config.profile.backdate =
        std::chrono::hours{reader.number(profile, "profile.backdate_hours", 24, 0, kLongestBackdateHours)};
    config.profile.organisation = reader.text(profile, "profile.organisation", {});
    if (config.profile.organisation.size() > 64) {  // RFC 5280 ub-organization-name
        reader.refuse(profile->source(), "profile.organisation", "64 bytes at most");
    }
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
