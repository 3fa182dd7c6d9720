// SPDX-License-Identifier: Apache-2.0
// Private to workflow: the part of the preflight that looks at scanners.
#pragma once

#include <functional>

#include "station/workflow/station.h"

namespace keystamp::workflow {

/// A line for each configured scanner: as it is where this process reads them, else by opening it. Left alone while another process runs
/// boards. A keyboard that cannot be taken from the desktop is good, for it goes on typing; the line says what that costs.
void checkScanners(Station& station, const std::function<void(Check)>& each);

}  // namespace keystamp::workflow
