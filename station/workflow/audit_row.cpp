// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/audit_row.h"

#include <nlohmann/json.hpp>

namespace keystamp::workflow {

Result<void> addRow(db::Journal& journal, const std::string& kind, const nlohmann::ordered_json& row) {
    return journal.audit(kind, row.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace keystamp::workflow
