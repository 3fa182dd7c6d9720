// SPDX-License-Identifier: Apache-2.0
// Journal and signer's ledger: each knows when the other has lost rows.
#pragma once

#include "station/workflow/station.h"

namespace keystamp::workflow {

/// A checkpoint that the signer gave, as the journal keeps it.
db::Checkpoint asKept(const hsm::SignedCheckpoint& given);

/// RecordsAltered, with what is missing, where the audit log is not an extension of what the signer signed last.
Result<void> notSetBack(const db::Journal& journal, const hsm::SignedCheckpoint& given);

/// ReconciliationGap where the signer's ledger knows of more in this batch than the journal does, RecordsAltered where it knows of less.
/// `progress` as it was before: what is issued meanwhile is no difference.
Result<void> holdBatch(const Station& station, const db::BatchProgress& progress);

/// The same for every open batch (a Line holds its own, which may have been paused then), and RecordsAltered where the ledger has not signed
/// the journal's last checkpoint, or has signed rows that the journal does not have.
Result<void> holdAgainstLedger(const Station& station);

}  // namespace keystamp::workflow
