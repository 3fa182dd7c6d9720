// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <set>
#include <toml++/toml.h>

#include "core/file.h"
#include "core/toml_text.h"
#include "flashing/board.h"
#include "station/label/printer.h"

namespace keystamp::workflow {
namespace {

constexpr std::size_t kMostFixtures = 16;
constexpr std::size_t kMostScanners = 32;
constexpr unsigned kMostStopAfter = 1000;
constexpr unsigned kMostLogoutMinutes = 24 * 60;
constexpr const char* kDefaultFile = "/etc/keystamp/station.toml";

/// Reads keys of one table and remembers the first thing that is wrong, so that callers read like the file.
class Reader {
public:
    Reader(std::string file, std::string table, const toml::table& content)
        : m_file(std::move(file)), m_table(std::move(table)), m_content(content) {}

    /// Any other key is an error.
    void only(std::initializer_list<std::string_view> known) {
        for (const auto& [key, node] : m_content) {
            if (std::find(known.begin(), known.end(), key.str()) == known.end()) refuse(node, key.str(), "is not a key here");
        }
    }
    std::string text(std::string_view key, std::string otherwise = {}) {
        return value<std::string>(key, std::move(otherwise), "must be text in quotes");
    }
    unsigned count(std::string_view key, unsigned otherwise, unsigned most) {
        const auto found = value<std::int64_t>(key, otherwise, "must be a whole number");
        if (found >= 0 && found <= most) return static_cast<unsigned>(found);
        refuse(key, fmt::format("must be from 0 to {}", most));
        return otherwise;
    }
    bool flag(std::string_view key, bool otherwise) { return value<bool>(key, otherwise, "must be true or false"); }
    std::string needed(std::string_view key) {
        std::string found = text(key);
        if (found.empty()) refuse(m_content, key, "is needed");
        return found;
    }
    void refuse(std::string_view key, std::string_view why) {
        const toml::node* node = m_content.get(key);
        refuse(node != nullptr ? *node : m_content, key, why);
    }
    std::vector<std::string> texts(std::string_view key) {
        std::vector<std::string> found;
        const toml::node* node = m_content.get(key);
        if (node == nullptr) return found;
        const toml::array* array = node->as_array();
        if (array == nullptr) refuse(*node, key, "must be a list of texts in quotes");
        for (std::size_t n = 0; array != nullptr && n < array->size(); ++n) {
            const auto text = array->get(n)->value_exact<std::string>();
            if (!text) refuse(*array->get(n), key, "must be a list of texts in quotes");
            found.push_back(text.value_or(""));
        }
        return found;
    }
    const std::optional<Error>& error() const { return m_error; }

private:
    template <typename T>
    T value(std::string_view key, T otherwise, std::string_view why) {
        const toml::node* node = m_content.get(key);
        if (node == nullptr) return otherwise;
        if (auto found = node->value_exact<T>()) return *std::move(found);
        refuse(*node, key, why);
        return otherwise;
    }
    void refuse(const toml::node& node, std::string_view key, std::string_view why) {
        if (m_error) return;
        m_error = Error{ErrorCode::BadConfig,
                        fmt::format("{}:{}: {}.{} {}", m_file, node.source().begin.line, m_table, key, why)};
    }

    std::string m_file, m_table;
    const toml::table& m_content;
    std::optional<Error> m_error;
};

std::string besides(const std::string& file, const std::string& path) {
    if (path.empty()) return {};
    return (std::filesystem::path(file).parent_path() / path).lexically_normal().string();
}

/// Names end up in scan files (`fixture,payload`), in checkpoints (a line each) and in columns.
bool isName(const std::string& text, std::size_t longest) {
    return !text.empty() && text.size() <= longest &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f && c != ',' && c != '"'; });
}

/// A table that is not there reads as an empty one: its needed keys are then missing.
const toml::table& tableOf(const toml::table& root, std::string_view key) {
    static const toml::table kNone;
    const toml::table* found = root[key].as_table();
    return found != nullptr ? *found : kNone;
}

