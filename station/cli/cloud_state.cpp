// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/cloud_state.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "db/exporter.h"
#include "db/samples.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using workflow::CloudFinding;
using workflow::CloudReconciliation;
using workflow::Station;
using What = CloudFinding::What;

constexpr std::size_t kNamed = 50;  // of each kind, on the screen: --json has all
constexpr std::array kStates{db::CloudState::Registered, db::CloudState::Provisioned, db::CloudState::Blocked, db::CloudState::Missing};

std::string stateOrNone(const std::optional<db::CloudState>& state) { return state ? std::string{name(*state)} : "not told of"; }

std::string headingOf(What what) {
    switch (what) {
        case What::NotBlocked: return "VOID, AND NOT BLOCKED";
        case What::LeafNotBlocked: return "A VOID CERTIFICATE THAT IS NOT BLOCKED";
        case What::Missing: return "RECORDED, AND NOT IN THE CLOUD";
        case What::Unknown: return "IN THE CLOUD, AND NEVER GIVEN HERE";
    }
    return {};
}

/// The ones of a kind, with what to do about them.
std::string namesOf(const CloudReconciliation& done, What what) {
    const std::uint64_t count = done.count(what);
    if (count == 0) return {};
    std::string text = fmt::format("\n\n{}: {}. {}", headingOf(what), count, nextStep(what));
    std::size_t named = 0;
    for (const CloudFinding& finding : done.findings) {
        if (finding.what != what || ++named > kNamed) continue;
        text += fmt::format("\n  {}{}", finding.id, finding.words.empty() ? "" : ": " + finding.words);
    }
    if (count > kNamed) text += fmt::format("\n  and {} more (--json names all)", count - kNamed);
    return text;
}

std::string pageOf(const CloudReconciliation& done) {
    std::string text = fmt::format("scope ID {}\n\n{:<14} {:>9} {:>7} {:>8}", done.scopeId, "in the cloud", "recorded", "void", "at work");
    const auto line = [&](std::string_view state, const CloudReconciliation::Row& row) {
        text += fmt::format("\n{:<14} {:>9} {:>7} {:>8}", state, row.recorded, row.voided, row.atWork);
    };
    for (const db::CloudState state : kStates) {
        const auto row = done.table.find(state);
        line(name(state), row == done.table.end() ? CloudReconciliation::Row{} : row->second);
    }
    line("not told of", done.untold);
    text += fmt::format("\n{:<14} {:>9}", "unknown", done.count(What::Unknown));
    if (done.awaited > 0) text += fmt::format("\n{} more are in the list of a batch, and wait for their board", done.awaited);
    if (done.others > 0) text += fmt::format("\n{} more are other batches'; nothing was kept of them", done.others);
    for (const What what : {What::NotBlocked, What::LeafNotBlocked, What::Missing, What::Unknown}) text += namesOf(done, what);
    if (!done.changes.empty()) text += fmt::format("\n\nblocked or missing, or no more: {}", done.changes.size());
    for (std::size_t n = 0; n < std::min(kNamed, done.changes.size()); ++n) {
        text += fmt::format("\n  {}: {}, was {}", done.changes[n].id.text(), name(done.changes[n].to), stateOrNone(done.changes[n].from));
    }
    return text;
}

Json toJson(const CloudReconciliation::Row& row) { return {{"recorded", row.recorded}, {"void", row.voided}, {"atWork", row.atWork}}; }

Json toJson(const CloudReconciliation& done) {
    Json json{{"scopeId", done.scopeId}, {"states", Json::object()}, {"untold", toJson(done.untold)}, {"awaited", done.awaited}, {"others", done.others},
              {"findings", Json::array()}, {"changes", Json::array()}, {"needsSomebody", done.needsSomebody()}};
    for (const db::CloudState state : kStates) {
        const auto row = done.table.find(state);
        json["states"][std::string{name(state)}] = toJson(row == done.table.end() ? CloudReconciliation::Row{} : row->second);
    }
    for (const CloudFinding& one : done.findings) json["findings"].push_back({{"what", name(one.what)}, {"id", one.id}, {"words", one.words}, {"next", nextStep(one.what)}});
    for (const db::CloudChange& one : done.changes) {
        json["changes"].push_back({{"id", one.id.text()}, {"from", one.from ? Json(name(*one.from)) : Json{}}, {"to", name(one.to)}});
    }
    return json;
}

struct Options {
    std::vector<std::string> files;
    std::string batch, out;
    bool whole = false;
};

int reconcile(Context& context, const Options& options) {
    std::vector<db::CloudList> lists;
    for (const std::string& file : options.files) {
        auto list = db::readCloudList(file);
        if (!list) return fail(context, list.error());
        lists.push_back(*std::move(list));
    }
    const auto station = open(context, Station::Use::Records);
    if (!station) return fail(context, station.error());
    const auto done = workflow::reconcileCloud(**station, {lists, options.batch.empty() ? std::nullopt : std::optional{options.batch}, options.whole}, who(context));
    if (!done) return fail(context, done.error());
    std::string read;
    Json json = toJson(*done);
    json["files"] = Json::array();
    for (const db::CloudList& list : lists) {
        read += fmt::format("{}: {}, {} devices\n", list.source, name(list.kind), list.devices.size());
        json["files"].push_back({{"file", list.source}, {"kind", name(list.kind)}, {"devices", list.devices.size()}, {"sha256", toHex(list.digest)}});
    }
    print(context, read + pageOf(*done), json);
    return done->needsSomebody() ? kRefused : kDone;
}

