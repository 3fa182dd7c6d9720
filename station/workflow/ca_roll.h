// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "station/workflow/station.h"

namespace keystamp::workflow {

/// The slot that new batches get from now on: its CA and its group key. In the signer's ledger and the audit log; as Signer::rollTo.
Result<void> rollCa(Station& station, Slot slot, const hsm::Authority& authority);

}  // namespace keystamp::workflow
