// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/ledger_gap.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "station/workflow/ledger_check.h"

namespace keystamp::workflow {
namespace {

using Json = nlohmann::ordered_json;

Result<void> holdIssuance(const Station& station, const std::string& batch, const hsm::Issuance& one, LedgerGap& gap) {
    db::LostUnit unit = asLost(batch, one);
    const auto known = station.journal->knows(unit);
    if (!known) return known.error();
    if (!*known) gap.lost.push_back(std::move(unit));
    if (!*known || !one.isVoid) return {};
    const auto live = station.journal->liveUnit(one.id);
    if (!live) return live.error();
    if (*live && (*live)->serial == one.serial) gap.superseded.push_back(**live);
    return {};
}

/// Where the row that admits the loss stands in the log of this head.
Result<hsm::LogRow> admissionIn(const db::Journal& journal, const db::Journal::Head& head) {
    hsm::LogRow row;
    const auto found = journal.eachAuditRow([&](const db::AuditRow& one) {
        if (one.number <= head.size && one.line.find("\"kind\":\"journal-reconcile\"") != std::string::npos) {
            row.line = one.line;
            row.number = one.number;
        }
        return Result<void>{};
    });
    if (!found) return found.error();
    if (row.number == 0) return Error{ErrorCode::Internal, "the log has no row \"journal-reconcile\""};
    auto path = ProofBuilder::inclusion(row.number - 1, head.size);
    const auto read = journal.eachAuditRow([&](const db::AuditRow& one) {
        if (one.number <= head.size) path.append(merkleLeaf(asBytes(one.line)));
        return Result<void>{};
    });
    if (!read) return read.error();
    row.path = path.proof();
    return row;
}

Result<void> signAnew(Station& station, const hsm::Authority& authority) {
    const auto head = station.journal->head(0);
    if (!head) return head.error();
    const auto admission = admissionIn(*station.journal, *head);
    if (!admission) return admission.error();
    const auto given = station.signer->signSetBackLog({head->origin, head->size, head->root}, *admission, authority);
    if (!given) return given.error();
    return station.journal->saveCheckpoint(asKept(*given));
}

std::string dataOf(const LedgerGap& gap) {
    const auto leaves = std::count_if(gap.lost.begin(), gap.lost.end(), [](const db::LostUnit& one) { return !one.serial.empty(); });
    Json row{{"leaves", leaves}, {"keys", static_cast<std::ptrdiff_t>(gap.lost.size()) - leaves}, {"superseded", gap.superseded.size()}};
    if (gap.checkpoint) {
        const TreeHead& head = gap.checkpoint->head;
        row["checkpoint"] = {{"size", head.size}, {"root", toBase64(head.root)}};
    }
    return row.dump();
}

}  // namespace

Result<void> eachIssuance(hsm::Signer& signer, const std::string& batch, const std::function<Result<void>(const hsm::Issuance&)>& each) {
    std::uint64_t after = 0;
    for (;;) {
        const auto part = signer.issuances(batch, after);
        if (!part) return part.error();
        for (const hsm::Issuance& one : *part) {
            if (auto done = each(one); !done) return done;
            after = one.number;
        }
        if (part->size() < hsm::kIssuancesAtOnce) return {};
    }
}

db::LostUnit asLost(const std::string& batch, const hsm::Issuance& one) {
    return {batch, one.id, one.job, one.slot, one.serial, one.keyHash, one.certificate};
}

Result<LedgerGap> findLedgerGap(const Station& station) {
    LedgerGap gap;
    const auto used = station.signer->usedBatches();
    if (!used) return used.error();
    for (const std::string& batch : *used) {
        const auto known = station.journal->batch(batch);
        if (!known && known.error().code != ErrorCode::UnknownBatch) return known.error();
        if (!known) {
            gap.batches.push_back(batch);
        } else {
            const auto held = eachIssuance(*station.signer, batch, [&](const hsm::Issuance& one) { return holdIssuance(station, batch, one, gap); });
            if (!held) return held.error();
        }
    }
    const auto given = station.signer->lastCheckpoint();
    if (!given) return given.error();
    if (given->has_value()) {
        const auto fits = notSetBack(*station.journal, **given);
        if (!fits && fits.error().code != ErrorCode::RecordsAltered) return fits.error();
        if (!fits) gap.checkpoint = **given;
    }
    return gap;
}

Result<LedgerGap> reconcileJournal(Station& station, const std::string& reason, const hsm::Authority& authority) {
    if (!isReason(reason)) return Error{ErrorCode::BadUsage, "--reason: why, for the record"};
    if (!station.runLock) {
        auto lock = lockFile(station.config.runLockPath());
        if (!lock) return lock.error();
        station.runLock = std::move(*lock);
    }
    // what is damaged has no gap that can be told
    if (const auto whole = station.journal->check(); !whole) return whole.error();
    auto gap = findLedgerGap(station);
    if (!gap) return gap;
    if (gap->none()) return Error{ErrorCode::BadUsage, "journal and ledger agree: there is nothing to reconcile"};
    if (!gap->batches.empty()) {
        return Error{ErrorCode::BadUsage, fmt::format("the journal does not know of {}: create them again with the terms they had, then reconcile",
                                                      fmt::join(gap->batches, ", "))};
    }
    const std::string data = dataOf(*gap);
    if (auto allowed = station.signer->supervisorActs("journal-reconcile", (data + " " + reason).substr(0, 1024), authority); !allowed) {
        return allowed.error();
    }
    for (const db::Unit& unit : gap->superseded) {
        if (auto gone = station.journal->voidUnit(unit.number, reason, authority.supervisor); !gone) return gone.error();
    }
    if (auto back = station.journal->reconcile(gap->lost, data, reason, authority.supervisor); !back) return back.error();
    // what this does not come to is told before the ID is issued for again, and before a CRL is signed
    for (const db::LostUnit& one : gap->lost) {
        if (one.serial.empty()) continue;
        if (auto told = station.signer->voidSerial(one.serial); !told) return told.error();
    }
    if (gap->checkpoint) {
        if (auto done = signAnew(station, authority); !done) return done.error();
    }
    if (auto fits = holdAgainstLedger(station); !fits) return fits.error();
    return gap;
}

}  // namespace keystamp::workflow