int show(Context& context, const std::string& batch, const std::string& out) {
    const auto station = open(context, Station::Use::Records);
    if (!station) return fail(context, station.error());
    const db::Journal& journal = *(*station)->journal;
    const auto progress = journal.batch(batch);
    if (!progress) return fail(context, progress.error());
    const auto counts = db::CloudStates{journal}.counts(batch);
    if (!counts) return fail(context, counts.error());
    const auto samples = db::Samples{journal}.counts(batch);
    if (!samples) return fail(context, samples.error());
    Json json{{"batch", batch}, {"scopeId", progress->batch.scopeId}, {"recorded", progress->recorded}, {"cloud", Json::object()}, {"toBlock", counts->toBlock}};
    std::string text = fmt::format("{}: {} recorded; in the cloud, by the newest list of each:", batch, progress->recorded);
    std::uint64_t told = 0;
    for (const db::CloudState state : kStates) {
        const auto found = counts->recorded.find(state);
        const std::uint64_t count = found == counts->recorded.end() ? 0 : found->second;
        told += count;
        json["cloud"][std::string{name(state)}] = count;
        text += fmt::format("\n{:<14} {:>9}", name(state), count);
    }
    json["cloud"]["untold"] = progress->recorded - std::min(told, progress->recorded);
    text += fmt::format("\n{:<14} {:>9}", "not told of", progress->recorded - std::min(told, progress->recorded));
    if (counts->toBlock > 0) text += fmt::format("\n{} void and not blocked: `keystamp batch export {} --form block-list`", counts->toBlock, batch);
    if (progress->batch.sampleOf != 0) {
        json["samples"] = Json{{"of", progress->batch.sample}, {"every", progress->batch.sampleOf}};
        text += fmt::format("\nsample {} of {}:", progress->batch.sample, progress->batch.sampleOf);
        for (const auto& [outcome, count] : *samples) {
            json["samples"][std::string{name(outcome)}] = count;
            text += fmt::format(" {} {}", count, name(outcome));
        }
        text += samples->empty() ? " none yet; a key that was made on its board cannot be tried, its proof of possession stands in" : "";
    }
    if (!out.empty()) {
        const auto exporter = db::findExporter("cloud-states");
        if (!exporter) return fail(context, exporter.error());
        const auto written = db::writeExport(**exporter, {journal, progress->batch, {}, utcNow()}, out, std::nullopt);
        if (!written) return fail(context, written.error());
        json["out"] = written->path;
        text += fmt::format("\n{}: {} rows", written->path, written->units);
    }
    print(context, text, json);
    return kDone;
}

}  // namespace

void addCloudStates(CLI::App& group, Context& context) {
    const auto options = std::make_shared<Options>();
    CLI::App* reconciling = addCommand(
        group, "reconcile", "Hold what the cloud says of its devices against what was given here",
        "  keystamp cloud reconcile export.csv                          (IoT Central: Devices, all of them, Export)\n"
        "  keystamp cloud reconcile devices-1.json devices-2.json       (its REST API: all pages of GET /api/devices)\n"
        "  keystamp cloud reconcile enrolments.json registrations.json  (az iot dps enrollment list; registration list)\n"
        "  keystamp cloud reconcile import-errors.csv --batch order-4711\n"
        "\n"
        "Which file it is, its content tells. Each unit is then registered, provisioned, blocked or missing in the cloud; `cloud show`, `unit show` and the\n"
        "kiosk show it. What the lists do not tell stays as it was told before. An export without a column of states tells that a device is there, no more.\n"
        "The log of an import is taken as CSV with an ID and an error column. It makes no other device missing, nor do registrations or the JSON of one device;\n"
        "what a list of devices lacks is missing. A list by which more units would become missing than it names is refused, for it may be a filtered view: give\n"
        "all devices, or --whole where it has them (exit 2). All or nothing: a damaged list, one of another application, or an ID in another case is refused by\n"
        "line (exit 2). Audited, with a row for each device that became blocked or missing, or is so no more.\n"
        "Exit 1 where something needs a person: an identity that is void here and not blocked there, a recorded unit that is not there, an ID there that\n"
        "was never given here.");
    reconciling->add_option("file", options->files, "What the cloud gave")->required()->type_name("FILE");
    reconciling->add_option("--batch", options->batch, "Judge this batch alone; and its scope ID is the application's")->type_name("NAME");
    reconciling->add_flag("--whole", options->whole, "The lists have every device of the application: what they lack is missing, however much it is");
    reconciling->add_option("--as", context.as, "Who is named in the audit log; else this user")->type_name("NAME");
    addJson(reconciling, context);
    onRun(reconciling, context, [&context, options] { return reconcile(context, *options); });

    CLI::App* showing = addCommand(group, "show", "What the cloud last said of a batch, and which samples registered from the line",
                                   "  keystamp cloud show order-4711\n"
                                   "  keystamp cloud show order-4711 --out order-4711-cloud.csv     (every unit, for the cloud team)");
    showing->add_option("batch", options->batch, "The batch")->required()->type_name("NAME");
    showing->add_option("--out", options->out, "Every unit, with what must be done about it in the cloud, CSV")->type_name("FILE");
    addJson(showing, context);
    onRun(showing, context, [&context, options] { return show(context, options->batch, options->out); });
}

}  // namespace keystamp::cli
