// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/device.h"

#include <fmt/format.h>

#include "flashing/board.h"

namespace keystamp::workflow {

Result<Device> findDevice(const db::Journal& journal, const std::string& text) {
    const auto found = journal.find(text);
    if (!found) return found.error();
    if (found->empty()) return Error{ErrorCode::UnknownUnit, text};
    auto units = journal.history(found->front());
    if (!units) return units.error();
    auto jobs = journal.jobsOf(found->front());
    if (!jobs) return jobs.error();
    auto cloud = db::CloudStates{journal}.of(found->front());
    if (!cloud) return cloud.error();
    return Device{found->front(), *std::move(units), *std::move(jobs), {found->begin() + 1, found->end()}, *std::move(cloud)};
}

Result<void> isTheBoards(const db::Unit& unit, const hsm::DerivedKey& derived) {
    const flashing::Credential credential{Mode::Sas, unit.id, {}, {}, {}, derived.key.clone()};
    if (derived.slot != unit.slot || flashing::credentialDigest(credential) == unit.credential) return {};
    return Error{ErrorCode::RecordsAltered, fmt::format("{} was given another key than the {} group key gives now; that group key was "
                                                        "replaced since", unit.id.text(), name(derived.slot))};
}

}  // namespace keystamp::workflow
