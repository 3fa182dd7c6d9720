// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/ca_roll.h"

#include <nlohmann/json.hpp>

namespace keystamp::workflow {

Result<void> rollCa(Station& station, Slot slot, const hsm::Authority& authority) {
    if (auto rolled = station.signer->rollTo(slot, authority); !rolled) return rolled;
    const nlohmann::ordered_json row{{"slot", name(slot)}, {"who", authority.supervisor}};
    return station.journal->audit("ca-roll", row.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace keystamp::workflow
