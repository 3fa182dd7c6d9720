// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/station.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "hsm/client.h"

namespace keystamp::workflow {
namespace {

// Not made here: a mistyped `data` would begin an empty journal beside the true one.
Result<void> checkDataFolder(const Config& config) {
    std::error_code problem;
    if (!std::filesystem::is_directory(config.data, problem)) {
        return Error{ErrorCode::BadConfig, config.file + ": [station] data: there is no folder " + config.data +
                                               "; make it with: install -d -m 0700 " + config.data};
    }
    if (::access(config.data.c_str(), R_OK | W_OK | X_OK) != 0) {
        return Error{ErrorCode::IoFault, config.data + " does not belong to this user", errno, "access"};
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Station>> openStation(const Config& config, Station::Use use) {
    if (const auto there = checkDataFolder(config); !there) return there.error();
    auto station = std::make_unique<Station>();
    station->config = config;
    if (use == Station::Use::Run) {
        auto lock = lockFile(config.runLockPath());
        if (!lock) return lock.error();
        station->runLock = std::move(*lock);
    }
    auto journal = db::Journal::open(config.journalPath(), config.name);
    if (!journal) return journal.error();
    station->journal = std::move(*journal);
    if (use == Station::Use::Records) return station;
    auto signer = hsm::connect({config.signerSocket, config.file, config.startSigner});
    if (!signer) return signer.error();
    station->signer = std::move(*signer);
    return station;
}

void beginLabels(Station& station) {
    if (station.config.label && !station.labels) station.labels = std::make_unique<Labels>(*station.journal, *station.config.label);
}

}  // namespace keystamp::workflow
