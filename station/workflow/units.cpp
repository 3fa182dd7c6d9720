// SPDX-License-Identifier: Apache-2.0
// What a supervisor decides about a unit. The signer checks the passphrase and writes the act down before the journal changes.
#include <fmt/format.h>

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
    return station.journal->voidUnit(unit.number, reason, authority.supervisor, what);
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