/// The driver's own table: text, and whole numbers as text. The driver itself checks what they mean.
Result<void> readOptions(FixtureConfig& fixture, const std::string& file, const toml::table& drivers) {
    const toml::table* options = drivers[fixture.driver].as_table();
    if (options == nullptr) return {};
    for (const auto& [key, node] : *options) {
        const auto text = node.value_exact<std::string>();
        const auto number = node.value_exact<std::int64_t>();
        if (!text && !number) {
            return Error{ErrorCode::BadConfig, fmt::format("{}:{}: driver.{}.{} must be text in quotes or a whole number", file,
                                                           node.source().begin.line, fixture.driver, key.str())};
        }
        fixture.options.emplace(key.str(), text ? *text : fmt::format("{}", *number));
    }
    // a file, as all in this one; what does not end so is the name of a profile that is built in
    const auto profile = fixture.options.find("profile");
    if (profile != fixture.options.end() && profile->second.ends_with(".toml")) profile->second = besides(file, profile->second);
    return {};
}

/// Labels are a matter of millimetres and dots, and a wrong form is found now and not behind the first board.
Result<std::optional<label::Settings>> readLabel(const Config& config, const toml::table& root) {
    if (!root.contains("label")) return std::optional<label::Settings>{};
    Reader reader{config.file, "label", tableOf(root, "label")};
    reader.only({"printer", "template", "confirm", "width_mm", "height_mm", "dots_per_mm"});
    label::Settings label;
    label.printer = reader.needed("printer");
    label.confirm = reader.flag("confirm", false);
    label.widthMm = reader.count("width_mm", label.widthMm, 300);
    label.heightMm = reader.count("height_mm", label.heightMm, 300);
    label.dotsPerMm = reader.count("dots_per_mm", label.dotsPerMm, 24);
    if (label.widthMm < 20) reader.refuse("width_mm", "must be from 20 to 300");
    if (label.heightMm < 10) reader.refuse("height_mm", "must be from 10 to 300");
    if (label.dotsPerMm < 6) reader.refuse("dots_per_mm", "must be from 6 to 24");
    if (const auto good = label::Printer::check(label.printer); !good && !label.printer.empty()) reader.refuse("printer", good.error().detail);
    const std::string file = besides(config.file, reader.text("template"));
    if (reader.error()) return *reader.error();
    if (file.empty()) {
        label.form = label::Template::standard(label.widthMm, label.heightMm, label.dotsPerMm);
        return std::optional{std::move(label)};
    }
    const auto zpl = readFile(file, 1u << 16);
    if (!zpl) return Error{ErrorCode::BadConfig, fmt::format("{}: [label] template: {} cannot be read", config.file, file), zpl.error().native, zpl.error().where};
    auto form = label::Template::parse(*zpl, file);
    if (!form) return form.error();
    label.form = *std::move(form);
    return std::optional{std::move(label)};
}

Result<FixtureConfig> readFixture(const Config& config, const toml::table& table) {
    Reader reader{config.file, "fixture", table};
    reader.only({"name", "link", "driver", "label"});
    FixtureConfig fixture;
    fixture.name = reader.needed("name");
    fixture.link = reader.needed("link");
    fixture.driver = reader.text("driver", "agent");
    fixture.label = reader.text("label", fixture.name);
    if (const auto good = flashing::checkLinkAddress(fixture.link); !good && !fixture.link.empty()) reader.refuse("link", "cannot be used: " + good.error().detail);
    if (!isName(fixture.name, 32)) reader.refuse("name", "must be 1 to 32 printable characters, no blank, comma or quote");
    if (!isName(fixture.label, 128)) reader.refuse("label", "must be 1 to 128 printable characters, no blank, comma or quote");
    for (const FixtureConfig& other : config.fixtures) {
        if (other.name == fixture.name) reader.refuse("name", "stands twice");
        if (other.label == fixture.label) reader.refuse("label", "belongs to " + other.name + " too");
        if (other.link == fixture.link) reader.refuse("link", "belongs to " + other.name + " too");
    }
    if (reader.error()) return *reader.error();
    return fixture;
}

Result<void> readFixtures(Config& config, const toml::table& root) {
    const toml::node* node = root.get("fixture");
    const toml::array* fixtures = node != nullptr ? node->as_array() : nullptr;
    if (fixtures == nullptr || fixtures->empty() || fixtures->size() > kMostFixtures || !fixtures->is_homogeneous<toml::table>()) {
        return Error{ErrorCode::BadConfig, fmt::format("{}:{}: 1 to {} tables [[fixture]] are needed", config.file,
                                                       node != nullptr ? node->source().begin.line : 1, kMostFixtures)};
    }
    for (const toml::node& entry : *fixtures) {
        auto fixture = readFixture(config, *entry.as_table());
        if (!fixture) return fixture.error();
        if (auto taken = readOptions(*fixture, config.file, tableOf(root, "driver")); !taken) return taken;
        if (auto good = flashing::checkDriver(fixture->driver, fixture->options); !good) {
            return Error{ErrorCode::BadConfig, fmt::format("{}:{}: driver of {}: {}", config.file, entry.source().begin.line, fixture->name, good.error().detail)};
        }
        config.fixtures.push_back(*std::move(fixture));
    }
    return {};
}

