// SPDX-License-Identifier: Apache-2.0
// Holds the signer's ledger against the journal's rows: what one of them knows and the other does not is a gap.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "station/workflow/ledger_gap.h"

namespace keystamp::workflow {
namespace {

constexpr std::size_t kMostGaps = 100;

struct Tally {
    Reconciliation result;
    std::uint64_t gaps = 0;

    void gap(std::string text) {
        if (++gaps <= kMostGaps) result.gaps.push_back(std::move(text));
    }
    Reconciliation done() {
        if (gaps > kMostGaps) result.gaps.push_back(fmt::format("and {} more", gaps - kMostGaps));
        return std::move(result);
    }
};

std::string title(const db::Unit& unit) {
    return fmt::format("unit {} ({}, {})", unit.number, unit.id.text(), name(unit.state));
}

// What row and ledger do not tell alike of a serial.
std::vector<std::string> differences(const db::Unit& unit, const hsm::SerialRecord& known) {
    std::vector<std::string> found;
    const std::string serial = toHex(unit.serial);
    if (known.isVoid && unit.live()) found.push_back(title(unit) + ": the signer was told that serial " + serial + " is void");
    if (known.fate == hsm::SerialFate::Unknown) found.push_back(title(unit) + ": the signer never reserved serial " + serial);
    if (unit.certificate.empty()) {
        if (unit.live() && known.fate == hsm::SerialFate::Issued) {
            found.push_back(title(unit) + ": the signer issued serial " + serial + ", the journal has no certificate");
        }
    } else if (known.fate != hsm::SerialFate::Issued || !known.leaf) {
        found.push_back(title(unit) + ": the signer did not issue serial " + serial);
    } else if (known.leaf->certificate != unit.certificate) {
        found.push_back(title(unit) + ": the signer issued another certificate under serial " + serial);
    }
    return found;
}

Result<db::Unit> asItIsNow(const db::Journal& journal, const db::Unit& unit) {
    const auto units = journal.history(unit.id);
    if (!units) return units.error();
    const auto same = std::find_if(units->begin(), units->end(), [&](const db::Unit& one) { return one.number == unit.number; });
    return same == units->end() ? unit : *same;
}

// One leaf intent in the ledger for each row whose serial the signer was asked to sign; the certificates are the same
// bytes.
Result<void> addLeaf(const Station& station, const db::Unit& unit, Tally& tally) {
    if (unit.serial.empty()) {
        if (!unit.certificate.empty()) tally.gap(title(unit) + " has a certificate without a serial");
        return {};
    }
    const auto known = station.signer->serialRecord(unit.serial);
    if (!known) return known.error();
    const bool intended = known->fate == hsm::SerialFate::Issued || known->fate == hsm::SerialFate::Interrupted;
    if (intended) {
        ++tally.result.journal;
        ++tally.result.manifest;
    }
    auto found = differences(unit, *known);
    if (found.empty()) return {};
    // all rows are of the moment at which the walk began, and a line may have gone on since
    const auto now = asItIsNow(*station.journal, unit);
    if (!now) return now.error();
    for (std::string& one : differences(*now, *known)) tally.gap(std::move(one));
    return {};
}

Result<Reconciliation> reconcileLeaves(Station& station, const db::Batch& batch, const hsm::LedgerCounts& counts) {
    Tally tally;
    tally.result.ledger = counts.intents;
    const auto walked = station.journal->eachUnit(batch.name, [&](const db::Unit& unit) { return addLeaf(station, unit, tally); });
    if (!walked) return walked.error();
    const std::uint64_t rows = tally.result.journal;
    if (rows == counts.intents) return tally.done();
    // Which ones, then. Where each is known, what came between the two counts is what a line has issued meanwhile.
    std::vector<std::string> lost;
    const auto read = eachIssuance(*station.signer, batch.name, [&](const hsm::Issuance& one) -> Result<void> {
        const auto known = station.journal->knows(asLost(batch.name, one));
        if (!known) return known.error();
        if (!*known) lost.push_back(fmt::format("the signer was asked for serial {} of {}, the journal has no row for it", toHex(one.serial), one.id.text()));
        return {};
    });
    if (!read) return read.error();
    const auto now = station.signer->counts(batch.name);
    if (!now) return now.error();
    if (lost.empty() && counts.intents <= rows && rows <= now->intents) {
        tally.result.ledger = rows;
        return tally.done();
    }
    tally.gap(fmt::format("the ledger has {} leaf intents, the journal {} rows for them", counts.intents, rows));
    for (std::string& one : lost) tally.gap(std::move(one));
    return tally.done();
}

// Deriving is deterministic and repeatable, and so is opening an imported key, so IDs are counted, not calls: those that have a key in the
// journal, and those whose unit was voided while theirs was asked for. The ledger is read last: what it knows the journal knew before.
Result<Reconciliation> reconcileKeys(Station& station, const db::Batch& batch, const hsm::LedgerCounts& counts) {
    std::set<std::string> rows;
    const auto walked = station.journal->eachUnit(batch.name, [&](const db::Unit& unit) -> Result<void> {
        if (unit.credential != Digest{}) rows.insert(unit.id.text());
        return {};
    });
    if (!walked) return walked.error();
    Tally tally;
    const std::string_view verb = batch.mode == Mode::Imported ? "opened" : "derived";
    std::set<std::string> given;
    const auto read = eachIssuance(*station.signer, batch.name, [&](const hsm::Issuance& one) -> Result<void> {
        given.insert(one.id.text());
        if (rows.contains(one.id.text())) return {};
        const auto known = station.journal->knows(asLost(batch.name, one));
        if (!known) return known.error();
        if (*known) rows.insert(one.id.text());
        if (!*known) tally.gap(fmt::format("the ledger {} the key of {}, the journal has no row for it", verb, one.id.text()));
        return {};
    });
    if (!read) return read.error();
    for (const std::string& id : rows) {
        if (!given.contains(id)) tally.gap(fmt::format("the journal has a key of {}, the ledger {} none", id, verb));
    }
    if (counts.keys() > given.size()) tally.gap(fmt::format("the ledger counts {} keys and has rows of {}", counts.keys(), given.size()));
    tally.result.ledger = given.size();
    tally.result.journal = tally.result.manifest = rows.size();
    return tally.done();
}

}  // namespace

Result<Reconciliation> reconcile(Station& station, const std::string& batch) {
    const auto progress = station.journal->batch(batch);
    if (!progress) return progress.error();
    const auto counts = station.signer->counts(batch);
    if (!counts) return counts.error();
    return progress->batch.mode == Mode::X509 ? reconcileLeaves(station, progress->batch, *counts)
                                              : reconcileKeys(station, progress->batch, *counts);
}

Result<Reconciliation> reconciled(Station& station, const std::string& batch) {
    auto found = reconcile(station, batch);
    if (!found || found->agrees()) return found;
    return Error{ErrorCode::ReconciliationGap, fmt::format("{}: {}", batch, fmt::join(found->gaps, "; "))};
}

}  // namespace keystamp::workflow
