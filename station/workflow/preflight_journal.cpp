// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/preflight_journal.h"

#include <fmt/format.h>

#include "station/workflow/ledger_check.h"
#include "station/workflow/preflight_fixtures.h"

namespace keystamp::workflow {
namespace {

using Each = std::function<void(Check)>;

Check checkClock(const db::Journal& journal) {
    const auto last = journal.lastTime();
    if (!last) return failed("clock", last.error());
    if (const auto fits = journal.clockFits(); !fits) return failed("clock", fits.error());
    return {"clock", true, toText(utcNow()) + (last->has_value() ? "; last record " + toText(**last) : "; no record yet"), {}};
}

Check checkRecords(const Station& station) {
    const db::Journal& journal = *station.journal;
    if (const auto whole = journal.check(); !whole) return failed("journal", whole.error());
    const auto rows = journal.auditRows();
    if (!rows) return failed("journal", rows.error());
    const auto unfinished = journal.unfinished();
    if (!unfinished) return failed("journal", unfinished.error());
    return {"journal", true, fmt::format("{}, whole: {} audit rows", station.config.journalPath(), *rows),
            unfinished->empty() ? ""
                                : fmt::format("{} units were interrupted: scan them again; see `keystamp batch show`.", unfinished->size())};
}

/// The signer remembers how long the audit log was when it last signed it. Nothing where it cannot say: it has a line of its own.
std::optional<Check> checkSetBack(const Station& station) {
    const auto given = station.signer->lastCheckpoint();
    if (!given || !given->has_value()) return std::nullopt;
    const auto fits = notSetBack(*station.journal, **given);
    return fits ? std::nullopt : std::optional{failed("journal", fits.error())};
}

std::optional<Check> checkLedger(const Station& station) {
    const auto fits = holdAgainstLedger(station);
    if (fits) return Check{"ledger", true, "signer and journal know of the same issuances", {}};
    const bool told = fits.error().code == ErrorCode::RecordsAltered || fits.error().code == ErrorCode::ReconciliationGap;
    return told ? std::optional{failed("ledger", fits.error())} : std::nullopt;
}

}  // namespace

void checkJournal(Station& station, const Each& each) {
    if (!station.journal) {
        auto opened = openStation(station.config, Station::Use::Records);
        if (!opened) return each(failed("journal", opened.error()));
        station.journal = std::move((*opened)->journal);
    }
    Check records = checkRecords(station);
    std::optional<Check> ledger;
    if (records.good && station.signer) {
        if (auto behind = checkSetBack(station)) {
            records = *std::move(behind);
        } else {
            ledger = checkLedger(station);
        }
    }
    each(std::move(records));
    if (ledger) each(*std::move(ledger));
    each(checkClock(*station.journal));
}

std::vector<Check> journalChecks(Station& station, const std::function<void(const Check&)>& each) {
    std::vector<Check> checks;
    checkJournal(station, [&](Check check) {
        checks.push_back(std::move(check));
        if (each) each(checks.back());
    });
    return checks;
}

}  // namespace keystamp::workflow
