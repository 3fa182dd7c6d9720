// SPDX-License-Identifier: Apache-2.0
// What the cloud must not take any more: it still would, for a void leaf or key authenticates until it is blocked there.
#include <fmt/format.h>

#include "db/batch_rows.h"
#include "db/csv.h"
#include "db/exporters/table.h"

namespace keystamp::db::exporters {
namespace {

std::string certificateRow(const Unit& unit) {
    return fmt::format("certificate,{},{},{},{}", unit.id.text(), toHexUpper(sha1(BytesView{unit.certificate})),
                       toHexUpper(sha256(BytesView{unit.certificate})), toHexUpper(unit.serial));
}

// A key is its ID's for ever: where a board has it, the ID is good; where none has, the device is to be blocked.
Result<bool> isOfNobody(const Journal& journal, const Unit& unit) {
    const auto live = journal.liveUnit(unit.id);
    if (!live) return live.error();
    return !live->has_value();
}

Result<std::uint64_t> write(const ExportSource& source, const ExportTarget& target) {
    auto opened = target(kBlockList.file.data());
    if (!opened) return opened.error();
    ExportFile& file = **opened;
    std::uint64_t rows = 0;
    file.write("block,id,sha1,sha256,serial,since,for,reason\n");
    const auto walked = eachBatchRow(source.journal, source.batch, [&](const BatchRow& row) -> Result<void> {
        const Unit& unit = row.unit;
        if (unit.live() || unit.credential == Digest{}) return {};
        std::string what = certificateRow(unit);
        if (unit.certificate.empty()) {
            const auto nobody = isOfNobody(source.journal, unit);
            if (!nobody) return nobody.error();
            if (!*nobody) return {};
            what = fmt::format("device,{},,,", unit.id.text());
        }
        file.write(fmt::format("{},{},{},{}\n", what, toText(unit.changedAt), name(unit.voidedFor), csvText(unit.voidReason)));
        ++rows;
        return {};
    });
    if (!walked) return walked.error();
    if (auto closed = file.close(); !closed) return closed.error();
    return rows;
}

}  // namespace

const Exporter kBlockList{.name = "block-list",
                          .file = "block-list.csv",
                          .help = "CSV of what the cloud team must block: void certificates, and devices whose key no board has any more",
                          .write = write};

}  // namespace keystamp::db::exporters
