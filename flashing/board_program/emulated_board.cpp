// SPDX-License-Identifier: Apache-2.0
// The table of boards that are not there: a new one is a file and a line.
#include "flashing/board_program/emulated_board.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "flashing/board_program/emulated_console.h"
#include "flashing/board_program/esp_rom.h"
#include "flashing/board_program/linux_gateway.h"
#include "flashing/board_program/stm32_rom.h"
#include "flashing/board_program/virtual_board.h"

namespace keystamp::flashing::board_program {
namespace {

using Made = Result<std::unique_ptr<EmulatedBoard>>;

struct Maker {
    std::string_view driver;
    Made (*make)(BoardMake make);
    bool keepsState = false;  ///< it has --state
    bool takesFaults = false;
};

Made makeAgent(BoardMake make) {
    auto board = VirtualBoard::make(std::move(make));
    if (!board) return board.error();
    return std::unique_ptr<EmulatedBoard>{std::move(*board)};
}

Made makeEsp(BoardMake make) {
    return std::unique_ptr<EmulatedBoard>{std::make_unique<EspRom>(*esp32::chipOfDriver(make.driver), make)};
}

Made makeStm32(BoardMake make) { return std::unique_ptr<EmulatedBoard>{std::make_unique<Stm32Rom>(make)}; }

Made makeGateway(BoardMake make) { return LinuxGateway::make(make); }

constexpr std::array kMakers{
    Maker{"agent", makeAgent, true, true},
    Maker{"esp32", makeEsp},
    Maker{"esp32s2", makeEsp},
    Maker{"esp32s3", makeEsp},
    Maker{"esp32c2", makeEsp},
    Maker{"esp32c3", makeEsp},
    Maker{"esp32c6", makeEsp},
    Maker{"esp32h2", makeEsp},
    Maker{"stm32", makeStm32},
    Maker{"stm32f1", makeStm32},
    Maker{"linux", makeGateway, true},
    Maker{"linux-dash", makeGateway, true},
    Maker{"linux-bash", makeGateway, true},
    Maker{"az3166", makeAz3166},
    Maker{"wio-terminal", makeWioTerminal},
    Maker{"nrf91", makeNrf91},
    Maker{"zephyr-cred", makeZephyrCred},
};

}  // namespace

std::string emulatedDrivers() {
    std::string names;
    for (const Maker& each : kMakers) names += (names.empty() ? "" : ", ") + std::string{each.driver};
    return names;
}

Made makeBoard(BoardMake make) {
    const auto maker = std::find_if(kMakers.begin(), kMakers.end(), [&](const Maker& each) { return each.driver == make.driver; });
    if (maker == kMakers.end()) return Error{ErrorCode::BadUsage, "--driver " + make.driver + ": " + emulatedDrivers()};
    if (!maker->keepsState && !make.flashFile.empty()) return Error{ErrorCode::BadUsage, "--state is for --driver agent and gateways"};
    if (!maker->takesFaults && !make.faults.empty()) return Error{ErrorCode::BadUsage, "--fault is for --driver agent"};
    return maker->make(std::move(make));
}

}  // namespace keystamp::flashing::board_program
