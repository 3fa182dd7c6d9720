// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include <functional>

#include "db/batch_rows.h"
#include "db/exporter.h"

namespace keystamp::db::exporters {

/// The recorded units of a batch in order of number, each with its keys where the batch has such (else with none); keys are asked for
/// as many units at once as the source takes. Stops at the first error.
Result<void> eachKeyedRow(const ExportSource& source, const std::function<Result<void>(const BatchRow&, const DeviceKeys*)>& each);

}  // namespace keystamp::db::exporters
