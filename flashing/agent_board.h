// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "flashing/board.h"

namespace keystamp::flashing {

/// A board that runs the Keystamp agent (flashing/PROTOCOL.md).
std::unique_ptr<Board> openAgentBoard(std::unique_ptr<Link> link);

}  // namespace keystamp::flashing
