// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/result.h"
#include "db/journal.h"

namespace keystamp::db {

/// A unit as every file that leaves the station shows it.
struct BatchRow {
    Unit unit;
    std::string name;               ///< the listed one, or else the ID
    std::optional<JobRecord> last;  ///< its last job, where it is not recorded
    bool recorded() const { return unit.state == UnitState::Recorded; }
    bool failed() const { return !recorded() && last && last->verdict == Verdict::Fail; }
};

/// All units of a batch in order of number, one at a time; stops at the first error.
Result<void> eachBatchRow(const Journal& journal, const Batch& batch, const std::function<Result<void>(const BatchRow&)>& each);

}  // namespace keystamp::db
