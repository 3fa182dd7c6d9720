// SPDX-License-Identifier: Apache-2.0
// Units that registered with the cloud from the line, for a sample: N of every M units of a batch, in the order in which they were reserved. That order
// never changes, whatever breaks off: so which ones they are is said by the journal alone, and there are never more.
//
// Threads: any. Errors: as Journal's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "db/journal.h"

namespace keystamp::db {

/// What came of it.
enum class Sampled {
    Assigned,    ///< the cloud took its credential, and gave it a hub
    Unassigned,  ///< the cloud took its credential; nobody has approved the device yet
    Refused,     ///< the cloud did not take it
    Offline,     ///< not tried to an end: no cloud was reached in time
};
std::string_view name(Sampled outcome);  ///< "assigned", "unassigned", "refused", "offline"

struct Sample {
    Sampled outcome = Sampled::Offline;
    std::string detail;
    UtcTime at{};
};

class Samples {
public:
    explicit Samples(const Journal& journal) : m_journal(journal) {}

    /// Whether it is its turn.
    Result<bool> picks(const Batch& batch, std::int64_t unit) const;
    /// Once a unit; audited as "cloud-sample". A refusal pauses its batch in the same transaction, where that is open, with `detail` as the reason;
    /// one that a person has paused gets the reason.
    static Result<void> keep(Journal& journal, const Unit& unit, Sampled outcome, const std::string& detail);
    Result<std::optional<Sample>> of(std::int64_t unit) const;
    Result<std::map<Sampled, std::uint64_t>> counts(const std::string& batch) const;

private:
    const Journal& m_journal;
};

}  // namespace keystamp::db
