// SPDX-License-Identifier: Apache-2.0
// Private to workflow: the journal's part of the preflight, which is also asked for by itself.
#pragma once

#include <functional>

#include "station/workflow/station.h"

namespace keystamp::workflow {

/// The file, its chain and every unit; what the signer signed and its ledger knows, where there is a signer; the clock. Opens the journal
/// where it is not open yet.
void checkJournal(Station& station, const std::function<void(Check)>& each);

}  // namespace keystamp::workflow
