// SPDX-License-Identifier: Apache-2.0
// Private to workflow.
#pragma once

#include <vector>

#include "core/device_id.h"
#include "core/result.h"
#include "db/journal.h"

namespace keystamp::workflow {

/// Units that were recorded while this station printed labels (rows labels-begin to labels-end) and have had none, the oldest first: what a station that ended, or was
/// cut off, had still in its queue. Looks at the end of the audit log only: some thousand units.
Result<std::vector<DeviceId>> labelsOwed(const db::Journal& journal);

}  // namespace keystamp::workflow
