// SPDX-License-Identifier: Apache-2.0
// One thread waits for all fixtures at once: SIGTERM and SIGINT end it, SIGUSR1 puts the next board on each fixture.
#pragma once

#include <memory>
#include <vector>

#include "flashing/board_program/fixture.h"

namespace keystamp::flashing::board_program {

/// Before the fixtures are announced: from here on the signals wait for the loop.
Result<UniqueFd> holdSignals();
Result<void> serve(const std::vector<std::unique_ptr<Fixture>>& fixtures, const UniqueFd& signals);

}  // namespace keystamp::flashing::board_program
