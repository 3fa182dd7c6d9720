// SPDX-License-Identifier: Apache-2.0
// Private to console: what a Board does, by the scripts of a profile.
#pragma once

#include "flashing/board.h"
#include "flashing/console/script.h"

namespace keystamp::flashing::console {

/// `options`: a value for each of the profile's.
std::unique_ptr<Board> makeScriptedBoard(Profile profile, Values options, std::unique_ptr<Link> link, Transcript transcript);

}  // namespace keystamp::flashing::console
