// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the ledger's tables, by numbered migrations (PRAGMA user_version).
#pragma once

#include "core/result.h"
#include "hsm/signer/sql.h"

namespace keystamp::hsm {

/// Brings the ledger to the newest schema. JournalFault where it was made by a newer program.
Result<void> migrateLedger(Sql& sql);

}  // namespace keystamp::hsm
