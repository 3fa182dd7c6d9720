// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/emulated_board.h"

#include "flashing/board_program/esp_rom.h"
#include "flashing/board_program/linux_gateway.h"
#include "flashing/board_program/stm32_rom.h"
#include "flashing/board_program/virtual_board.h"

namespace keystamp::flashing::board_program {

Result<std::unique_ptr<EmulatedBoard>> makeBoard(BoardMake make) {
    if (make.driver == "agent") {
        auto board = VirtualBoard::make(std::move(make));
        if (!board) return board.error();
        return std::unique_ptr<EmulatedBoard>{std::move(*board)};
    }
    if (make.driver.starts_with("linux")) return LinuxGateway::make(make);
    const bool stm32 = make.driver == "stm32" || make.driver == "stm32f1";
    const esp32::Chip* chip = esp32::chipOfDriver(make.driver);
    if (chip == nullptr && !stm32) {
        return Error{ErrorCode::BadUsage, "--driver " + make.driver + ": agent, esp32, esp32s2, esp32s3, esp32c2, esp32c3, esp32c6, esp32h2, stm32, stm32f1, linux, linux-dash or linux-bash"};
    }
    if (!make.flashFile.empty() || !make.faults.empty()) {
        return Error{ErrorCode::BadUsage, "--state and --fault are for --driver agent"};
    }
    if (stm32) return std::unique_ptr<EmulatedBoard>{std::make_unique<Stm32Rom>(make)};
    return std::unique_ptr<EmulatedBoard>{std::make_unique<EspRom>(*chip, make)};
}

}  // namespace keystamp::flashing::board_program