Result<void> readScanFormat(Config& config, const toml::table& table) {
    Reader reader{config.file, "scan", table};
    reader.only({"prefix", "suffix", "match", "take", "need"});
    ScanFormat& scan = config.scan;
    scan.prefix = reader.text("prefix");
    scan.suffix = reader.text("suffix");
    scan.match = reader.text("match");
    scan.take = reader.text("take");
    for (const std::string& text : reader.texts("need")) {
        const auto equals = text.find('=');
        scan.need.emplace_back(text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1));
    }
    if (const auto fault = faultOf(scan)) reader.refuse(fault->key, fault->why);
    return reader.error() ? Result<void>{*reader.error()} : Result<void>{};
}

Result<ScannerConfig> readScanner(const Config& config, const toml::table& table) {
    static const std::map<std::string, std::string> kEnds{{"any", ""}, {"cr", "\r"}, {"lf", "\n"}, {"crlf", "\r\n"}, {"tab", "\t"}};
    Reader reader{config.file, "scanner", table};
    reader.only({"name", "link", "fixture", "end"});
    ScannerConfig scanner{reader.needed("name"), reader.needed("link"), reader.text("fixture"), ""};
    const auto end = kEnds.find(reader.text("end", "any"));
    end == kEnds.end() ? reader.refuse("end", "must be any, cr, lf, crlf or tab") : void(scanner.end = end->second);
    const bool keys = scanner.link.starts_with("evdev:");
    const auto good = keys ? Result<void>{} : flashing::checkLinkAddress(scanner.link);
    if (!good && !scanner.link.empty()) reader.refuse("link", "cannot be used: " + good.error().detail);
    if (keys && !scanner.link.starts_with("evdev:/")) reader.refuse("link", "must name a device: evdev:/dev/input/by-id/...");
    if (keys && !scanner.end.empty()) reader.refuse("end", "is not for evdev: Enter or Tab ends a scan there");
    if (!isName(scanner.name, 32)) reader.refuse("name", "must be 1 to 32 printable characters, no blank, comma or quote");
    if (!scanner.fixture.empty() && config.fixture(scanner.fixture) == nullptr) reader.refuse("fixture", "is none of the fixtures");
    for (const ScannerConfig& other : config.scanners) {
        if (other.name == scanner.name) reader.refuse("name", "stands twice");
        if (other.link == scanner.link) reader.refuse("link", "belongs to " + other.name + " too");
    }
    for (const FixtureConfig& fixture : config.fixtures) {
        if (fixture.link == scanner.link) reader.refuse("link", "belongs to fixture " + fixture.name + " too");
    }
    if (reader.error()) return *reader.error();
    return scanner;
}

Result<void> readScanners(Config& config, const toml::table& root) {
    const toml::node* node = root.get("scanner");
    if (node == nullptr) return {};
    const toml::array* scanners = node->as_array();
    if (scanners == nullptr || scanners->size() > kMostScanners || !scanners->is_homogeneous<toml::table>()) {
        return Error{ErrorCode::BadConfig, fmt::format("{}:{}: up to {} tables [[scanner]]", config.file, node->source().begin.line, kMostScanners)};
    }
    for (const toml::node& entry : *scanners) {
        auto scanner = readScanner(config, *entry.as_table());
        if (!scanner) return scanner.error();
        config.scanners.push_back(*std::move(scanner));
    }
    return {};
}

Result<std::optional<cloud::PushTarget>> readPush(const std::string& file, const toml::table& cloud) {
    using Kind = cloud::PushTarget::Kind;
    if (!cloud.contains("push")) return std::optional<cloud::PushTarget>{};
    Reader reader{file, "cloud.push", tableOf(cloud, "push")};
    reader.only({"service", "host", "template"});
    const std::string service = reader.needed("service");
    cloud::PushTarget target{service == name(Kind::Dps) ? Kind::Dps : Kind::IotCentral, reader.needed("host"), reader.text("template")};
    if (service != name(target.kind)) reader.refuse("service", "must be \"iot-central\" or \"dps\"");
    if (!cloud::isEndpoint(target.host)) reader.refuse("host", "must be a host, or host:port: no https:// in front, no path behind");
    if (target.kind == Kind::Dps && !target.deviceTemplate.empty()) reader.refuse("template", "is for iot-central");
    if (reader.error()) return *reader.error();
    return std::optional{std::move(target)};
}

