// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/process.h"
#include "hsm/client.h"
#include "station/cli/ask.h"
#include "station/cli/checks.h"
#include "station/cli/output.h"
#include "station/workflow/journal_care.h"
#include "station/workflow/ledger_gap.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

std::string describeContents(const db::JournalContents& contents) {
    return fmt::format("{} units, {} audit rows{}", contents.units, contents.rows,
                       contents.lastTime ? ", the last of " + toText(*contents.lastTime) : "");
}

Json contentsJson(const db::JournalContents& contents) {
    return {{"units", contents.units},
            {"rows", contents.rows},
            {"lastTime", contents.lastTime ? Json(toText(*contents.lastTime)) : Json{}}};
}

int backup(Context& context, const std::string& out) {
    const auto station = open(context, Station::Use::Records);
    if (!station) return fail(context, station.error());
    const auto copied = db::backupJournal((*station)->config.journalPath(), out, [&](int done, int all) {
        showProgress(fmt::format("copying to {}: {} %", out, 100L * done / all));
    });
    endProgress();
    if (!copied) return fail(context, copied.error());
    Json json = contentsJson(*copied);
    json["file"] = out;
    print(context, fmt::format("{}: {}; read back and whole", out, describeContents(*copied)), json);
    return kDone;
}

/// The signer is asked too where it can be: an engineer may look at a journal beside a dead HSM.
int check(Context& context) {
    auto config = loadConfig(context);
    if (!config) return fail(context, config.error());
    Station station;
    station.config = std::move(*config);
    if (auto signer = hsm::connect({station.config.signerSocket, station.config.file, station.config.startSigner})) {
        station.signer = *std::move(signer);
    } else {
        std::fprintf(stderr, "keystamp: the journal is not held against the signer's ledger: %s\n", describe(signer.error()).c_str());
    }
    ChecksShown shown{context};
    return shown.end(workflow::journalChecks(station, [&](const workflow::Check& check) { shown.show(check); }), "The journal is whole.",
                     "The journal is not to be worked with");
}

int restore(Context& context, const std::string& file) {
    const auto config = loadConfig(context);
    if (!config) return fail(context, config.error());
    Station station;
    station.config = *config;
    auto signer = hsm::connect({config->signerSocket, config->file, config->startSigner});
    if (!signer) return fail(context, signer.error());
    station.signer = *std::move(signer);
    if (const auto ready = unlock(*station.signer, context.pinFd); !ready) return fail(context, ready.error());
    std::optional<workflow::Restoration> done;
    const auto allowed = withAuthority(context, station, [&](const hsm::Authority& authority) -> Result<void> {
        showProgress("checking " + file);
        auto restored = workflow::restoreJournal(station, file, authority);
        endProgress();
        if (!restored) return restored.error();
        done = *std::move(restored);
        return {};
    });
    if (!allowed) return fail(context, allowed.error());
    if (done->missing) {
        std::fprintf(stderr, "keystamp: %s is in place: %s\n", file.c_str(), describeContents(done->copy).c_str());
        return fail(context, *done->missing);
    }
    std::error_code problem;
    const bool kept = std::filesystem::exists(done->kept, problem);
    Json json = contentsJson(done->copy);
    json["kept"] = kept ? Json(done->kept) : Json{};
    print(context,
          fmt::format("{} is in place: {}; signer and journal agree{}", file, describeContents(done->copy),
                      kept ? "\nWhat was there is kept as " + done->kept : ""),
          json);
    return kDone;
}

int rebaseClock(Context& context, const std::string& reason) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) {
        return workflow::rebaseClock(**station, reason, authority);
    });
    if (!done) return fail(context, done.error());
    const std::string now = toText(utcNow());
    print(context, "The clock is taken as right: " + now, Json{{"time", now}, {"reason", reason}});
    return kDone;
}

std::string describeLost(const db::LostUnit& lost) {
    if (lost.serial.empty()) return fmt::format("{} (batch {}): key derived", lost.id.text(), lost.batch);
    return fmt::format("{} (batch {}): serial {}{}", lost.id.text(), lost.batch, toHex(lost.serial),
                       lost.certificate.empty() ? ", its signature interrupted" : ", SHA-256 " + toHex(sha256(lost.certificate)));
}

Json lostJson(const db::LostUnit& lost) {
    Json json{{"id", lost.id.text()}, {"batch", lost.batch}, {"serial", toHex(lost.serial)}};
    json["thumbprintSha256"] = lost.certificate.empty() ? Json{} : Json(toHex(sha256(lost.certificate)));
    return json;
}

