// SPDX-License-Identifier: Apache-2.0
// What the cloud says of the station's devices, held against what the station gave: after the fact, by files that somebody fetched.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/cloud_list.h"
#include "db/cloud_states.h"
#include "station/workflow/station.h"

namespace keystamp::workflow {

/// Something that needs a person.
struct CloudFinding {
    enum class What {
        NotBlocked,      ///< nobody has this identity any more, and the cloud would let it in
        LeafNotBlocked,  ///< a void leaf of a device that goes on is still what the cloud knows it by
        Missing,         ///< a recorded unit that the cloud does not know
        Unknown,         ///< the cloud knows an ID that the station never gave
    };
    What what = What::Unknown;
    std::string id;
    std::string words{};  ///< more about it; may be empty
};
std::string_view name(CloudFinding::What what);  ///< "not-blocked", "leaf-not-blocked", "missing", "unknown"
/// What to do about it.
std::string_view nextStep(CloudFinding::What what);

struct CloudReconciliation {
    std::string scopeId;
    /// How many devices that were judged are in which state by now: of recorded units, of those that are nobody's any more, of those still at work.
    struct Row {
        std::uint64_t recorded = 0, voided = 0, atWork = 0;
    };
    std::map<db::CloudState, Row> table;
    Row untold;                           ///< of which nothing is known yet
    std::vector<CloudFinding> findings;
    std::vector<db::CloudChange> changes; ///< that became blocked or missing, or are so no more
    std::uint64_t awaited = 0;            ///< in the cloud, and in a batch's list whose board has not come yet
    std::uint64_t others = 0;             ///< in the cloud, and another batch's than the one that was asked for

    std::uint64_t count(CloudFinding::What what) const;
    bool needsSomebody() const { return !findings.empty(); }
};

struct CloudQuestion {
    const std::vector<db::CloudList>& lists;
    std::optional<std::string> batch{};
    bool whole = false;  ///< somebody's word that the lists leave out no device
};

/// Judges the units of one application: that of `batch`, and then of that batch alone, or else the one whose IDs the lists have. What no list tells stays
/// as it was told before. Kept in the journal and its audit log, all of it or nothing. BadCsv by line for a list of another application, of two, or with
/// an ID in another case than the station gave; UnknownBatch.
/// A unit is missing where a whole list does not have it: IoT Central's, or one of enrolments that has others of its batch. A log of an import, registration
/// states or an entry by itself are no such list. A view that somebody filtered looks like a whole one: where more units would become missing than the lists
/// name devices, it is BadUsage unless it was said to be whole.
Result<CloudReconciliation> reconcileCloud(Station& station, const CloudQuestion& question, const std::string& who);

}  // namespace keystamp::workflow
