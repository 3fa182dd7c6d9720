// SPDX-License-Identifier: Apache-2.0
// A batch for others: reconciled, under a checkpoint of its own, keys only under a supervisor's authority.
#include "station/workflow/export.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "flashing/board.h"

namespace keystamp::workflow {
namespace {

std::string auditRow(const ExportOrder& order, const hsm::Authority& authority) {
    const nlohmann::ordered_json row{{"batch", order.batch}, {"form", order.exporter->name}, {"recipient", toHex(order.recipient->sha256)},
                                     {"who", authority.supervisor}};
    return row.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<Secret> deriveFor(Station& station, const db::Unit& unit, Slot slot, const hsm::Authority& authority) {
    auto derived = station.signer->deriveFor(unit.id, slot, authority);
    if (!derived) return derived.error();
    Secret text = derived->key.toBase64();
    const bool held = slot == unit.slot;  // the board has this slot's key
    const flashing::Credential credential{Mode::Sas, unit.id, {}, {}, {}, std::move(derived->key)};
    if (held && flashing::credentialDigest(credential) != unit.credential) {
        return Error{ErrorCode::RecordsAltered, fmt::format("{} was given another key than the {} group key gives now; that group key was "
                                                            "replaced since", unit.id.text(), name(slot))};
    }
    return text;
}

// On record before anybody sees a key, and after the signer has taken the passphrase.
db::DeviceKeySource keySource(Station& station, const ExportOrder& order, const hsm::Authority& authority) {
    return [&station, &order, &authority, told = false](const db::Unit& unit) mutable -> Result<db::DeviceKeys> {
        auto primary = deriveFor(station, unit, Slot::Primary, authority);
        if (!primary) return primary.error();
        auto secondary = deriveFor(station, unit, Slot::Secondary, authority);
        if (!secondary) return secondary.error();
        if (!told) {
            if (auto noted = station.journal->audit("keys-exported", auditRow(order, authority)); !noted) return noted.error();
            told = true;
        }
        return db::DeviceKeys{std::move(*primary), std::move(*secondary)};
    };
}

}  // namespace

Result<db::Exported> exportBatch(Station& station, const ExportOrder& order, const hsm::Authority* authority) {
    const auto progress = station.journal->batch(order.batch);
    if (!progress) return progress.error();
    if (const auto whole = reconciled(station, order.batch); !whole) return whole.error();
    auto context = manifestContext(station, order.batch);
    if (!context) return context.error();
    db::ExportSource source{*station.journal, progress->batch, std::move(*context), utcNow()};
    if (authority != nullptr) source.keys = keySource(station, order, *authority);
    return db::writeExport(*order.exporter, source, order.place, order.recipient);
}

}  // namespace keystamp::workflow
