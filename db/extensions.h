// SPDX-License-Identifier: Apache-2.0
// Extensions of batches that wait for their release.
// Private to this room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/connection.h"
#include "db/records.h"

namespace keystamp::db {

std::optional<Extension> extensionOf(Connection& db, const std::string& batch);
void dropExtension(Connection& db, const std::string& batch);

/// What the log keeps of a list: SHA-256 over its lines.
Digest digestOf(const std::vector<ListedId>& ids);

}  // namespace keystamp::db
