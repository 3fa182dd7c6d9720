// SPDX-License-Identifier: Apache-2.0
// Private to station/: workflow and cli write their rows by it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "db/journal.h"

namespace keystamp::workflow {

/// A row of this kind in the audit log; what is no UTF-8 in it is replaced. As Journal::audit.
Result<void> addRow(db::Journal& journal, const std::string& kind, const nlohmann::ordered_json& row);

}  // namespace keystamp::workflow
