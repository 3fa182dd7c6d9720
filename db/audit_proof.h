// SPDX-License-Identifier: Apache-2.0
// That single rows stand in the audit log, shown without the log: to a customer who may see one device and no other.
#pragma once

#include <string>
#include <vector>

#include "db/journal.h"

namespace keystamp::db {

struct ProvenRow {
    std::uint64_t number = 0;  ///< from 1
    std::string line;
    std::vector<Digest> path;  ///< RFC 6962 section 2.1.1, from the leaf upwards
};

/// Every row about one device, each in the tree of one signed checkpoint.
struct AuditProof {
    std::string id;
    std::vector<ProvenRow> rows;
    Checkpoint checkpoint;
};

/// The rows about this device, without their paths; UnknownUnit where there is none.
Result<std::vector<ProvenRow>> auditRowsOf(const Journal& journal, const DeviceId& id);
/// Reads the log once. RecordsAltered where it is not what the checkpoint was signed for; Internal where the checkpoint is older than
/// a row.
Result<AuditProof> proveRows(const Journal& journal, const DeviceId& id, std::vector<ProvenRow> rows, const Checkpoint& checkpoint);

/// One file of JSON.
std::string auditProofText(const AuditProof& proof);
/// Needs no journal. RecordsAltered says what does not hold: signature, a row's place in the tree, what it is about, the spelling.
Result<AuditProof> verifyAuditProof(const std::string& text, const std::string& publicKeyPem);

}  // namespace keystamp::db
