// SPDX-License-Identifier: Apache-2.0
// Private to console: what a profile must be beyond its single keys.
#pragma once

#include <optional>

#include "core/error.h"
#include "flashing/console/profile.h"

namespace keystamp::flashing::console {

/// The first thing that is wrong, with the line of the step it is in; whatever is captured by no name or sent without a value is found here
/// and not at the first board.
void checkProfile(const Profile& profile, std::optional<Error>& error);

}  // namespace keystamp::flashing::console
