// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "flashing/board.h"

namespace keystamp::flashing::micropython {

/// A MicroPython board through its raw REPL (flashing/boards/micropython.md). BadConfig for options that it does not know.
Result<std::unique_ptr<Board>> openMicropythonBoard(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options);
Result<void> checkMicropythonOptions(const std::string& driver, const DriverOptions& options);

}  // namespace keystamp::flashing::micropython
