// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "flashing/board.h"

namespace keystamp::flashing::linux_shell {

/// A Linux gateway or a Raspberry Pi over the login shell of a serial line (flashing/boards/linux.md). BadConfig for options that it does not
/// know.
Result<std::unique_ptr<Board>> openLinuxBoard(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options);
Result<void> checkLinuxOptions(const std::string& driver, const DriverOptions& options);

}  // namespace keystamp::flashing::linux_shell
