// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "db/journal.h"
#include "station/cli/context.h"

namespace keystamp::cli {

/// Prints a batch, and the units in it that wait for their board; `warning` stands below. What each command that changes a batch ends with.
int showBatch(Context& context, const db::Journal& journal, const std::string& batch, const std::string& warning = {});

}  // namespace keystamp::cli
