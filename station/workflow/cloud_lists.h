// SPDX-License-Identifier: Apache-2.0
// Private to workflow: the cloud's lists against what the journal gave, before anything is decided.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "station/workflow/cloud_state.h"

namespace keystamp::workflow {

/// One device ID, over all its units of one application.
struct Subject {
    std::set<std::uint32_t> batches;     ///< in which it has units, by place in Subjects::batches
    std::optional<db::UnitState> live;   ///< of its live unit
    std::uint32_t liveBatch = 0;
    bool issuedVoid = false;             ///< a void unit has a credential
    bool elsewhere = false;              ///< it has a live unit of another application
    std::vector<std::string> voidLeaves; ///< thumbprints, SHA-1 and SHA-256, upper case
};

/// What the journal gave, or will give.
struct Subjects {
    std::vector<db::Batch> batches;
    std::unordered_map<std::string, std::set<std::uint32_t>> given;    ///< ID → batches that have a unit of it
    std::unordered_map<std::string, std::set<std::uint32_t>> awaited;  ///< ID → batches that list it
};
Result<Subjects> subjectsIn(const db::Journal& journal);
/// Of the application with this scope.
Result<std::map<std::string, Subject, std::less<>>> subjectsOf(const db::Journal& journal, const Subjects& all, const std::string& scopeId);

/// Whose lists they are: the scope of the IDs in them. BadCsv by line; see reconcileCloud.
Result<std::string> scopeOf(const std::vector<db::CloudList>& lists, const Subjects& subjects);
/// BadCsv where one has an ID in another case than it was given.
Result<void> spelledAsGiven(const std::vector<db::CloudList>& lists, const Subjects& subjects);

/// What all lists together say of one ID: the weightiest word.
struct CloudSays {
    db::CloudSaid said = db::CloudSaid::NotImported;
    db::CloudFile source = db::CloudFile::Export;
    std::set<std::string> thumbprints;
    std::string words;
};
std::map<std::string, CloudSays, std::less<>> together(const std::vector<db::CloudList>& lists);

}  // namespace keystamp::workflow
