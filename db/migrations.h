// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include "core/result.h"
#include "db/connection.h"

namespace keystamp::db {

/// Brings the schema to the newest version, each step in a transaction of its own (`user_version` counts them). JournalFault
/// where the file was made by a newer program. See SCHEMA.md.
Result<void> migrate(Connection& connection);

}  // namespace keystamp::db
