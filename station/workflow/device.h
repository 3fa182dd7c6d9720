// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "db/cloud_states.h"
#include "db/journal.h"
#include "hsm/signer.h"

namespace keystamp::workflow {

/// What the journal holds of one device.
struct Device {
    DeviceId id;
    std::vector<db::Unit> units;      ///< every issuance, oldest first
    std::vector<db::JobRecord> jobs;
    std::vector<DeviceId> others;     ///< that the same text may mean
    std::optional<db::CloudWord> cloud{};  ///< what the cloud last said of it
};
/// By whatever one has in hand (db::Journal::find); the newest that fits. UnknownUnit where none does. Any thread.
Result<Device> findDevice(const db::Journal& journal, const std::string& text);

/// Whether a derived key is the one that the unit's board got: not where its slot's group key was replaced since (RecordsAltered). Keys
/// of the other slot are no board's: nothing is said of them.
Result<void> isTheBoards(const db::Unit& unit, const hsm::DerivedKey& derived);

}  // namespace keystamp::workflow
