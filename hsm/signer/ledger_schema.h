// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the ledger's tables, by numbered migrations (PRAGMA user_version).
#pragma once

#include <functional>

#include "core/result.h"
#include "hsm/signer/sql.h"

namespace keystamp::hsm {

/// Brings the ledger to the newest schema. JournalFault where it was made by a newer program.
/// `begin` is called before a ledger that gets its identity is on disk; where it fails, nothing is changed.
Result<void> migrateLedger(Sql& sql, const std::function<Result<void>()>& begin);

}  // namespace keystamp::hsm
