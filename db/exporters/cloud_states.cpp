// SPDX-License-Identifier: Apache-2.0
// What the cloud last said of each unit, and what its team must do about it.
#include <fmt/format.h>

#include "db/batch_rows.h"
#include "db/cloud_states.h"
#include "db/csv.h"
#include "db/exporters/table.h"
#include "db/samples.h"

namespace keystamp::db {
namespace {

class Rows {
public:
    explicit Rows(const ExportSource& source) : m_source(source), m_states(source.journal), m_samples(source.journal) {}

    /// In order of number, all of a batch.
    Result<std::string> of(const BatchRow& row) {
        const Unit& unit = row.unit;
        const bool picked = m_source.batch.sampleOf != 0 && m_rank++ % m_source.batch.sampleOf < m_source.batch.sample;
        const auto word = m_states.of(unit.id);
        if (!word) return word.error();
        const auto live = m_source.journal.liveUnit(unit.id);
        if (!live) return live.error();
        std::string sample;
        if (picked) {
            auto told = sampleOf(unit);
            if (!told) return told.error();
            sample = *std::move(told);
        }
        const std::string said = *word ? fmt::format("{},{},{}", name((*word)->state), toText((*word)->at), (*word)->source) : ",,";
        return fmt::format("{},{},{},{},{},{}\n", unit.id.text(), name(unit.state), said, name(needOf(unit, !live->has_value(), *word)), csvText(sample), csvText(row.name));
    }

private:
    /// Of one whose turn it was.
    Result<std::string> sampleOf(const Unit& unit) const {
        const auto sample = m_samples.of(unit.number);
        if (!sample) return sample.error();
        if (*sample) return std::string{name((*sample)->outcome)} + ((*sample)->detail.empty() ? "" : ": " + (*sample)->detail);
        if (unit.state != UnitState::Recorded) return std::string{};
        if (unit.origin == KeyOrigin::Board) return "not tried: its key never left its board; shown by " + std::string{name(unit.evidence)};
        return std::string{"not tried: the station ended before"};
    }

    const ExportSource& m_source;
    CloudStates m_states;
    Samples m_samples;
    std::uint64_t m_rank = 0;
};

Result<std::uint64_t> write(const ExportSource& source, const ExportTarget& target) {
    auto opened = target(exporters::kCloudStates.file.data());
    if (!opened) return opened.error();
    ExportFile& file = **opened;
    std::uint64_t count = 0;
    file.write("id,unit,cloud,said,source,needs,sample,name\n");
    Rows rows{source};
    const auto walked = eachBatchRow(source.journal, source.batch, [&](const BatchRow& row) -> Result<void> {
        const auto line = rows.of(row);
        if (!line) return line.error();
        file.write(*line);
        ++count;
        return {};
    });
    if (!walked) return walked.error();
    if (auto closed = file.close(); !closed) return closed.error();
    return count;
}

}  // namespace

namespace exporters {

const Exporter kCloudStates{.name = "cloud-states",
                            .file = "cloud-states.csv",
                            .help = "CSV of what the cloud last said of each unit, and what must be done there (`keystamp cloud reconcile`)",
                            .write = write};

}  // namespace exporters
}  // namespace keystamp::db
