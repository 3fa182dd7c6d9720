// SPDX-License-Identifier: Apache-2.0
// Journal and signer's ledger: each knows when the other has lost rows.
#pragma once

#include "station/workflow/station.h"

namespace keystamp::workflow {

/// ReconciliationGap where the signer's ledger knows of more in an open batch than the journal does; RecordsAltered where it knows of
/// less, or has not signed the journal's last checkpoint.
Result<void> holdAgainstLedger(const Station& station);

}  // namespace keystamp::workflow
