// SPDX-License-Identifier: Apache-2.0
// What the cloud last said of each device that the station gave an identity. It is kept by device ID: the cloud knows no units.
//
// Threads: any. Errors: as Journal's.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/journal.h"

namespace keystamp::db {

enum class CloudState { Registered, Provisioned, Blocked, Missing };
std::string_view name(CloudState state);  ///< "registered", "provisioned", "blocked", "missing"

struct CloudWord {
    CloudState state = CloudState::Registered;
    std::string source;  ///< name(CloudFile)
    UtcTime at{};        ///< of the reconciliation
};

/// What must be done about a unit in the cloud, by what is known there; nothing where `word` is nothing, for a unit that the cloud was not asked about.
enum class CloudNeed { Nothing, Import, Block };
std::string_view name(CloudNeed need);  ///< "", "import", "block"
/// `nobodys`: no live unit has its ID. A void leaf of a device that goes on is the cloud team's by its thumbprint: the block list has it.
CloudNeed needOf(const Unit& unit, bool nobodys, const std::optional<CloudWord>& word);

/// A device's state, from what it was; nothing: it was never heard of.
struct CloudChange {
    DeviceId id;
    std::optional<CloudState> from;
    CloudState to = CloudState::Registered;
};

/// What the journal tells of each unit to whoever reconciles.
struct CloudSubject {
    DeviceId id;
    std::string batch;
    UnitState state = UnitState::Reserved;
    bool issued = false;  ///< it has, or had, a credential
    Bytes voidLeaf;       ///< its certificate, where it is void
};

/// Of a batch; what nobody told of is not in it.
struct CloudCounts {
    std::map<CloudState, std::uint64_t> recorded{};  ///< of recorded units, which are in which state
    std::uint64_t toBlock = 0;                       ///< void ones that need it (needOf)
};

class CloudStates {
public:
    explicit CloudStates(const Journal& journal) : m_journal(journal) {}

    Result<std::optional<CloudWord>> of(const DeviceId& id) const;
    Result<CloudCounts> counts(const std::string& batch) const;
    /// Everything that was ever said, by ID.
    Result<std::map<std::string, CloudWord, std::less<>>> all() const;
    /// Calls `each` for every unit, over all batches, in order of number.
    Result<void> eachSubject(const std::function<Result<void>(const CloudSubject&)>& each) const;

    struct Said {
        DeviceId id;
        CloudState state = CloudState::Registered;
        std::string source;
    };
    /// All of it or nothing, and then one audit row "cloud-reconcile" with `data` (a JSON object's text), how many changed and who; and "cloud-state" for
    /// each that became blocked or missing, or is so no more: these are given back.
    static Result<std::vector<CloudChange>> keep(Journal& journal, const std::vector<Said>& said, const std::string& data, const std::string& who);

private:
    const Journal& m_journal;
};

}  // namespace keystamp::db
