// SPDX-License-Identifier: Apache-2.0
#include "station/cli/batch_page.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "db/cloud_states.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

std::string describeIds(const db::Batch& batch) {
    if (batch.pattern.empty()) return "a list; a scan equals one of them";
    return fmt::format("{} from {} to {}; {}", batch.pattern, batch.first, batch.first + batch.cap() - 1,
                       batch.match ? "a scan is one of them" : "a scan is a serial number and gets the next one");
}

std::string inTheCloud(const db::CloudCounts& counts) {
    std::string text;
    for (const auto& [state, count] : counts.recorded) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name(state));
    if (counts.toBlock > 0) text += fmt::format("{}{} void and not blocked", text.empty() ? "" : ", ", counts.toBlock);
    return text;
}

std::string page(const db::BatchProgress& progress, const std::vector<db::Unit>& waiting) {
    const db::Batch& batch = progress.batch;
    std::string text = fmt::format(
        "batch       {}\nstate       {}\nmode        {}, {} {}\nscope ID    {}\nIDs         {}\nordered     {} and "
        "{} spare\n"
        "opened      {} by {}\nrecorded    {}\nunresolved  {}\nvoided      {}\nfailed jobs {}",
        batch.name, name(batch.state), name(batch.mode), name(batch.slot), batch.mode == Mode::Imported ? "key" : "slot", batch.scopeId, describeIds(batch),
        batch.count, batch.spare, toText(batch.createdAt), batch.createdBy, progress.recorded, progress.unresolved,
        progress.voided, progress.failedJobs);
    if (const auto& more = progress.extension) {
        text += fmt::format("\n  waits for its release: {} ordered and {} spare, as {} asked: {}\n"
                            "  a second supervisor does it: keystamp batch release {} --as NAME",
                            more->count, more->spare, more->who, more->reason, batch.name);
    }
    if (batch.required != db::Evidence::None) text += fmt::format("\nrequires    {}, or more", name(batch.required));
    if (batch.sampleOf != 0) text += fmt::format("\nsample      {} of every {} units register from the line (`keystamp cloud show {}`)", batch.sample, batch.sampleOf, batch.name);
    if (!batch.stopped.empty()) text += fmt::format("\nstopped     the cloud refused {}\n            put that right, then: keystamp batch resume {}", batch.stopped, batch.name);
    for (const auto& unit : waiting) {
        text += fmt::format("\n  waits for its board: {} ({}, scan {}, board {}, last on {})", unit.id.text(),
                            name(unit.state), unit.scan, toHex(unit.uid), unit.fixture);
    }
    return text;
}

Result<std::vector<db::Unit>> waitingUnits(const db::Journal& journal, const std::string& batch) {
    auto units = journal.unfinished();
    if (units) std::erase_if(*units, [&](const db::Unit& unit) { return unit.batch != batch; });
    return units;
}

}  // namespace

int showBatch(Context& context, const db::Journal& journal, const std::string& batch, const std::string& warning) {
    const auto progress = journal.batch(batch);
    if (!progress) return fail(context, progress.error());
    const auto waiting = waitingUnits(journal, batch);
    if (!waiting) return fail(context, waiting.error());
    const auto cloud = db::CloudStates{journal}.counts(batch);
    if (!cloud) return fail(context, cloud.error());
    Json json = toJson(*progress);
    for (const auto& [state, count] : cloud->recorded) json["cloud"][std::string{name(state)}] = count;
    if (cloud->toBlock > 0) json["cloud"]["toBlock"] = cloud->toBlock;
    json["waiting"] = Json::array();
    for (const auto& unit : *waiting) json["waiting"].push_back(toJson(unit));
    if (!warning.empty()) json["warning"] = warning;
    const std::string told = inTheCloud(*cloud);
    print(context, page(*progress, *waiting) + (told.empty() ? "" : "\nin the cloud  " + told) + (warning.empty() ? "" : "\n\n" + warning), json);
    return kDone;
}

}  // namespace keystamp::cli
