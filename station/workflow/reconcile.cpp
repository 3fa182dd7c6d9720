// SPDX-License-Identifier: Apache-2.0
// Holds the signer's ledger against the journal's rows: what one of them knows and the other does not is a gap.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "station/workflow/station.h"

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

// One leaf intent in the ledger for each row whose serial the signer was asked to sign; the certificates are the same
// bytes.
Result<void> addLeaf(hsm::Signer& signer, const db::Unit& unit, Tally& tally) {
    if (unit.serial.empty()) {
        if (!unit.certificate.empty()) tally.gap(title(unit) + " has a certificate without a serial");
        return {};
    }
    const auto known = signer.serialRecord(unit.serial);
    if (!known) return known.error();
    const bool intended = known->fate == hsm::SerialFate::Issued || known->fate == hsm::SerialFate::Interrupted;
    if (intended) {
        ++tally.result.journal;
        ++tally.result.manifest;
    }
    const std::string serial = toHex(unit.serial);
    if (known->isVoid && unit.live()) tally.gap(title(unit) + ": the signer was told that serial " + serial + " is void");
    if (known->fate == hsm::SerialFate::Unknown)
        tally.gap(title(unit) + ": the signer never reserved serial " + serial);
    if (unit.certificate.empty()) {
        if (unit.live() && known->fate == hsm::SerialFate::Issued) {
            tally.gap(title(unit) + ": the signer issued serial " + serial + ", the journal has no certificate");
        }
        return {};
    }
    if (known->fate != hsm::SerialFate::Issued || !known->leaf) {
        tally.gap(title(unit) + ": the signer did not issue serial " + serial);
    } else if (known->leaf->certificate != unit.certificate) {
        tally.gap(title(unit) + ": the signer issued another certificate under serial " + serial);
    }
    return {};
}

Result<Reconciliation> reconcileLeaves(Station& station, const db::Batch& batch, const hsm::LedgerCounts& counts) {
    Tally tally;
    tally.result.ledger = counts.intents;
    const auto walked = station.journal->eachUnit(
        batch.name, [&](const db::Unit& unit) { return addLeaf(*station.signer, unit, tally); });
    if (!walked) return walked.error();
    if (tally.result.journal != counts.intents) {
        tally.gap(fmt::format("the ledger has {} leaf intents, the journal {} rows for them", counts.intents,
                              tally.result.journal));
    }
    return tally.done();
}

// Deriving is deterministic and repeatable, and so is opening an imported key, so IDs are counted, not calls. A row that was voided before it reached
// ISSUED may or may not have had its key derived: each of those explains one difference.
Result<Reconciliation> reconcileKeys(Station& station, const db::Batch& batch, const hsm::LedgerCounts& counts) {
    std::set<std::string> certain;
    std::set<std::string> possible;
    const auto walked = station.journal->eachUnit(batch.name, [&](const db::Unit& unit) -> Result<void> {
        const bool issued = unit.credential != Digest{};
        (issued ? certain : possible).insert(unit.id.text());
        return {};
    });
    if (!walked) return walked.error();
    for (const auto& id : certain) possible.erase(id);
    Tally tally;
    const std::uint64_t given = counts.keys();
    const std::string_view verb = batch.mode == Mode::Imported ? "opened" : "derived";
    tally.result.ledger = given;
    tally.result.journal = certain.size();
    tally.result.manifest = certain.size();
    if (given < certain.size()) {
        tally.gap(fmt::format("the journal has keys of {} IDs, the ledger {} {}", certain.size(), verb, given));
    } else if (const std::uint64_t beyond = given - certain.size(); beyond > possible.size()) {
        tally.gap(
            fmt::format("the ledger {} keys for {} IDs; the journal knows {}, and {} that were voided while "
                        "theirs was asked for",
                        verb, given, certain.size(), possible.size()));
    } else {
        tally.result.journal += beyond;
        tally.result.manifest += beyond;
    }
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
