// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "station/cli/batch_page.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

std::string summary(const db::BatchProgress& progress) {
    return fmt::format("{:<24} {:<8} {:<7} {:>8} of {:<8} {:>10} {:>7} {:>6}", progress.batch.name,
                       name(progress.batch.mode), name(progress.batch.state), progress.recorded, progress.batch.count,
                       progress.unresolved, progress.voided, progress.failedJobs);
}

void addList(CLI::App& group, Context& context) {
    CLI::App* command = addCommand(group, "list", "All batches", "  keystamp batch list\n  keystamp batch list --json");
    addJson(command, context);
    onRun(command, context, [&context] {
        const auto station = open(context, Station::Use::Records);
        if (!station) return fail(context, station.error());
        const auto batches = (*station)->journal->batches();
        if (!batches) return fail(context, batches.error());
        std::string text = fmt::format("{:<24} {:<8} {:<7} {:>20} {:>10} {:>7} {:>6}", "batch", "mode", "state",
                                       "recorded", "unresolved", "voided", "failed");
        Json json = Json::array();
        for (const auto& batch : *batches) {
            text += "\n" + summary(batch);
            json.push_back(toJson(batch));
        }
        print(context, batches->empty() ? "no batch yet; see `keystamp batch create --help`" : text, json);
        return kDone;
    });
}

void addShow(CLI::App& group, Context& context) {
    const auto batch = std::make_shared<std::string>();
    CLI::App* command = addCommand(group, "show", "One batch, and the units in it that wait for their board",
                                   "  keystamp batch show order-4711");
    command->add_option("name", *batch, "The batch")->required()->type_name("NAME");
    addJson(command, context);
    onRun(command, context, [&context, batch] {
        const auto station = open(context, Station::Use::Records);
        return station ? showBatch(context, *(*station)->journal, *batch) : fail(context, station.error());
    });
}

int setState(Context& context, const std::string& batch, db::BatchState from, db::BatchState to) {
    const auto station = open(context, Station::Use::Records);
    if (!station) return fail(context, station.error());
    db::Journal& journal = *(*station)->journal;
    const auto progress = journal.batch(batch);
    if (!progress) return fail(context, progress.error());
    if (progress->batch.state != from && progress->batch.state != to) {
        return fail(context, {ErrorCode::BatchNotOpen, fmt::format("{} is {}", batch, name(progress->batch.state))});
    }
    if (progress->batch.state == from) {
        if (const auto set = journal.setBatchState(batch, to, who(context)); !set) return fail(context, set.error());
    }
    return showBatch(context, journal, batch);
}

void addPauseAndResume(CLI::App& group, Context& context) {
    const auto add = [&](const char* word, const char* what, db::BatchState from, db::BatchState to) {
        const auto batch = std::make_shared<std::string>();
        CLI::App* command = addCommand(group, word, what, fmt::format("  keystamp batch {} order-4711", word));
        command->add_option("name", *batch, "The batch")->required()->type_name("NAME");
        command->add_option("--as", context.as, "Who is named in the audit log; else this user")->type_name("NAME");
        addJson(command, context);
        onRun(command, context, [&context, batch, from, to] { return setState(context, *batch, from, to); });
    };
    add("pause", "Take no new unit; what is at work ends", db::BatchState::Open, db::BatchState::Paused);
    add("resume", "Go on with a paused batch", db::BatchState::Paused, db::BatchState::Open);
}

void addClose(CLI::App& group, Context& context) {
    const auto batch = std::make_shared<std::string>();
    CLI::App* command =
        addCommand(group, "close", "End a batch: signer, journal and manifest must agree; signs a checkpoint",
                   "  keystamp batch close order-4711\n"
                   "\n"
                   "Refused (exit 1) while a unit is unresolved: scan its board again, or have a supervisor\n"
                   "`keystamp unit resolve` it; and while ledger and journal differ.");
    command->add_option("name", *batch, "The batch")->required()->type_name("NAME");
    command->add_option("--as", context.as, "Who is named in the audit log; else this user")->type_name("NAME");
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, batch] {
        auto station = open(context, Station::Use::Signer);
        if (!station) return fail(context, station.error());
        const auto agreed = workflow::closeBatch(**station, *batch, who(context));
        if (!agreed) return fail(context, agreed.error());
        const auto progress = (*station)->journal->batch(*batch);
        if (!progress) return fail(context, progress.error());
        Json json = toJson(*progress);
        json["reconciliation"] =
            Json{{"ledger", agreed->ledger}, {"journal", agreed->journal}, {"manifest", agreed->manifest}};
        print(context,
              fmt::format("{} is closed: {} recorded, {} voided; signer, journal and manifest agree on {} {}", *batch,
                          progress->recorded, progress->voided, agreed->ledger,
                          progress->batch.mode == Mode::X509  ? "certificates asked for"
                          : progress->batch.mode == Mode::Sas ? "derived keys"
                                                              : "imported keys"),
              json);
        return kDone;
    });
}

}  // namespace

void addBatch(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(
        app, "batch", "Work orders: what may be issued",
        "  keystamp batch create order-4711 --mode x509 --scope-id 0ne00ABCDEF --pattern 'acme-{seq:06}' --count 500\n"
        "  keystamp batch list\n"
        "  keystamp batch close order-4711");
    addBatchCreate(*group, context);
    addList(*group, context);
    addShow(*group, context);
    addPauseAndResume(*group, context);
    addBatchExtend(*group, context);
    addClose(*group, context);
    addBatchExport(*group, context);
}

}  // namespace keystamp::cli
