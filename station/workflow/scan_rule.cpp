// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/scan_rule.h"

#include "core/id_pattern.h"

namespace keystamp::workflow {
namespace {

Result<Meant> matched(DeviceId id, const db::Batch& batch, const db::Journal& journal) {
    const auto pattern = IdPattern::parse(batch.pattern);
    if (!pattern) return pattern.error();
    const auto number = pattern->numberOf(id);
    std::uint64_t cap = batch.cap();
    if (number && *number >= batch.first && *number - batch.first >= cap) {
        // it may have been extended since its line was opened
        const auto now = journal.batch(batch.name);
        if (!now) return now.error();
        cap = now->batch.cap();
    }
    if (!number || *number < batch.first || *number - batch.first >= cap) {
        return Error{ErrorCode::NotInBatch, id.text() + " is not one of " + batch.pattern + " in batch " + batch.name};
    }
    return Meant{"device " + id.text(), std::move(id), {}};
}

}  // namespace

Result<Meant> meaningOf(const std::string& scan, const db::Batch& batch, const db::Journal& journal) {
    if (!batch.pattern.empty() && !batch.match) return Meant{"scan " + scan, {}, {}};
    auto id = DeviceId::parse(scan);
    if (!id) return id.error();
    if (!batch.pattern.empty()) return matched(*std::move(id), batch, journal);
    auto listed = journal.listed(batch.name, *id);
    if (!listed) return listed.error();
    return Meant{"device " + id->text(), *std::move(id), std::move(listed->uid)};
}

Result<std::optional<db::Unit>> liveUnitFor(const Meant& meant, const std::string& scan, const db::Batch& batch,
                                            const db::Journal& journal) {
    return meant.id ? journal.liveUnit(*meant.id) : journal.liveUnitOfScan(batch.name, scan);
}

}  // namespace keystamp::workflow
