// SPDX-License-Identifier: Apache-2.0
// What a cloud says of its devices, in the files that it gives. Which of them it is, its content tells and not its name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace keystamp::db {

enum class CloudFile {
    Export,         ///< IoT Central's export of devices, CSV
    ImportLog,      ///< IoT Central's log of what an import did not take, CSV
    Devices,        ///< IoT Central's REST API, JSON: one page of the list of devices, or all of it
    Enrolments,     ///< DPS, JSON: individual enrolments
    Registrations,  ///< DPS, JSON: registration states
};
std::string_view name(CloudFile file);  ///< "iotc-export", "iotc-import-log", "iotc-devices", "dps-enrolments", "dps-registrations"

/// Of one device, the weightier the later.
enum class CloudSaid {
    NotImported,  ///< an import did not take it
    There,        ///< it is there, and no more is said: an export without a column of states
    Registered,
    Provisioned,
    Blocked,
};

struct CloudDevice {
    std::string id;                          ///< as it stands there: perhaps none that the station could give
    CloudSaid said = CloudSaid::There;
    std::vector<std::string> thumbprints{};  ///< SHA-1 or SHA-256, hexadecimal, upper case: what it is let in by
    std::string words{};                     ///< why it was not imported
    std::size_t line = 0;
};

struct CloudList {
    std::string source;  ///< how the file is called
    CloudFile kind = CloudFile::Export;
    Digest digest{};     ///< SHA-256 of the file
    std::vector<CloudDevice> devices{};  ///< none: the last page of Devices, where those before it were full
    bool more = false;   ///< Devices: another page follows it
    bool single = false; ///< one entry by itself, as the address of one device gives it: it says nothing of others
};

/// All or nothing. BadCsv lists up to ten errors by line: what is damaged or cut, a state that no such cloud has, an ID that stands twice; and
/// says which files there are where it is none of them. An export's keys are blanked before anybody reads it. At most 64 MiB.
Result<CloudList> readCloudList(const std::string& path);

}  // namespace keystamp::db
