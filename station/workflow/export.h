// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "db/exporter.h"
#include "station/workflow/station.h"

namespace keystamp::workflow {

struct ExportOrder {
    std::string batch;
    const db::Exporter* exporter = nullptr;
    std::string place;
    std::optional<db::Recipient> recipient;
};
/// Reconciles (ReconciliationGap: nothing is written), takes a checkpoint, writes. `authority` where the exporter holds keys: every
/// key is the signer's, and the export is audited before the first one is written.
Result<db::Exported> exportBatch(Station& station, const ExportOrder& order, const hsm::Authority* authority);

/// The public key that this station's log and manifests are verified with, PEM. KeyMissing where the signer has none.
Result<std::string> auditKey(Station& station);

/// The manifest as `folder`/<batch>, on a medium that is carried off: flushed, and what lies there then verified as an auditor would.
Result<db::ManifestReport> handOver(Station& station, const std::string& batch, const std::string& folder);

/// The whole audit log under a new checkpoint, as a file of `folder` that is named after the time; flushed and verified as above. Its path.
Result<std::string> handOverAuditLog(Station& station, const std::string& folder);

/// What manifest and exports say beyond the journal's rows; takes a checkpoint.
Result<db::ManifestContext> manifestContext(Station& station, const std::string& batch);

}  // namespace keystamp::workflow
