// SPDX-License-Identifier: Apache-2.0
// The table of board families: a new one is a folder and a line.
#include <algorithm>
#include <array>

#include "flashing/agent_board.h"
#include "flashing/board.h"
#include "flashing/console/console_board.h"
#include "flashing/esp32/esp32_board.h"
#include "flashing/linux/linux_board.h"
#include "flashing/micropython/micropython_board.h"
#include "flashing/stm32/stm32_board.h"

namespace keystamp::flashing {
namespace {

struct Driver {
    std::string_view name;
    Result<std::unique_ptr<Board>> (*open)(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options);
    Result<void> (*check)(const std::string& driver, const DriverOptions& options);
};

constexpr std::array kDrivers{
    Driver{"agent", openAgentBoard, checkAgentOptions},
    Driver{"esp32", esp32::openEsp32Board, esp32::checkEsp32Options},
    Driver{"esp32s2", esp32::openEsp32Board, esp32::checkEsp32Options},
    Driver{"esp32s3", esp32::openEsp32Board, esp32::checkEsp32Options},
    Driver{"esp32c2", esp32::openEsp32Board, esp32::checkEsp32Options},
    Driver{"esp32c3", esp32::openEsp32Board, esp32::checkEsp32Options},
    Driver{"esp32c6", esp32::openEsp32Board, esp32::checkEsp32Options},
    Driver{"esp32h2", esp32::openEsp32Board, esp32::checkEsp32Options},
    Driver{"console", console::openConsoleBoard, console::checkConsoleOptions},
    Driver{"az3166", console::openConsoleBoard, console::checkConsoleOptions},
    Driver{"wio-terminal", console::openConsoleBoard, console::checkConsoleOptions},
    Driver{"nrf91", console::openConsoleBoard, console::checkConsoleOptions},
    Driver{"zephyr-cred", console::openConsoleBoard, console::checkConsoleOptions},
    Driver{"linux", linux_shell::openLinuxBoard, linux_shell::checkLinuxOptions},
    Driver{"micropython", micropython::openMicropythonBoard, micropython::checkMicropythonOptions},
    Driver{"stm32", stm32::openStm32Board, stm32::checkStm32Options},
};

Result<const Driver*> find(const std::string& driver) {
    const auto found = std::find_if(kDrivers.begin(), kDrivers.end(), [&](const Driver& each) { return each.name == driver; });
    if (found != kDrivers.end()) return &*found;
    std::string known;
    for (const Driver& each : kDrivers) known += (known.empty() ? "" : ", ") + std::string{each.name};
    return Error{ErrorCode::BadConfig, "no driver '" + driver + "'; there is " + known};
}

}  // namespace

Result<std::unique_ptr<Board>> openBoard(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options) {
    const auto found = find(driver);
    if (!found) return found.error();
    return (*found)->open(driver, std::move(link), options);
}

Result<void> checkDriver(const std::string& driver, const DriverOptions& options) {
    const auto found = find(driver);
    if (!found) return found.error();
    return (*found)->check(driver, options);
}

std::vector<std::string> drivers() {
    std::vector<std::string> names;
    names.reserve(kDrivers.size());
    for (const Driver& each : kDrivers) names.emplace_back(each.name);
    return names;
}

}  // namespace keystamp::flashing
