// SPDX-License-Identifier: Apache-2.0
// What a supervisor does to the journal itself: puts a copy in its place, says that the clock is right.
#include "station/workflow/journal_care.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "db/audit_log.h"
#include "station/workflow/audit_row.h"
#include "station/workflow/ledger_check.h"

namespace keystamp::workflow {
namespace {

using Json = nlohmann::ordered_json;

/// A journal that is whole, has all that the copy has, and is the one that the signer signed, has nothing to be restored.
Result<void> refuseNeedless(const Station& station, const db::JournalContents& copy) {
    const auto there = db::checkInPlace(station.config.journalPath());
    if (there && there->has_value() && (*there)->rows >= copy.rows) {
        auto journal = db::Journal::open(station.config.journalPath(), station.config.name);
        const auto given = station.signer->lastCheckpoint();
        if (!given) return given.error();
        if (journal && (!given->has_value() || notSetBack(**journal, **given))) {
            return Error{ErrorCode::BadUsage,
                         fmt::format("the journal that is there is whole and has {} audit rows, the copy {}: there is nothing to restore",
                                     (*there)->rows, copy.rows)};
        }
    }
    return {};
}

std::string compact(UtcTime time) {
    std::string text;
    for (const char c : toText(time).substr(0, 19)) {
        if (c != '-' && c != ':') text += c;
    }
    return text + "Z";
}

Result<void> replace(const Station& station, const std::string& ready, const Restoration& done, const std::string& file,
                     const hsm::Authority& authority) {
    const std::string about = fmt::format("{} rows from {}; kept as {}", done.copy.rows, file, done.kept);
    if (auto allowed = station.signer->supervisorActs("journal-restore", about.substr(0, 1024), authority); !allowed) return allowed;
    return db::replaceJournal(ready, station.config.journalPath(), done.kept);
}

}  // namespace

Result<Restoration> restoreJournal(Station& station, const std::string& file, const hsm::Authority& authority) {
    if (!station.runLock) {
        auto lock = lockFile(station.config.runLockPath());
        if (!lock) return lock.error();
        station.runLock = std::move(*lock);
    }
    const std::string ready = station.config.journalPath() + ".restoring";
    const auto copy = db::checkBackup(file, ready);
    if (!copy) return copy.error();
    Restoration done{*copy, station.config.journalPath() + ".before-" + compact(utcNow()), {}};
    Result<void> replaced;
    if (!copy->origin.empty() && copy->origin != station.config.name) {
        replaced = Error{ErrorCode::BadUsage, fmt::format("{} is of station \"{}\", this is \"{}\"", file, copy->origin, station.config.name)};
    }
    if (replaced) replaced = refuseNeedless(station, *copy);
    if (replaced) replaced = replace(station, ready, done, file, authority);
    if (!replaced) {
        std::error_code ignored;
        std::filesystem::remove(ready, ignored);
        return replaced.error();
    }
    auto journal = db::Journal::open(station.config.journalPath(), station.config.name);
    if (!journal) return journal.error();
    station.journal = *std::move(journal);
    if (const auto fits = holdAgainstLedger(station); !fits) {
        // left as it is, for whoever finds out what is missing; the signer's ledger has the act
        done.missing = fits.error();
        return done;
    }
    const Json row{{"file", file}, {"rows", copy->rows}, {"kept", done.kept}, {"who", authority.supervisor}};
    if (const auto noted = addRow(*station.journal, "journal-restore", row); !noted) {
        return noted.error();
    }
    return done;
}

Result<void> rebaseClock(Station& station, const std::string& reason, const hsm::Authority& authority) {
    if (reason.find_first_not_of(" \t") == std::string::npos) return Error{ErrorCode::BadUsage, "a reason, for the record"};
    const auto fits = station.journal->clockFits();
    if (!fits && fits.error().code != ErrorCode::ClockWrong) return fits.error();
    if (!fits) {
        const auto allowed = station.signer->supervisorActs("journal-rebase-clock", fits.error().detail + "; " + reason, authority);
        if (!allowed) return allowed.error();
    }
    return station.journal->rebaseClock(reason, authority.supervisor);
}

}  // namespace keystamp::workflow
