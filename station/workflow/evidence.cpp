// SPDX-License-Identifier: Apache-2.0
// What a batch leaves behind: its close, a checkpoint of the audit log, its manifest.
#include <fmt/format.h>

#include "core/file.h"
#include "db/audit_log.h"
#include "station/workflow/export.h"
#include "station/workflow/ledger_check.h"
#include "station/workflow/media.h"

namespace keystamp::workflow {
namespace {

constexpr std::size_t kMostNames = 10;
constexpr int kMostRaces = 10;  // lost to other programs that have the log signed

Result<void> refuseUnfinished(Station& station, const std::string& batch) {
    const auto units = station.journal->unfinished();
    if (!units) return units.error();
    std::string names;
    std::size_t count = 0;
    for (const auto& unit : *units) {
        if (unit.batch != batch) continue;
        if (++count <= kMostNames)
            names +=
                fmt::format("{}{} ({}, scan {})", count == 1 ? "" : ", ", unit.id.text(), name(unit.state), unit.scan);
    }
    if (count == 0) return {};
    if (count > kMostNames) names += fmt::format(" and {} more", count - kMostNames);
    return Error{ErrorCode::Unresolved, fmt::format("{} of batch {}: {}", count, batch, names)};
}

// Nothing is begun in a paused batch, so what is found to be finished stays so.
Result<Reconciliation> settle(Station& station, const std::string& batch) {
    // what needs no board is finished here, unless somebody is at work on this station
    if (!station.runLock) {
        if (const auto alone = lockFile(station.config.runLockPath())) {
            if (const auto recovered = recover(station); !recovered) return recovered.error();
        }
    }
    if (const auto finished = refuseUnfinished(station, batch); !finished) return finished.error();
    return reconciled(station, batch);
}

/// Whether another program has had the log signed since `last`.
bool isBehind(hsm::Signer& signer, std::uint64_t last) {
    const auto now = signer.lastCheckpoint();
    return now && now->has_value() && (*now)->head.size > last;
}

}  // namespace

db::Checkpoint asKept(const hsm::SignedCheckpoint& given) {
    return {given.head.origin, given.head.size, given.head.root, given.signature};
}

Result<Reconciliation> closeBatch(Station& station, const std::string& batch, const std::string& who) {
    db::Journal& journal = *station.journal;
    const auto before = journal.batch(batch);
    if (!before) return before.error();
    const db::BatchState state = before->batch.state;
    if (state == db::BatchState::Closed) return Error{ErrorCode::BatchNotOpen, batch + " is closed already"};
    if (state == db::BatchState::Open) {
        if (const auto paused = journal.setBatchState(batch, db::BatchState::Paused, who); !paused)
            return paused.error();
    }
    auto result = settle(station, batch);
    if (!result) {
        const auto now = journal.batch(batch);
        if (!now) return now.error();
        // unless the cloud refused one of its units meanwhile: a person has to see that first
        if (state == db::BatchState::Open && now->batch.stopped.empty()) {
            if (const auto again = journal.setBatchState(batch, state, who); !again) return again.error();
        }
        return result;
    }
    if (const auto closed = journal.setBatchState(batch, db::BatchState::Closed, who); !closed) return closed.error();
    if (before->batch.mode == Mode::Imported) {
        // whatever was imported and not used
        const auto left = station.signer->heldKeys(batch);
        if (!left) return left.error();
        if (const auto gone = station.signer->forgetKeys(batch, *left); !gone) return gone.error();
    }
    if (const auto signedHead = takeCheckpoint(station); !signedHead) return signedHead.error();
    return result;
}

Result<db::Checkpoint> takeCheckpoint(Station& station) {
    for (int races = 0;; ++races) {
        const auto last = station.signer->lastCheckpoint();
        if (!last) return last.error();
        const std::uint64_t since = last->has_value() ? (*last)->head.size : 0;
        const auto head = station.journal->head(since);
        if (!head) return head.error();
        const auto given = station.signer->signCheckpoint({head->origin, head->size, head->root}, head->proof);
        if (!given && races < kMostRaces && isBehind(*station.signer, since)) continue;
        if (!given) return given.error();
        db::Checkpoint checkpoint = asKept(*given);
        if (const auto kept = station.journal->saveCheckpoint(checkpoint); !kept) return kept.error();
        return checkpoint;
    }
}

Result<db::Checkpoint> endShift(Station& station) {
    const auto last = station.journal->lastCheckpoint();
    if (!last) return last.error();
    const auto rows = station.journal->auditRows();
    if (!rows) return rows.error();
    if (last->has_value() && *rows <= (*last)->size + 1) return **last;
    return takeCheckpoint(station);
}

Result<std::optional<db::Checkpoint>> newestCheckpoint(Station& station) {
    auto kept = station.journal->lastCheckpoint();
    if (!kept || !station.signer) return kept;
    const auto given = station.signer->lastCheckpoint();
    if (!given) return given.error();
    const bool ahead = given->has_value() && (!kept->has_value() || (*given)->head.size > (*kept)->size);
    if (ahead) return std::optional{asKept(**given)};
    return kept;
}

Result<db::AuditProof> proveUnit(Station& station, const DeviceId& id) {
    auto rows = db::auditRowsOf(*station.journal, id);
    if (!rows) return rows.error();
    const auto last = station.journal->lastCheckpoint();
    if (!last) return last.error();
    if (last->has_value() && (*last)->size >= rows->back().number) {
        return db::proveRows(*station.journal, id, *std::move(rows), **last);
    }
    const auto taken = takeCheckpoint(station);
    if (!taken) return taken.error();
    return db::proveRows(*station.journal, id, *std::move(rows), *taken);
}

Result<db::ManifestContext> manifestContext(Station& station, const std::string& batch) {
    if (const auto known = station.journal->batch(batch); !known) return known.error();
    const auto status = station.signer->status();
    if (!status) return status.error();
    const auto counts = station.signer->counts(batch);
    if (!counts) return counts.error();
    auto checkpoint = takeCheckpoint(station);
    if (!checkpoint) return checkpoint.error();

    db::ManifestContext context;
    context.station = station.config.name;
    for (const auto& slot : status->slots) {
        if (slot.certificate.empty()) continue;
        context.caChainPem += slot.chainPem;
        context.caFingerprints[std::string{name(slot.slot)}] = toHex(slot.sha256);
    }
    // a batch may be older than its slot's CA
    for (const auto& ca : status->former) {
        context.caChainPem += ca.chainPem;
        context.caFingerprints[fmt::format("{} before {}", name(ca.slot), toHex(BytesView{ca.sha256}.first(4)))] = toHex(ca.sha256);
    }
    context.caChainPem += status->rootPem;
    context.auditKeyPem = status->auditKeyPem;
    context.checkpoint = std::move(*checkpoint);
    context.ledger = {{"cap", counts->cap},       {"reserved", counts->reserved},       {"intents", counts->intents},
                      {"issued", counts->issued}, {"interrupted", counts->interrupted}, {"derived", counts->derived},
                      {"imported", counts->imported}};
    return context;
}

Result<db::ManifestReport> exportManifest(Station& station, const std::string& batch, const std::string& folder) {
    if (const auto whole = reconciled(station, batch); !whole) return whole.error();
    for (int races = 0;; ++races) {
        const auto context = manifestContext(station, batch);
        if (!context) return context.error();
        auto written = db::writeManifest(*station.journal, batch, *context, folder,
                                         [&](const std::string& json) { return station.signer->signManifest(json); });
        // it has to name the last checkpoint
        if (!written && races < kMostRaces && isBehind(*station.signer, context->checkpoint.size)) continue;
        return written;
    }
}

Result<std::string> auditKey(Station& station) {
    auto status = station.signer->status();
    if (!status) return status.error();
    if (status->auditKeyPem.empty()) return Error{ErrorCode::KeyMissing, "the audit key"};
    return std::move(status->auditKeyPem);
}

Result<db::ManifestReport> handOver(Station& station, const std::string& batch, const std::string& folder) {
    const std::string place = folder + "/" + batch;
    if (auto written = exportManifest(station, batch, place); !written) return written;
    if (const auto flushed = flush(folder); !flushed) return flushed.error();
    const auto key = auditKey(station);
    return key ? db::verifyManifest(place, *key) : Result<db::ManifestReport>{key.error()};
}

Result<std::string> handOverAuditLog(Station& station, const std::string& folder) {
    const auto checkpoint = takeCheckpoint(station);
    if (!checkpoint) return checkpoint.error();
    if (const auto made = makeFolder(folder); !made) return made.error();
    std::string time = toText(utcNow()).substr(0, 19);
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });  // which memory sticks do not take in a name
    std::string path = fmt::format("{}/audit-{}Z.jsonl", folder, time);
    if (const auto written = db::exportAuditLog(*station.journal, path); !written) return written.error();
    if (const auto flushed = flush(folder); !flushed) return flushed.error();
    const auto key = auditKey(station);
    if (!key) return key.error();
    const auto whole = db::verifyAuditFile(path, *checkpoint, *key);
    return whole ? Result<std::string>{std::move(path)} : whole.error();
}

}  // namespace keystamp::workflow
