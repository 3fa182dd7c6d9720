// SPDX-License-Identifier: Apache-2.0
// Individual enrolments for DPS, as bodies of its bulk operation: POST /enrollments, which takes ten at most.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "db/certificates.h"
#include "db/exporters/keyed_rows.h"
#include "db/exporters/table.h"

namespace keystamp::db::exporters {
namespace {

constexpr std::uint64_t kMost = 10;

// Names that sort as they are counted.
std::string fileName(std::uint64_t number, std::uint64_t files) {
    const std::size_t width = std::max<std::size_t>(4, std::to_string(files).size());
    return fmt::format("enrolments-{:0{}}.json", number, width);
}

void writeAttestation(ExportFile& file, const Unit& unit, const DeviceKeys* keys) {
    if (keys == nullptr) {
        file.write(fmt::format(R"({{"type": "x509", "x509": {{"clientCertificates": {{"primary": {{"certificate": {}}}}}}}}})",
                               nlohmann::json(pemOf(unit.certificate)).dump()));
        return;
    }
    // the keys go past JSON libraries, whose memory is not wiped; base64 needs no escapes
    file.write(R"({"type": "symmetricKey", "symmetricKey": {"primaryKey": ")");
    file.write(keys->primary.text());
    file.write(R"(", "secondaryKey": ")");
    file.write(keys->secondary.text());
    file.write("\"}}");
}

Result<std::uint64_t> write(const ExportSource& source, const ExportTarget& target) {
    const auto progress = source.journal.batch(source.batch.name);
    if (!progress) return progress.error();
    const std::uint64_t files = (progress->recorded + kMost - 1) / kMost;
    std::unique_ptr<ExportFile> file;
    std::uint64_t units = 0;
    const auto end = [&]() -> Result<void> {
        file->write("\n]}\n");
        return file->close();
    };
    const auto walked = eachKeyedRow(source, [&](const BatchRow& row, const DeviceKeys* keys) -> Result<void> {
        if (units % kMost == 0) {
            if (file) {
                if (auto ended = end(); !ended) return ended;
            }
            auto opened = target(fileName(units / kMost + 1, files));
            if (!opened) return opened.error();
            file = std::move(*opened);
            file->write(R"({"mode": "create", "enrollments": [)");
        }
        file->write(units++ % kMost == 0 ? "\n" : ",\n");
        file->write(fmt::format(R"({{"registrationId": "{0}", "deviceId": "{0}", "provisioningStatus": "enabled", "attestation": )",
                                row.unit.id.text()));
        writeAttestation(*file, row.unit, keys);
        file->write("}");
        return {};
    });
    if (!walked) return walked.error();
    if (!file) return Error{ErrorCode::BadUsage, source.batch.name + " has no recorded unit that could be enrolled"};
    if (auto ended = end(); !ended) return ended.error();
    return units;
}

}  // namespace

const Exporter kDpsBulk{.name = "dps-bulk",
                        .file = "enrolments",
                        .many = true,
                        .keys = true,
                        .help = "Folder of JSON bodies for DPS's POST /enrollments: each unit's own enrolment, ten a file",
                        .write = write};

}  // namespace keystamp::db::exporters
