// SPDX-License-Identifier: Apache-2.0
// A batch for others: reconciled, under a checkpoint of its own, keys only under a supervisor's authority.
#include "station/workflow/export.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "station/workflow/device.h"

namespace keystamp::workflow {
namespace {

std::string auditRow(const ExportOrder& order, const hsm::Authority& authority) {
    const nlohmann::ordered_json row{{"batch", order.batch}, {"form", order.exporter->name}, {"recipient", toHex(order.recipient->sha256)},
                                     {"who", authority.supervisor}};
    return row.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

// On record before anybody sees a key, and after the signer has taken the passphrase.
db::DeviceKeySource keySource(Station& station, const ExportOrder& order, const hsm::Authority& authority) {
    static_assert(db::kKeysAtOnce <= hsm::kMostDerivedAtOnce);
    return [&station, &order, &authority, told = false](std::span<const db::Unit> units) mutable -> Result<std::vector<db::DeviceKeys>> {
        std::vector<DeviceId> ids;
        for (const db::Unit& unit : units) ids.push_back(unit.id);
        const auto derived = station.signer->deriveFor(ids, {Slot::Primary, Slot::Secondary}, authority);
        if (!derived) return derived.error();
        std::vector<db::DeviceKeys> keys;
        for (std::size_t n = 0; n < units.size(); ++n) {
            const hsm::DerivedKey& primary = (*derived)[2 * n];
            const hsm::DerivedKey& secondary = (*derived)[2 * n + 1];
            for (const hsm::DerivedKey* one : {&primary, &secondary}) {
                if (auto right = isTheBoards(units[n], *one); !right) return right.error();
            }
            keys.push_back({primary.key.toBase64(), secondary.key.toBase64()});
        }
        if (!told) {
            if (auto noted = station.journal->audit("keys-exported", auditRow(order, authority)); !noted) return noted.error();
            told = true;
        }
        return keys;
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
