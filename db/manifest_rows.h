// SPDX-License-Identifier: Apache-2.0
// What a manifest's files are called and how a row of units.csv looks: writer and verifier share it.
// Private to this room.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "db/records.h"

namespace keystamp::db::manifest {

inline constexpr const char* kImport = "iotc-import.csv";
inline constexpr const char* kUnits = "units.csv";
inline constexpr const char* kChain = "ca-chain.pem";
inline constexpr const char* kLeaves = "leaves.pem";
inline constexpr const char* kVerify = "VERIFY.txt";
inline constexpr const char* kJson = "manifest.json";
inline constexpr const char* kSignature = "manifest.sig";

/// The files whose digests manifest.json holds, in the order of their names.
std::vector<std::string> filesOf(Mode mode);

/// The fields that programs read come first and never hold a comma, the words of people last: a line can be cut at commas.
inline constexpr std::array kColumns{"unit",     "id",       "state",    "verdict",  "uid",    "key",    "evidence", "locked",
                                     "serial",   "sha1",     "sha256",   "key_hash", "credential", "supersedes", "slot", "created", "changed",
                                     "recorded", "name",     "scan",     "family",   "firmware", "fixture", "job",    "reason"};
std::string unitsHeader();
inline constexpr std::string_view kImportHeader = "IOTC_DEVICEID,IOTC_DEVICENAME";
/// With its CRLF, as in Microsoft's own sample.
std::string importRow(const DeviceId& id, const std::string& name);

/// `name` is the listed one; `last` the unit's last job where it is not recorded.
std::string unitRow(const Unit& unit, const std::string& name, const std::optional<JobRecord>& last);
std::string jobRow(const JobRecord& job);

/// What the verifier needs of a row. RecordsAltered where it cannot be one.
struct ReadRow {
    std::int64_t unit = 0;  ///< 0: a job without a unit
    std::optional<DeviceId> id;
    std::optional<UnitState> state;
    std::string verdict, uid, evidence, serial, sha1, sha256, recorded, name;
    bool live() const { return state && *state != UnitState::Void; }
};
Result<ReadRow> readRow(std::string_view line);

/// What both count.
struct Counts {
    std::uint64_t units = 0, recorded = 0, unresolved = 0, unfinished = 0, voided = 0, failed = 0, leaves = 0;
    std::optional<DeviceId> firstId, lastId;  ///< of the recorded ones
    std::string firstRecorded, lastRecorded;
    void add(const std::optional<UnitState>& state, const std::optional<DeviceId>& id, bool failed, bool leaf,
             const std::string& recordedAt);
    bool operator==(const Counts&) const = default;
};

}  // namespace keystamp::db::manifest