Result<Config> read(const std::string& file, const toml::table& root) {
    Config config;
    config.file = file;
    for (const auto& [key, node] : root) {
        const std::set<std::string_view> known{"station", "signer", "profile", "supervisor", "fixture", "driver", "scan", "scanner", "label", "cloud"};
        const bool table = key.str() == "fixture" || key.str() == "scanner" || node.is_table();
        if (known.contains(key.str()) && table) continue;
        return Error{ErrorCode::BadConfig, fmt::format("{}:{}: {} is not a table here", file, node.source().begin.line, key.str())};
    }
    Reader station{file, "station", tableOf(root, "station")};
    station.only({"name", "data", "stop_after", "logout_minutes", "tone"});
    config.name = station.needed("name");
    config.data = besides(file, station.needed("data"));
    config.stopAfter = station.count("stop_after", config.stopAfter, kMostStopAfter);
    config.logoutMinutes = station.count("logout_minutes", config.logoutMinutes, kMostLogoutMinutes);
    config.tone = station.flag("tone", config.tone);
    if (!isName(config.name, 64)) station.refuse("name", "must be 1 to 64 printable characters, no blank, comma or quote");
    if (station.error()) return *station.error();

    Reader signer{file, "signer", tableOf(root, "signer")};  // its other keys are the signer's own to check
    config.signerSocket = (std::filesystem::path(config.data) / signer.text("socket", "signer.sock")).lexically_normal().string();
    config.startSigner = signer.flag("start", true);
    if (signer.error()) return *signer.error();

    Reader supervisor{file, "supervisor", tableOf(root, "supervisor")};
    supervisor.only({"name", "passphrase_file"});
    config.supervisor = supervisor.text("name", "supervisor");
    config.passphraseFile = besides(file, supervisor.text("passphrase_file"));
    if (supervisor.error()) return *supervisor.error();

    Reader cloud{file, "cloud", tableOf(root, "cloud")};
    cloud.only({"endpoint", "ca_file", "proxy", "mqtt_port", "push"});
    config.cloud.endpoint = cloud.text("endpoint", config.cloud.endpoint);
    config.cloud.caFile = besides(file, cloud.text("ca_file"));
    config.cloud.proxy = cloud.text("proxy");
    config.cloud.mqttPort = cloud.count("mqtt_port", config.cloud.mqttPort, 65535);
    if (!cloud::isEndpoint(config.cloud.endpoint)) cloud.refuse("endpoint", "must be a host, or host:port: no https:// in front, no path behind");
    if (cloud.error()) return *cloud.error();
    auto push = readPush(file, tableOf(root, "cloud"));
    if (!push) return push.error();
    config.push = *std::move(push);

    auto label = readLabel(config, root);
    if (!label) return label.error();
    config.label = *std::move(label);

    if (const auto good = readFixtures(config, root); !good) return good.error();
    if (const auto good = readScanFormat(config, tableOf(root, "scan")); !good) return good.error();
    if (const auto good = readScanners(config, root); !good) return good.error();
    return config;
}

}  // namespace

const FixtureConfig* Config::fixture(const std::string& wanted) const {
    const auto at = std::find_if(fixtures.begin(), fixtures.end(), [&](const auto& f) { return f.name == wanted; });
    return at == fixtures.end() ? nullptr : &*at;
}

Result<Config> loadConfig(const std::optional<std::string>& given) {
    const char* named = std::getenv("KEYSTAMP_CONFIG");
    const std::string path = given ? *given : named != nullptr && *named != '\0' ? named : kDefaultFile;
    const auto content = readFile(path, 1u << 20);
    if (!content) {
        return Error{ErrorCode::BadConfig, path + " cannot be read; name a file by --config or KEYSTAMP_CONFIG",
                     content.error().native, content.error().where};
    }
    std::error_code trouble;
    const std::string file = std::filesystem::absolute(path, trouble).lexically_normal().string();
    if (const auto readable = checkTomlText(*content, file); !readable) return readable.error();
    try {
        return read(file, toml::parse(*content, file));
    } catch (const toml::parse_error& error) {
        return Error{ErrorCode::BadConfig, fmt::format("{}:{}: {}", file, error.source().begin.line, error.description())};
    }
}

}  // namespace keystamp::workflow
