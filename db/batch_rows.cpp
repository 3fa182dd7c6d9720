// SPDX-License-Identifier: Apache-2.0
#include "db/batch_rows.h"

namespace keystamp::db {
namespace {

Result<std::string> shownName(const Journal& journal, const Batch& batch, const DeviceId& id) {
    if (!batch.pattern.empty()) return id.text();
    const auto listed = journal.listed(batch.name, id);
    if (!listed) return listed.error();
    return listed->name.empty() ? id.text() : listed->name;
}

Result<std::optional<JobRecord>> lastJob(const Journal& journal, const Unit& unit) {
    const auto jobs = journal.jobsOf(unit.id);
    if (!jobs) return jobs.error();
    std::optional<JobRecord> last;
    for (const JobRecord& job : *jobs) {
        if (job.unit == unit.number) last = job;
    }
    return last;
}

}  // namespace

Result<void> eachBatchRow(const Journal& journal, const Batch& batch, const std::function<Result<void>(const BatchRow&)>& each) {
    return journal.eachUnit(batch.name, [&](const Unit& unit) -> Result<void> {
        auto name = shownName(journal, batch, unit.id);
        if (!name) return name.error();
        BatchRow row{unit, std::move(*name), std::nullopt};
        if (!row.recorded()) {
            auto last = lastJob(journal, unit);
            if (!last) return last.error();
            row.last = std::move(*last);
        }
        return each(row);
    });
}

}  // namespace keystamp::db
