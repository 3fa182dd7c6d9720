// SPDX-License-Identifier: Apache-2.0
// The manifest: a folder that the cloud team imports and anyone verifies offline (`"format": 1`).
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/result.h"
#include "db/journal.h"

namespace keystamp::db {

/// What the manifest says beyond the journal's rows.
struct ManifestContext {
    std::string station;
    std::string caChainPem;            ///< every intermediate used and the root
    std::map<std::string, std::string> caFingerprints;  ///< slot → SHA-256 hex of the CA certificate
    std::string auditKeyPem;
    Checkpoint checkpoint;             ///< taken for this export
    std::map<std::string, std::uint64_t> ledger;  ///< the signer's counts of this batch, for reconciliation
};

/// Signs manifest.json's text with the audit key.
using ManifestSigner = std::function<Result<Bytes>(const std::string& json)>;

struct ManifestReport {
    std::uint64_t recorded = 0, voided = 0, unresolved = 0, failed = 0;
    std::string batch;
};

/// Writes iotc-import.csv, units.csv, ca-chain.pem, leaves.pem, VERIFY.txt, manifest.json, manifest.sig into `folder`
/// (made; replaced as a whole where it holds an older manifest; BadUsage where it holds anything else).
Result<ManifestReport> writeManifest(const Journal& journal, const std::string& batch, const ManifestContext& context,
                                     const std::string& folder, const ManifestSigner& sign);

/// Signature, every file's digest, no file beyond them, rows against counts, every leaf against chain and row.
/// RecordsAltered names what does not fit.
Result<ManifestReport> verifyManifest(const std::string& folder, const std::string& publicKeyPem);

}  // namespace keystamp::db
