// SPDX-License-Identifier: Apache-2.0
// What a manifest's files say about each other, row by row.
// Private to this room.
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/result.h"
#include "db/certificates.h"
#include "db/manifest_rows.h"

namespace keystamp::db::manifest {

/// What manifest.json says of the rest.
struct Promised {
    std::string batch;
    Mode mode = Mode::X509;
    UtcTime exportedAt{};
    Counts counts;
    std::set<std::string> cas;                 ///< SHA-256 of the CAs that may have issued, lower-case hex
    std::map<std::string, std::string> files;  ///< name → SHA-256
    std::string auditKey;
    Checkpoint checkpoint;
};

/// units.csv against the counts, iotc-import.csv and leaves.pem against units.csv, each leaf against `chain`. Reads the three
/// side by side, once.
Result<void> checkContents(const std::string& folder, const Promised& promised, const Chain* chain);

}  // namespace keystamp::db::manifest
