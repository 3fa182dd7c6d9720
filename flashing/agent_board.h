// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "flashing/board.h"

namespace keystamp::flashing {

/// A board that runs the Keystamp agent (flashing/PROTOCOL.md).
Result<std::unique_ptr<Board>> openAgentBoard(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options);
/// It has none.
Result<void> checkAgentOptions(const std::string& driver, const DriverOptions& options);

}  // namespace keystamp::flashing
