// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "station/cli/ask.h"
#include "station/cli/output.h"
#include "station/cli/sample.h"
#include "station/workflow/device.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

std::string describeUnit(const db::Unit& unit) {
    std::string text = fmt::format(
        "{}  {}\n  batch       {}\n  scan        {}\n  board       {} ({} {}){}\n  key         made by: {}; {} slot",
        unit.id.text(), name(unit.state), unit.batch, unit.scan, toHex(unit.uid), unit.family, unit.firmware,
        unit.locked ? ", locked" : "", name(unit.origin), name(unit.slot));
    if (!unit.serial.empty()) text += fmt::format("\n  serial      {}", toHex(unit.serial));
    if (!unit.certificate.empty()) {
        text += fmt::format("\n  SHA-1       {}\n  SHA-256     {}", toHexUpper(sha1(unit.certificate)),
                            toHexUpper(sha256(unit.certificate)));
    }
    if (unit.evidence != db::Evidence::None) text += fmt::format("\n  evidence    {}", name(unit.evidence));
    text += fmt::format("\n  begun       {}\n  changed     {}", toText(unit.createdAt), toText(unit.changedAt));
    if (unit.state == db::UnitState::Recorded)
        text += fmt::format("\n  recorded    {} on {}", toText(unit.recordedAt), unit.fixture);
    if (unit.supersedes != Digest{}) text += fmt::format("\n  supersedes  {}", toHexUpper(unit.supersedes));
    if (!unit.voidReason.empty()) {
        text += fmt::format("\n  void        {}{}", unit.voidedFor == db::VoidedFor::Nothing ? "" : fmt::format("for {}: ", name(unit.voidedFor)),
                            unit.voidReason);
    }
    return text;
}

std::string describeJob(const db::JobRecord& job) {
    return fmt::format("\n  {}  {}  {}{}{}{}", toText(job.startedAt), job.fixture, name(job.verdict), job.who.empty() ? "" : "  by " + job.who,
                       job.reason.empty() ? "" : "  " + job.reason, job.detail.empty() ? "" : ": " + job.detail);
}

/// The client's source alone: it is meant for a file.
int printSample(Context& context, const Station& station, const workflow::Device& device, const std::string& language) {
    const auto unit = std::find_if(device.units.rbegin(), device.units.rend(), [](const db::Unit& each) { return each.live(); });
    if (unit == device.units.rend()) return fail(context, {ErrorCode::UnknownUnit, device.id.text() + " has no live unit"});
    const auto progress = station.journal->batch(unit->batch);
    if (!progress) return fail(context, progress.error());
    const std::string text = sampleOf(language, *unit, progress->batch, station.config.cloud.endpoint);
    print(context, text, Json{{"id", device.id.text()}, {"language", language}, {"sample", text}});
    return kDone;
}

int show(Context& context, const std::string& text, const std::string& language) {
    const auto station = open(context, Station::Use::Records);
    if (!station) return fail(context, station.error());
    const auto device = workflow::findDevice(*(*station)->journal, text);
    if (!device) return fail(context, device.error());
    if (!device->others.empty()) {
        std::string all = device->id.text();
        for (const DeviceId& each : device->others) all += ", " + each.text();
        return fail(context, {ErrorCode::BadUsage, "it belongs to several devices: " + all + "; name one"});
    }
    if (!language.empty()) return printSample(context, **station, *device, language);
    std::string page;
    Json json{{"id", device->id.text()}, {"units", Json::array()}, {"jobs", Json::array()}};
    for (const auto& unit : device->units) {
        page += (page.empty() ? "" : "\n\n") + describeUnit(unit);
        json["units"].push_back(toJson(unit));
    }
    page += page.empty() ? device->id.text() + " was never begun; jobs" : "\n\njobs";
    for (const auto& job : device->jobs) {
        page += describeJob(job);
        json["jobs"].push_back(toJson(job));
    }
    if (const auto& cloud = device->cloud) {
        page += fmt::format("\n\nin the cloud {} at {}, by {}", name(cloud->state), toText(cloud->at), cloud->source);
        json["cloud"] = Json{{"state", name(cloud->state)}, {"at", toText(cloud->at)}, {"source", cloud->source}};
    }
    print(context, page, json);
    return kDone;
}

int printLabel(Context& context, const std::string& text, const std::string& reason) {
    const auto station = open(context, Station::Use::Records);
    if (!station) return fail(context, station.error());
    const auto& label = (*station)->config.label;
    if (!label) return fail(context, {ErrorCode::BadConfig, (*station)->config.file + ": no [label] with its printer in it"});
    const auto id = DeviceId::parse(text);
    if (!id) return fail(context, id.error());
    if (const auto printed = workflow::printLabelNow(*(*station)->journal, *label, *id, {reason, who(context)}); !printed) {
        return fail(context, printed.error());
    }
    print(context, fmt::format("{}: its label is printed; that it was is in the audit log", id->text()), Json{{"id", id->text()}, {"printer", label->printer}});
    return kDone;
}

