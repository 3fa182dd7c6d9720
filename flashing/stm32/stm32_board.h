// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "flashing/board.h"

namespace keystamp::flashing::stm32 {

/// An STM32 through its ROM loader (flashing/boards/stm32.md). BadConfig for options that it does not know.
Result<std::unique_ptr<Board>> openStm32Board(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options);
Result<void> checkStm32Options(const std::string& driver, const DriverOptions& options);

}  // namespace keystamp::flashing::stm32
