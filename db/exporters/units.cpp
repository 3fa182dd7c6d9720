// SPDX-License-Identifier: Apache-2.0
// Every unit and every job that failed before there was one, as in the manifest.
#include "db/batch_rows.h"
#include "db/exporters/table.h"
#include "db/manifest_rows.h"

namespace keystamp::db::exporters {
namespace {

Result<std::uint64_t> write(const ExportSource& source, const ExportTarget& target) {
    auto opened = target(manifest::kUnits);
    if (!opened) return opened.error();
    ExportFile& file = **opened;
    std::uint64_t rows = 0;
    const auto line = [&](const std::string& text) {
        file.write(text + "\n");
        ++rows;
        return Result<void>{};
    };
    file.write(manifest::unitsHeader() + "\n");
    auto walked = eachBatchRow(source.journal, source.batch,
                               [&](const BatchRow& row) { return line(manifest::unitRow(row.unit, row.name, row.last)); });
    if (walked) walked = source.journal.eachJobWithoutUnit(source.batch.name, [&](const JobRecord& job) { return line(manifest::jobRow(job)); });
    if (!walked) return walked.error();
    if (auto closed = file.close(); !closed) return closed.error();
    return rows;
}

}  // namespace

const Exporter kUnits{.name = "units",
                      .file = manifest::kUnits,
                      .help = "CSV of every unit, voided and failed ones too, for programs",
                      .write = write};

}  // namespace keystamp::db::exporters