using Act = Result<void> (*)(Station&, const DeviceId&, const std::string&, const hsm::Authority&);

struct Ending {
    Act act;
    const char* means;  ///< what holds for the board from now on
};

int end(Context& context, const Ending& ending, const std::string& text, const std::string& reason) {
    const auto id = DeviceId::parse(text);
    if (!id) return fail(context, id.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto before = (*station)->journal->liveUnit(*id);
    if (!before) return fail(context, before.error());
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) {
        return ending.act(**station, *id, reason, authority);
    });
    if (!done) return fail(context, done.error());
    std::string words = id->text() + " is void: " + reason + ending.means;
    if (!(*before)->certificate.empty()) {
        words += "\nIts certificate stays valid until the cloud blocks it: manifest and CRL (`keystamp ca crl`) list it for that.";
    }
    const auto progress = (*station)->journal->batch((*before)->batch);
    if (progress && ending.act == &workflow::reworkUnit && progress->batch.state == db::BatchState::Closed) {
        words += "\nBatch " + (*before)->batch + " is closed: open one with this ID in its list, and scan it there.";
    }
    print(context, words, Json{{"id", id->text()}, {"state", "VOID"}, {"reason", reason}});
    return kDone;
}

void addEnding(CLI::App& group, Context& context, const char* word, const char* what, const std::string& examples, const Ending& ending) {
    struct Options {
        std::string id, reason;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* command = addCommand(group, word, what, examples);
    command->add_option("id", options->id, "The device ID")->required()->type_name("ID");
    command->add_option("--reason", options->reason, "Why, for the audit log")->required()->type_name("TEXT");
    addAuthority(command, context);
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, options, ending] { return end(context, ending, options->id, options->reason); });
}

}  // namespace

void addUnit(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(app, "unit", "One device: its whole life, and what a supervisor decides about it",
                               "  keystamp unit show acme-000017\n"
                               "  keystamp unit rework acme-000017 --reason 'flash replaced'\n"
                               "  keystamp unit resolve acme-000017 --reason 'board lost in transit'");
    const auto id = std::make_shared<std::string>();
    const auto sample = std::make_shared<std::string>();
    CLI::App* shown = addCommand(*group, "show", "Every issuance of an ID, and every job",
                                 "  keystamp unit show acme-000017\n"
                                 "  keystamp unit show 4F5A2C...        the thumbprint that a cloud shows, SHA-1 or SHA-256\n"
                                 "  keystamp unit show acme-000017 --json\n"
                                 "  keystamp unit show acme-000017 --sample python >device.py");
    shown->add_option("id", *id, "The device ID; or its label, its board's UID, its certificate's thumbprint")->required()->type_name("ID");
    shown->add_option("--sample", *sample, "What it needs to connect, as a minimal client for that SDK of Azure's instead; a place holder stands where its secret goes")
        ->type_name("SDK")
        ->check(CLI::IsMember(sampleLanguages()));
    addJson(shown, context);
    onRun(shown, context, [&context, id, sample] { return show(context, *id, *sample); });

    const auto labelled = std::make_shared<std::pair<std::string, std::string>>();
    CLI::App* label = addCommand(*group, "label", "Print a recorded unit's label again; audited",
                                 "  keystamp unit label acme-000017 --reason 'the first one tore'");
    label->add_option("id", labelled->first, "The device ID")->required()->type_name("ID");
    label->add_option("--reason", labelled->second, "Why, for the audit log")->type_name("TEXT");
    label->add_option("--as", context.as, "Who wants it, for the audit log; else the user of this computer")->type_name("NAME");
    addJson(label, context);
    onRun(label, context, [&context, labelled] { return printLabel(context, labelled->first, labelled->second); });

    addEnding(*group, context, "resolve", "Void an interrupted unit whose board is lost or blank; a supervisor's act",
              "  keystamp unit resolve acme-000017 --reason 'board lost in transit'\n"
              "\n"
              "Only for a board that cannot be put on a fixture again: scanning it again goes on where it stopped.",
              {&workflow::resolveUnit, ""});
    addEnding(*group, context, "rework", "Let a recorded unit be provisioned anew; a supervisor's act",
              "  keystamp unit rework acme-000017 --reason 'flash replaced, RMA 118'\n"
              "\n"
              "Its certificate becomes void; the next scan of its label gives it a new one that supersedes it, under a place of the\n"
              "batch's cap. A derived key does not change: it is written again, to the same board only. A board that was locked must\n"
              "have its flash erased before.",
              {&workflow::reworkUnit, "\nScan its label again and it is provisioned anew; a locked board must be erased before."});
    addEnding(*group, context, "scrap", "Void a unit whose board is thrown away; a supervisor's act",
              "  keystamp unit scrap acme-000017 --reason 'cracked, RMA 119'\n"
              "\n"
              "The board, known by its UID, is never given an identity again.",
              {&workflow::scrapUnit, "\nIts board is refused from now on."});
}

}  // namespace keystamp::cli
