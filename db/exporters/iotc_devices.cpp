// SPDX-License-Identifier: Apache-2.0
// The six columns in which IoT Central exports its devices with their credentials.
#include <fmt/format.h>

#include "db/csv.h"
#include "db/exporters/keyed_rows.h"
#include "db/exporters/table.h"

namespace keystamp::db::exporters {
namespace {

constexpr std::string_view kHeader =
    "IOTC_DEVICEID,IOTC_DEVICENAME,IOTC_SASKEY_PRIMARY,IOTC_SASKEY_SECONDARY,IOTC_X509THUMBPRINT_PRIMARY,"
    "IOTC_X509THUMBPRINT_SECONDARY\r\n";

Result<std::uint64_t> write(const ExportSource& source, const ExportTarget& target) {
    auto opened = target(std::string{kIotcDevices.file});
    if (!opened) return opened.error();
    ExportFile& file = **opened;
    file.write(kHeader);
    std::uint64_t units = 0;
    const auto walked = eachKeyedRow(source, [&](const BatchRow& row, const DeviceKeys* keys) -> Result<void> {
        ++units;
        file.write(fmt::format("{},{},", row.unit.id.text(), csvField(row.name)));
        if (keys == nullptr) {
            file.write(fmt::format(",,{},\r\n", toHexUpper(sha1(BytesView{row.unit.certificate}))));
            return {};
        }
        for (const std::string_view part : {keys->primary.text(), std::string_view{","}, keys->secondary.text(), std::string_view{",,\r\n"}}) {
            file.write(part);
        }
        return {};
    });
    if (!walked) return walked.error();
    if (auto closed = file.close(); !closed) return closed.error();
    return units;
}

}  // namespace

const Exporter kIotcDevices{.name = "iotc-devices",
                            .file = "iotc-devices.csv",
                            .keys = true,
                            .help = "CSV in IoT Central's six columns: ID, name, SAS keys, X.509 thumbprints",
                            .write = write};

}  // namespace keystamp::db::exporters
