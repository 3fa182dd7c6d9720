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
