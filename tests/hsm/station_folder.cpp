// SPDX-License-Identifier: Apache-2.0
#include "tests/hsm/station_folder.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "core/file.h"
#include "core/process.h"
#include "hsm/signer/passphrases.h"

namespace keystamp::test {
namespace {

void must(const Result<void>& done) {
    if (done) return;
    std::fprintf(stderr, "tests/hsm/station_folder: %s\n", describe(done.error()).c_str());
    std::abort();
}

/// 0 where the process has gone.
pid_t parentOf(const std::string& process) {
    const auto status = readFile("/proc/" + process + "/status");
    const auto at = status ? status->find("PPid:") : std::string::npos;
    return at == std::string::npos ? 0 : std::atoi(status->c_str() + at + 5);
}

}  // namespace

bool eventually(const std::function<bool()>& condition, int seconds) {
    const auto deadline = Deadline::in(std::chrono::seconds{seconds});
    while (!condition()) {
        if (deadline.passed()) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return true;
}

hsm::Grant grantOf(const std::string& batch, Mode mode, std::uint64_t cap) {
    hsm::Grant grant;
    grant.batch = batch;
    grant.mode = mode;
    grant.cap = cap;
    grant.pattern = batch + "-{seq:04}";
    grant.first = 1;
    grant.last = 100;
    return grant;
}

StationFolder::StationFolder() {
    must(makeFolder(m_token.path() + "/data"));
    enrol(authority());
}

void StationFolder::enrol(const hsm::Authority& by) {
    const auto ledger = hsm::Ledger::open(m_token.path() + "/data/ledger.db");
    if (!ledger) must(ledger.error());
    must(hsm::Passphrases{**ledger}.enrol(by.supervisor, by.passphrase));
}

void StationFolder::forgetSupervisors() {
    SQLite::Database database{m_token.path() + "/data/ledger.db", SQLite::OPEN_READWRITE, 5000};
    database.exec("DELETE FROM supervisor");
}

StationFolder::~StationFolder() {
    for (const auto& [who, pid] : processes()) ::kill(pid, SIGKILL);
    eventually([this] { return processes().empty(); });
}

hsm::Authority StationFolder::authority() const { return {"demo", Secret::copyOf("correct horse battery")}; }

hsm::SignerAddress StationFolder::address() const {
    return {m_token.path() + "/data/signer.sock", m_token.configFile(), true};
}

std::unique_ptr<hsm::Signer> StationFolder::connect() const {
    auto signer = hsm::connect(address());
    if (!signer) must(signer.error());
    return std::move(*signer);
}

std::vector<std::string> StationFolder::ledger(const std::string& query) const {
    SQLite::Database database{m_token.path() + "/data/ledger.db", SQLite::OPEN_READONLY, 5000};
    SQLite::Statement statement{database, query};
    std::vector<std::string> rows;
    while (statement.executeStep()) rows.push_back(statement.getColumn(0).getString());
    return rows;
}

std::map<std::string, pid_t> StationFolder::processes() const {
    std::map<std::string, pid_t> found;
    std::vector<pid_t> signers;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        const auto words = readFile(entry.path().string() + "/cmdline");
        if (!words || words->find(m_token.configFile()) == std::string::npos) continue;
        if (words->find("keystamp-signer") == std::string::npos) continue;
        if (words->find("--worker") != std::string::npos) found["worker"] = std::stoi(name);
        else signers.push_back(std::stoi(name));
    }
    // beside the one that has the worker may be one that came too late and leaves again, or one that was forked and is no worker yet
    if (!signers.empty()) found["signer"] = signers.front();
    if (const auto worker = found.find("worker"); worker != found.end()) {
        const pid_t parent = parentOf(std::to_string(worker->second));
        if (std::find(signers.begin(), signers.end(), parent) != signers.end()) found["signer"] = parent;
    }
    return found;
}

void StationFolder::kill(const std::string& who, int signal) const {
    const auto found = processes();
    if (const auto process = found.find(who); process != found.end()) ::kill(process->second, signal);
}

bool StationFolder::deserted() const {
    return eventually([this] { return processes().empty(); });
}

}  // namespace keystamp::test
