// SPDX-License-Identifier: Apache-2.0
// What a supervisor decides about a unit. The signer checks the passphrase and writes the act down before the journal changes.
#include <fmt/format.h>

#include <algorithm>

#include "station/workflow/station.h"

namespace keystamp::workflow {
namespace {

using db::UnitState;

Error refuse(std::string detail) { return Error{ErrorCode::BadUsage, std::move(detail)}; }

Result<db::Unit> liveUnit(const Station& station, const DeviceId& id, const std::string& reason) {
    if (!isReason(reason)) return refuse("--reason: why, for the record");
    auto unit = station.journal->liveUnit(id);
    if (!unit) return unit.error();
    if (!unit->has_value()) return Error{ErrorCode::UnknownUnit, id.text() + " has no live unit"};
    if ((*unit)->state == UnitState::Reserved) {
        return refuse(id.text() + " is RESERVED: nothing was issued; the next `keystamp run` settles it by itself");
    }
    return std::move(**unit);
}

Result<void> end(Station& station, const db::Unit& unit, const char* act, db::VoidedFor what, const std::string& reason,
                 const hsm::Authority& authority) {
    const std::string about = fmt::format("{}, unit {}: {}", unit.id.text(), unit.number, reason.substr(0, 512));
    if (auto allowed = station.signer->supervisorActs(act, about, authority); !allowed) return allowed;
    // a passphrase takes its time, and a line may be at work on this very board
    if (auto gone = station.journal->voidUnit(unit.number, reason, authority.supervisor, what, unit.state); !gone) {
        const auto now = station.journal->liveUnit(unit.id);
        if (!now || (*now && (*now)->number == unit.number && (*now)->state == unit.state)) return gone;
        return refuse(fmt::format("{} was {} and is {} now; see `keystamp unit show {}` and decide anew", unit.id.text(), name(unit.state),
                                  *now ? name((*now)->state) : name(UnitState::Void), unit.id.text()));
    }
    if (unit.origin == db::KeyOrigin::Imported && what == db::VoidedFor::Scrap) {
        // where it fails recover() pays what is owed
        static_cast<void>(station.signer->forgetKeys(unit.batch, {unit.id}));
    }
    return {};
}

// Whether a batch that is not closed holds a key for it.
Result<bool> importedAnew(const Station& station, const DeviceId& id) {
    const auto batches = station.journal->batches();
    if (!batches) return batches.error();
    for (const db::BatchProgress& progress : *batches) {
        const db::Batch& batch = progress.batch;
        if (batch.mode != Mode::Imported || batch.state == db::BatchState::Closed || !station.journal->listed(batch.name, id)) continue;
        const auto held = station.signer->heldKeys(batch.name);
        if (!held) return held.error();
        if (std::find(held->begin(), held->end(), id) != held->end()) return true;
    }
    return false;
}

}  // namespace

bool isReason(const std::string& text) { return text.find_first_not_of(" \t") != std::string::npos; }

Result<void> resolveUnit(Station& station, const DeviceId& id, const std::string& reason, const hsm::Authority& authority) {
    const auto unit = liveUnit(station, id, reason);
    if (!unit) return unit.error();
    if (unit->state == UnitState::Recorded) return refuse(id.text() + " is RECORDED; there is nothing to resolve");
    return end(station, *unit, "unit-resolve", db::VoidedFor::Nothing, reason, authority);
}

Result<void> reworkUnit(Station& station, const DeviceId& id, const std::string& reason, const hsm::Authority& authority) {
    const auto unit = liveUnit(station, id, reason);
    if (!unit) return unit.error();
    if (unit->state != UnitState::Recorded) {
        return refuse(fmt::format("{} is {}, not RECORDED: scan its board again and it goes on where it stopped", id.text(), name(unit->state)));
    }
    if (unit->origin == db::KeyOrigin::Imported) {
        const auto there = importedAnew(station, id);
        if (!there) return there.error();
        if (!*there) {
            return refuse(id.text() + ": its key came from the cloud and is gone since the board has it; import it anew by `keystamp batch create "
                                      "NAME --mode imported`, rework the unit and scan it in that batch");
        }
    }
    return end(station, *unit, "unit-rework", db::VoidedFor::Rework, reason, authority);
}

Result<void> scrapUnit(Station& station, const DeviceId& id, const std::string& reason, const hsm::Authority& authority) {
    const auto unit = liveUnit(station, id, reason);
    if (!unit) return unit.error();
    return end(station, *unit, "unit-scrap", db::VoidedFor::Scrap, reason, authority);
}

Result<hsm::Crl> signCrl(Station& station, Slot slot, const hsm::Authority& authority) {
    // the signer lists what it was told of; a job tells it only when it issues for the ID again
    const auto told = station.journal->eachVoidLeaf([&](const db::Unit& unit) { return station.signer->voidSerial(unit.serial); });
    if (!told) return told.error();
    return station.signer->signCrl(slot, authority);
}

}  // namespace keystamp::workflow
