// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/cloud_unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "station/workflow/audit_row.h"
#include "station/workflow/ca_chain.h"
#include "station/workflow/device.h"

namespace keystamp::workflow {
namespace {

using Json = nlohmann::ordered_json;

struct Known {
    db::Unit unit;
    db::Batch batch;
};

Result<Known> known(const Station& station, const DeviceId& id) {
    const auto unit = station.journal->liveUnit(id);
    if (!unit) return unit.error();
    if (!unit->has_value()) return Error{ErrorCode::UnknownUnit, id.text() + " has no live unit here"};
    const auto progress = station.journal->batch((*unit)->batch);
    if (!progress) return progress.error();
    if ((*unit)->state != db::UnitState::Recorded) {
        return Error{ErrorCode::Unresolved, fmt::format("{} is {}; only a recorded one is registered", id.text(), name((*unit)->state))};
    }
    return Known{**unit, progress->batch};
}

/// The key that its board has, or the other slot's.
Result<Secret> sasKeyOf(Station& station, const db::Unit& unit, Slot slot, const hsm::Authority& authority) {
    auto derived = station.signer->deriveFor({unit.id}, {slot}, authority);
    if (!derived) return derived.error();
    if (const auto right = isTheBoards(unit, derived->front()); !right) return right.error();
    return std::move(derived->front().key);
}

Result<cloud::ClientCertificate> certificateOf(Station& station, const db::Unit& unit, const Secret& keyPem) {
    if (keyPem.empty()) {
        return Error{ErrorCode::BadUsage, unit.origin == db::KeyOrigin::Board
                                              ? unit.id.text() + " has a key that was made on its board and never left it: only the board can "
                                                                 "register. That it has the key was proven when it was recorded"
                                              : unit.id.text() + " has a key that was wiped when its board had it: give --key FILE where you have it"};
    }
    const auto status = station.signer->status();
    if (!status) return status.error();
    auto chain = chainOf(unit.certificate, *status);
    if (!chain) return chain.error();
    return cloud::ClientCertificate{*std::move(chain), keyPem.clone()};
}

Json rowOf(const Station& station, const CloudOrder& order, const CloudAnswer& answer, const hsm::Authority* authority) {
    Json row{{"id", order.id.text()}, {"scopeId", answer.scopeId}, {"endpoint", station.config.cloud.endpoint}};
    if (authority != nullptr) row.update({{"slot", name(answer.slot)}, {"who", authority->supervisor}});
    return row;
}

Result<void> note(Station& station, const Json& row) { return addRow(*station.journal, "cloud-register", row); }

}  // namespace

Result<bool> registersByAuthority(const Station& station, const DeviceId& id) {
    const auto device = known(station, id);
    if (!device) return device.error();
    if (device->batch.mode == Mode::Imported) {
        return Error{ErrorCode::BadUsage, id.text() + " has a key that the cloud made and the station forgot when its board had it: only the board can register"};
    }
    return device->batch.mode == Mode::Sas;
}

Result<CloudAnswer> registerUnit(Station& station, const CloudOrder& order, const hsm::Authority* authority, const std::atomic<bool>& stop,
                                 const cloud::Waiting& waiting) {
    const auto device = known(station, order.id);
    if (!device) return device.error();
    CloudAnswer answer{{}, device->batch.scopeId, order.slot.value_or(device->unit.slot), {}};
    cloud::DeviceLogin login;
    if (authority != nullptr) {
        auto key = sasKeyOf(station, device->unit, answer.slot, *authority);
        if (!key) return key.error();
        answer.sasKey = key->clone();
        answer.who = authority->supervisor;
        login = *std::move(key);
    } else {
        auto certificate = certificateOf(station, device->unit, order.keyPem);
        if (!certificate) return certificate.error();
        login = *std::move(certificate);
    }
    Json row = rowOf(station, order, answer, authority);
    auto done = cloud::registerDevice(station.config.cloud, answer.scopeId, order.id, login, order.over, Deadline::in(order.limit), stop, waiting);
    if (!done) {
        if (done.error().code == ErrorCode::CloudRefused) {
            row.update({{"answer", "refused"}, {"code", done.error().native}});
            if (const auto noted = note(station, row); !noted) return noted.error();
        }
        return done.error();
    }
    row.update({{"answer", name(done->answer)}, {"hub", done->hub}});
    if (const auto noted = note(station, row); !noted) return noted.error();
    answer.registration = *std::move(done);
    return answer;
}

Secret connectionString(const CloudAnswer& answer) {
    const std::string before = fmt::format("HostName={};DeviceId={};SharedAccessKey=", answer.registration.hub, answer.registration.deviceId);
    const Secret key = answer.sasKey.toBase64();
    Secret text{before.size() + key.size()};
    std::copy(before.begin(), before.end(), text.bytes().begin());
    std::copy(key.view().begin(), key.view().end(), text.bytes().begin() + static_cast<std::ptrdiff_t>(before.size()));
    return text;
}

}  // namespace keystamp::workflow
