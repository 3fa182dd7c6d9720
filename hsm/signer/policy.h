// SPDX-License-Identifier: Apache-2.0
// Private to hsm: what a grant must look like and whom it covers. Pure: no ledger, no token.
#pragma once

#include "core/result.h"
#include "hsm/signer.h"

namespace keystamp::hsm {

/// BadUsage: no name, no cap, neither a pattern with its range nor a list, IDs that stand twice, numbers beyond SQLite's.
Result<void> checkGrant(const Grant& grant);

/// BadUsage: a job's name of no or more than 128 bytes, which the ledger would keep.
/// What a station may have written down of a supervisor's act: "unit-...", "batch-...", "journal-..." or "person-...", so that none of the signer's own
/// can be pretended.
Result<void> checkAct(const std::string& act, const std::string& about);
Result<void> checkJob(const std::string& job);

/// Whether a pattern and its range make this ID.
bool patternCovers(const std::string& pattern, std::uint64_t first, std::uint64_t last, const DeviceId& id);

/// Whether `admission` stands in the log of `head` and says that it broke with `last`: strict JSON, kind "journal-reconcile", checkpoint
/// {size, root in base64}, who = `supervisor`, a reason. SignerRefused says what is wrong.
Result<void> checkAdmission(const TreeHead& head, const LogRow& admission, const TreeHead& last, const std::string& supervisor);

/// manifest.json as it may be signed: strict JSON (nothing twice, nothing after it), an object of format 1 that names `last` as its
/// checkpoint and each file by name and SHA-256. SignerRefused says which rule it breaks; RecordsAltered for another checkpoint.
/// The batch that it is of.
Result<std::string> checkManifest(const std::string& json, const std::optional<SignedCheckpoint>& last);

}  // namespace keystamp::hsm
