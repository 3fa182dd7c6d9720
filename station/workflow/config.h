// SPDX-License-Identifier: Apache-2.0
// The station's part of station.toml. Paths in it are relative to the file. See docs/station.toml for every key.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "station/cloud/login.h"
#include "station/cloud/push_target.h"
#include "station/label/settings.h"
#include "station/workflow/scan_format.h"

namespace keystamp::workflow {

struct FixtureConfig {
    std::string name;             ///< "F1"
    std::string link;             ///< see flashing/link/link.h
    std::string driver = "agent";
    std::string label;            ///< barcode on the fixture; its name unless given
    std::map<std::string, std::string> options{};  ///< the driver's, from its table [driver.NAME]; numbers as text
};

/// A scanner that the station reads itself; others type as keyboards do.
struct ScannerConfig {
    std::string name;
    std::string link;      ///< see flashing/link/link.h, or evdev:/dev/input/...
    std::string fixture;   ///< all its scans are for that one; empty: for any
    std::string end;       ///< what ends a scan; empty: CR, LF or both. Not for evdev, where Enter or Tab does
};

struct Config {
    std::string file;             ///< absolute
    std::string name;             ///< the station's name = origin of its audit log
    std::string data;             ///< absolute folder: journal.db, ledger.db, signer.sock, locks
    std::string signerSocket;
    bool startSigner = true;      ///< as a child where none listens
    std::string supervisor;       ///< name used where none is asked for
    std::string passphraseFile;   ///< demo tokens only
    std::vector<FixtureConfig> fixtures;
    unsigned stopAfter = 3;       ///< equal failures in a row on one fixture; 0: it never stops
    unsigned logoutMinutes = 10;  ///< without touch or scan, until a person is logged out; 0: never
    ScanFormat scan{};
    std::vector<ScannerConfig> scanners{};
    std::optional<label::Settings> label{};  ///< nothing: no labels are printed
    cloud::Access cloud{};        ///< how the device provisioning service is reached
    std::optional<cloud::PushTarget> push{};  ///< nothing: devices are pushed nowhere
    bool tone = true;             ///< the kiosk sounds verdicts

    std::string journalPath() const { return data + "/journal.db"; }
    std::string runLockPath() const { return data + "/run.lock"; }
    const FixtureConfig* fixture(const std::string& name) const;
};

/// `given`, else KEYSTAMP_CONFIG, else /etc/keystamp/station.toml. BadConfig names file, line and key; unknown keys in the
/// station's own tables are errors, for a misspelt one would be silently without effect.
Result<Config> loadConfig(const std::optional<std::string>& given);

}  // namespace keystamp::workflow
