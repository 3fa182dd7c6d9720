// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include "core/result.h"
#include "db/commit_queue.h"
#include "db/records.h"

namespace keystamp::db {

/// Journal::reserve inside a transaction: every rule that a new unit must pass, then its row.
Result<Unit> reserveUnit(Transaction& transaction, const Reservation& wanted);

/// A unit that is voided while RESERVED has cost nothing: gives its place under the cap, and its ID, back.
void giveBack(Transaction& transaction, const Unit& unit);

}  // namespace keystamp::db
