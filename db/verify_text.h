// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include <string>

#include "db/manifest.h"
#include "db/manifest_rows.h"

namespace keystamp::db::manifest {

/// VERIFY.txt: a shell script of stock commands, made for this one batch, which is also the explanation of what they show.
std::string verifyText(const std::string& batch, Mode mode, const ManifestContext& context, const std::string& keyFingerprint,
                       const Counts& counts, UtcTime exportedAt);

}  // namespace keystamp::db::manifest
