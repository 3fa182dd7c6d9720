// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "db/journal.h"

namespace keystamp::workflow {

/// What a scan means under its batch's rule.
struct Meant {
    std::string key;             ///< the same for two scans that mean the same device
    std::optional<DeviceId> id;  ///< nothing: the scan is a serial number, and the batch's next free ID goes to it
    Bytes uid;                   ///< the board that must carry it, where the batch's list says so
};

/// A list's scan is one of its IDs; a pattern's is a serial number or, with `match`, an ID that fits. BadDeviceId, NotInBatch.
Result<Meant> meaningOf(const std::string& scan, const db::Batch& batch, const db::Journal& journal);

/// The live unit that this scan was given, if there is one.
Result<std::optional<db::Unit>> liveUnitFor(const Meant& meant, const std::string& scan, const db::Batch& batch,
                                            const db::Journal& journal);

}  // namespace keystamp::workflow
