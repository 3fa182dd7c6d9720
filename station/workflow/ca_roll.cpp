// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/ca_roll.h"

#include <nlohmann/json.hpp>

#include "station/workflow/audit_row.h"

namespace keystamp::workflow {

Result<void> rollCa(Station& station, Slot slot, const hsm::Authority& authority) {
    if (auto rolled = station.signer->rollTo(slot, authority); !rolled) return rolled;
    const nlohmann::ordered_json row{{"slot", name(slot)}, {"who", authority.supervisor}};
    return addRow(*station.journal, "ca-roll", row);
}

}  // namespace keystamp::workflow
