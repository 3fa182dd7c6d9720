// SPDX-License-Identifier: Apache-2.0
// The audit log as a file, and its verification anywhere: no journal, no HSM, only the public key.
#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "db/journal.h"

namespace keystamp::db {

/// `origin \n size \n base64(root) \n`: the text a checkpoint's signature covers.
std::string checkpointText(const Checkpoint& checkpoint);
/// The three lines, an empty one, and `— signature <base64>`.
std::string checkpointFile(const Checkpoint& checkpoint);
Result<Checkpoint> parseCheckpoint(const std::string& text);

/// Writes every row, a line each, to `path`, and the last checkpoint beside it as `path`.checkpoint.
Result<void> exportAuditLog(const Journal& journal, const std::string& path);

struct AuditReport {
    std::uint64_t rows = 0;
    Digest root{};
    std::optional<Checkpoint> checkpoint;  ///< the one it was held against
};

/// RecordsAltered names the first row that does not fit: changed, dropped, doubled, swapped, cut off. With a checkpoint the
/// first `size` rows must give its root, and there must be that many; with a key its signature must verify.
Result<AuditReport> verifyAuditFile(const std::string& path, const std::optional<Checkpoint>& checkpoint,
                                    const std::optional<std::string>& publicKeyPem);
Result<AuditReport> verifyAuditLog(const Journal& journal, const std::optional<Checkpoint>& checkpoint,
                                   const std::optional<std::string>& publicKeyPem);

}  // namespace keystamp::db
