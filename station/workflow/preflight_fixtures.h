// SPDX-License-Identifier: Apache-2.0
// Private to workflow: the part of the preflight that touches boards.
#pragma once

#include <functional>
#include <string>

#include "station/workflow/station.h"

namespace keystamp::workflow {

/// A check that went bad for this reason.
Check failed(std::string what, const Error& error);

/// Opens every fixture's link at once and asks for a board, which changes nothing on it. A fixture without a board is
/// good. Left alone while another process runs boards: the links are its own.
void checkFixtures(Station& station, const std::function<void(Check)>& each);

}  // namespace keystamp::workflow
