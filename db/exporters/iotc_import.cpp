// SPDX-License-Identifier: Apache-2.0
// IoT Central's import form, as in the manifest.
#include <fmt/format.h>

#include "db/batch_rows.h"
#include "db/exporters/table.h"
#include "db/manifest_rows.h"

namespace keystamp::db::exporters {
namespace {

Result<std::uint64_t> write(const ExportSource& source, const ExportTarget& target) {
    auto file = target(manifest::kImport);
    if (!file) return file.error();
    (*file)->write(fmt::format("{}\r\n", manifest::kImportHeader));
    std::uint64_t units = 0;
    const auto walked = eachBatchRow(source.journal, source.batch, [&](const BatchRow& row) -> Result<void> {
        if (!row.recorded()) return {};
        (*file)->write(manifest::importRow(row.unit.id, row.name));
        ++units;
        return {};
    });
    if (!walked) return walked.error();
    if (auto closed = (*file)->close(); !closed) return closed.error();
    return units;
}

}  // namespace

const Exporter kIotcImport{.name = "iotc-import",
                           .file = manifest::kImport,
                           .help = "CSV that IoT Central imports: ID and name of each recorded unit",
                           .write = write};

}  // namespace keystamp::db::exporters