void printGap(const Context& context, const workflow::LedgerGap& gap, bool done) {
    std::string text;
    for (const auto& lost : gap.lost) text += fmt::format("{}{}\n", describeLost(lost), done ? ": VOID" : "");
    for (const auto& unit : gap.superseded) {
        text += fmt::format("{} (batch {}): unit {} was void already{}\n", unit.id.text(), unit.batch, unit.number, done ? ": VOID" : "");
    }
    for (const auto& batch : gap.batches) text += fmt::format("batch {}: create it again, with the terms it had\n", batch);
    if (gap.checkpoint) text += fmt::format("the signed log of {} rows: {}\n", gap.checkpoint->head.size, done ? "given up, and the log says so" : "is no part of this one");
    if (gap.none()) {
        text = "Journal and ledger agree.";
    } else if (done) {
        text += "Journal and ledger agree again. Have the cloud team block what is VOID: `keystamp ca crl`, the batches' exports.";
    } else {
        text += "A newer copy (`keystamp journal restore`) would bring these back. Where there is none, give --reason.";
    }
    Json json{{"done", done}, {"lost", Json::array()}, {"superseded", Json::array()}, {"batches", gap.batches}};
    for (const auto& lost : gap.lost) json["lost"].push_back(lostJson(lost));
    for (const auto& unit : gap.superseded) json["superseded"].push_back({{"id", unit.id.text()}, {"unit", unit.number}});
    json["checkpoint"] = gap.checkpoint ? Json{{"size", gap.checkpoint->head.size}, {"root", toBase64(gap.checkpoint->head.root)}} : Json{};
    print(context, text, json);
}

int reconcileWithLedger(Context& context, const std::string& reason) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    if (reason.empty()) {
        const auto gap = workflow::findLedgerGap(**station);
        if (!gap) return fail(context, gap.error());
        printGap(context, *gap, false);
        return gap->none() ? kDone : kRefused;
    }
    std::optional<workflow::LedgerGap> closed;
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        auto gap = workflow::reconcileJournal(**station, reason, authority);
        if (!gap) return gap.error();
        closed = *std::move(gap);
        return {};
    });
    if (!done) return fail(context, done.error());
    printGap(context, *closed, true);
    return kDone;
}

}  // namespace

void addJournal(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(app, "journal", "The station's records: check, copy, put back, and the clock they are held against",
                               "  keystamp journal backup --out /media/usb/journal-friday.db\n"
                               "  keystamp journal check");
    const auto file = std::make_shared<std::string>();
    CLI::App* copied = addCommand(*group, "backup", "Copy the journal while it is in use, and read the copy back",
                                  "  keystamp journal backup --out /media/usb/journal-friday.db\n"
                                  "\n"
                                  "One file, as the journal was at one moment. It is in its place only once it was read back and found whole.");
    copied->add_option("--out", *file, "The copy's file; an older one is replaced")->required()->type_name("FILE");
    addJson(copied, context);
    onRun(copied, context, [&context, file] { return backup(context, *file); });

    CLI::App* checked = addCommand(*group, "check", "All that preflight asks of the journal; exit 3 if any of it is bad",
                                   "  keystamp journal check\n"
                                   "\n"
                                   "The file, the audit log's chain, every unit against it, the signer's last checkpoint and ledger, the clock. "
                                   "Changes nothing.");
    addJson(checked, context);
    onRun(checked, context, [&context] { return check(context); });

    CLI::App* restored = addCommand(
        *group, "restore", "Put a copy in the journal's place; a supervisor's act",
        "  keystamp journal restore /media/usb/journal-friday.db\n"
        "\n"
        "The copy is checked first. What is in its place is kept beside it under a dated name, and never deleted. A copy that is older than "
        "what\n"
        "the signer knows is put in place, too, but the station issues nothing on it: it says what is missing (exit 1).");
    restored->add_option("file", *file, "What `journal backup` wrote")->required()->type_name("FILE");
    addAuthority(restored, context);
    addPin(restored, context);
    addJson(restored, context);
    onRun(restored, context, [&context, file] { return restore(context, *file); });

    const auto reason = std::make_shared<std::string>();
    CLI::App* reconciled = addCommand(
        *group, "reconcile", "List what the signer knows and the journal has lost; with --reason have the station go on, a supervisor's act",
        "  keystamp journal reconcile\n"
        "  keystamp journal reconcile --reason 'disk died, newest copy is of Friday'\n"
        "\n"
        "For a journal that was put back from a copy that is too old, and there is no newer one. Without --reason nothing changes (exit 1 where\n"
        "something is missing). With it each certificate and key that the journal lacks is brought in as VOID: counted, listed to be blocked, in\n"
        "the CRL. The log goes on with a row that names the checkpoint it gave up; whoever kept that one sees it. A lost SAS ID stays refused.");
    reconciled->add_option("--reason", *reason, "Why, for the audit log; nothing is changed without")->type_name("TEXT");
    addAuthority(reconciled, context);
    addPin(reconciled, context);
    addJson(reconciled, context);
    onRun(reconciled, context, [&context, reason] { return reconcileWithLedger(context, *reason); });

    CLI::App* rebased = addCommand(*group, "rebase-clock", "Say that the clock is right although it does not fit the records; a supervisor's act",
                                   "  keystamp journal rebase-clock --reason 'clock battery changed; set by the time server'\n"
                                   "\n"
                                   "A clock behind the last record, or more than 400 days ahead of it, stops issuing. Set the clock first.");
    rebased->add_option("--reason", *reason, "Why, for the audit log")->required()->type_name("TEXT");
    addAuthority(rebased, context);
    addPin(rebased, context);
    addJson(rebased, context);
    onRun(rebased, context, [&context, reason] { return rebaseClock(context, *reason); });
}

}  // namespace keystamp::cli
