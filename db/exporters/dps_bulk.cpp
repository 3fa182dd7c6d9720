// SPDX-License-Identifier: Apache-2.0
// Individual enrolments for DPS, as bodies of its bulk operation: POST /enrollments, which takes ten at most.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "db/batch_rows.h"
#include "db/certificates.h"
#include "db/exporters/table.h"

namespace keystamp::db::exporters {
namespace {

constexpr std::uint64_t kMost = 10;

// Names that sort as they are counted.
std::string fileName(std::uint64_t number, std::uint64_t files) {
    const std::size_t width = std::max<std::size_t>(4, std::to_string(files).size());
    return fmt::format("enrolments-{:0{}}.json", number, width);
}

// The keys go past JSON libraries, whose memory is not wiped; base64 needs no escapes.
void writeAttestation(ExportFile& file, const DeviceKeys& keys) {
    file.write(R"({"type": "symmetricKey", "symmetricKey": {"primaryKey": ")");
    file.write(keys.primary.text());
    file.write(R"(", "secondaryKey": ")");
    file.write(keys.secondary.text());
    file.write("\"}}");
}

Result<void> writeAttestation(ExportFile& file, const ExportSource& source, const Unit& unit) {
    if (source.batch.mode == Mode::X509) {
        file.write(fmt::format(R"({{"type": "x509", "x509": {{"clientCertificates": {{"primary": {{"certificate": {}}}}}}}}})",
                               nlohmann::json(toPem(unit.certificate)).dump()));
        return {};
    }
    const auto keys = source.keys(unit);
    if (!keys) return keys.error();
    writeAttestation(file, *keys);
    return {};
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
    const auto walked = eachBatchRow(source.journal, source.batch, [&](const BatchRow& row) -> Result<void> {
        if (!row.recorded()) return {};
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
        if (auto written = writeAttestation(*file, source, row.unit); !written) return written;
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
