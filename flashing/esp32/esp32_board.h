// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "flashing/board.h"

namespace keystamp::flashing::esp32 {

/// A chip of the ESP32 family ("esp32", "esp32c3", ...) through its ROM loader (README.md). BadConfig for options that it
/// does not know.
Result<std::unique_ptr<Board>> openEsp32Board(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options);
Result<void> checkEsp32Options(const std::string& driver, const DriverOptions& options);

}  // namespace keystamp::flashing::esp32
