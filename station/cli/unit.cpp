// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "station/cli/ask.h"
#include "station/cli/output.h"

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
    if (!unit.voidReason.empty()) text += fmt::format("\n  void        {}", unit.voidReason);
    return text;
}

std::string describeJob(const db::JobRecord& job) {
    return fmt::format("\n  {}  {}  {}{}{}", toText(job.startedAt), job.fixture, name(job.verdict),
                       job.reason.empty() ? "" : "  " + job.reason, job.detail.empty() ? "" : ": " + job.detail);
}

int show(Context& context, const std::string& text) {
    const auto id = DeviceId::parse(text);
    if (!id) return fail(context, id.error());
    const auto station = open(context, Station::Use::Records);
    if (!station) return fail(context, station.error());
    const auto units = (*station)->journal->history(*id);
    if (!units) return fail(context, units.error());
    const auto jobs = (*station)->journal->jobsOf(*id);
    if (!jobs) return fail(context, jobs.error());
    if (units->empty() && jobs->empty()) return fail(context, {ErrorCode::UnknownUnit, id->text()});
    std::string page;
    Json json{{"id", id->text()}, {"units", Json::array()}, {"jobs", Json::array()}};
    for (const auto& unit : *units) {
        page += (page.empty() ? "" : "\n\n") + describeUnit(unit);
        json["units"].push_back(toJson(unit));
    }
    page += page.empty() ? id->text() + " was never begun; jobs" : "\n\njobs";
    for (const auto& job : *jobs) {
        page += describeJob(job);
        json["jobs"].push_back(toJson(job));
    }
    print(context, page, json);
    return kDone;
}

int resolve(Context& context, const std::string& text, const std::string& reason) {
    const auto id = DeviceId::parse(text);
    if (!id) return fail(context, id.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto before = (*station)->journal->liveUnit(*id);
    if (!before) return fail(context, before.error());
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) {
        return workflow::resolveUnit(**station, *id, reason, authority);
    });
    if (!done) return fail(context, done.error());
    const bool issued = before->has_value() && !(*before)->certificate.empty();
    print(
        context,
        id->text() + " is void: " + reason +
            (issued ? "\nIts certificate stays valid until the cloud blocks it: the manifest lists it for that." : ""),
        Json{{"id", id->text()}, {"state", "VOID"}, {"reason", reason}});
    return kDone;
}

}  // namespace

void addUnit(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(app, "unit", "One device: its whole life, and a supervisor's end to an interrupted one",
                               "  keystamp unit show acme-000017\n"
                               "  keystamp unit resolve acme-000017 --reason 'board lost in transit'");
    const auto id = std::make_shared<std::string>();
    CLI::App* shown = addCommand(*group, "show", "Every issuance of an ID, and every job",
                                 "  keystamp unit show acme-000017\n  keystamp unit show acme-000017 --json");
    shown->add_option("id", *id, "The device ID")->required()->type_name("ID");
    addJson(shown, context);
    onRun(shown, context, [&context, id] { return show(context, *id); });

    const auto reason = std::make_shared<std::string>();
    CLI::App* resolved = addCommand(
        *group, "resolve", "Void an interrupted unit whose board is lost or blank; a supervisor's act",
        "  keystamp unit resolve acme-000017 --reason 'board lost in transit'\n"
        "\n"
        "Only for a board that cannot be put on a fixture again: scanning it again goes on where it stopped.");
    resolved->add_option("id", *id, "The device ID")->required()->type_name("ID");
    resolved->add_option("--reason", *reason, "Why, for the audit log")->required()->type_name("TEXT");
    addAuthority(resolved, context);
    addPin(resolved, context);
    addJson(resolved, context);
    onRun(resolved, context, [&context, id, reason] { return resolve(context, *id, *reason); });
}

}  // namespace keystamp::cli
