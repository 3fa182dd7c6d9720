// SPDX-License-Identifier: Apache-2.0
#include "tests/support/token_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sstream>

#include "core/file.h"
#include "hsm/signer/demo_token.h"

namespace keystamp::test {
namespace {

namespace fs = std::filesystem;
constexpr const char* kSoftHsm = "/usr/lib/softhsm/libsofthsm2.so";

template <typename T>
T must(Result<T> result) {
    if (result) return std::move(result).value();
    std::fprintf(stderr, "tests/support/token_folder: %s\n", describe(result.error()).c_str());
    std::abort();
}
void must(const Result<void>& result) {
    if (result) return;
    std::fprintf(stderr, "tests/support/token_folder: %s\n", describe(result.error()).c_str());
    std::abort();
}

void pointTo(const std::string& folder) {
    must(writeFile(
        folder + "/softhsm2.conf",
        fmt::format("directories.tokendir = {}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n", folder)));
}

// The program's own finished token; its folder goes with the program.
class Original {
public:
    Original() : m_path(newFolder()) {
        must(openSecureHeap());
        writeStationToml(m_path);
        must(hsm::makeDemoToken(must(hsm::loadSignerConfig(m_path + "/station.toml"))));
    }
    ~Original() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    const std::string& path() const { return m_path; }

private:
    std::string m_path;
};

const std::string& original() {
    static const Original made;
    return made.path();
}

}  // namespace

std::string newFolder() {
    const char* base = std::getenv("TMPDIR");
    std::string path = std::string{base != nullptr ? base : "/tmp"} + "/keystamp-token-XXXXXX";
    if (mkdtemp(path.data()) == nullptr) std::abort();
    return path;
}

void writeStationToml(const std::string& folder, bool log, const std::string& tokenLabel) {
    std::string environment = "SOFTHSM2_CONF = \"softhsm2.conf\"";
    if (log) {
        environment += fmt::format(", KEYSTAMP_PKCS11_LOG_MODULE = \"{}\", KEYSTAMP_PKCS11_LOG = \"{}/calls.log\"",
                                   kSoftHsm, folder);
    }
    must(
        writeFile(folder + "/station.toml",
                  fmt::format(R"([station]
name = "test-line"
data = "data"
[signer]
module = "{}"
token_label = "{}"
environment = {{ {} }}
root = "ca/root.pem"
sealing_key = "41"
{}
[signer.primary]
ca_key = "01"
ca_cert = "ca/primary.pem"
group_key = "11"
[signer.secondary]
ca_key = "02"
ca_cert = "ca/secondary.pem"
group_key = "12"
[signer.audit]
key = "21"
[supervisor]
name = "demo"
{}
)",
                              log ? KEYSTAMP_PKCS11_LOG_SO : kSoftHsm, tokenLabel, environment,
                              tokenLabel.starts_with("keystamp-demo") ? "pin_file = \"pin\"" : "",
                              tokenLabel.starts_with("keystamp-demo") ? "passphrase_file = \"supervisor.pass\"" : "")));
}

TokenFolder::TokenFolder() : m_path(newFolder()) {
    fs::copy(original(), m_path, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    pointTo(m_path);
}

TokenFolder::~TokenFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

hsm::SignerConfig TokenFolder::config() const { return must(hsm::loadSignerConfig(configFile())); }
Secret TokenFolder::pin() const { return must(readSecretFile(m_path + "/pin")); }
void TokenFolder::logCalls() { writeStationToml(m_path, true); }

std::vector<std::map<std::string, std::string>> TokenFolder::calls(const std::string& function) const {
    std::vector<std::map<std::string, std::string>> found;
    const auto text = readFile(m_path + "/calls.log");
    if (!text) return found;
    std::istringstream lines{*text};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words{line};
        std::map<std::string, std::string> call;
        words >> call[""];
        for (std::string word; words >> word;) call[word.substr(0, word.find('='))] = word.substr(word.find('=') + 1);
        if (call[""] == function) found.push_back(std::move(call));
    }
    return found;
}

}  // namespace keystamp::test
