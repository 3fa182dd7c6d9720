// SPDX-License-Identifier: Apache-2.0
#include "flashing/stm32/chips.h"

#include <algorithm>
#include <array>

namespace keystamp::flashing::stm32 {
namespace {

// Families with sectors of unlike sizes (F2, F4, F7, H7), with another erased state (L0, L1) and newer ones are not here.
constexpr std::array kChips{
    Chip{0x412, "STM32F10x low-density", 0x1FFFF7E8, 0x400},
    Chip{0x410, "STM32F10x medium-density", 0x1FFFF7E8, 0x400},
    Chip{0x414, "STM32F10x high-density", 0x1FFFF7E8, 0x800},
    Chip{0x418, "STM32F105/107", 0x1FFFF7E8, 0x800},
    Chip{0x420, "STM32F100 medium-density", 0x1FFFF7E8, 0x400},
    Chip{0x428, "STM32F100 high-density", 0x1FFFF7E8, 0x800},
    Chip{0x444, "STM32F03x", 0x1FFFF7AC, 0x400},
    Chip{0x445, "STM32F04x", 0x1FFFF7AC, 0x400},
    Chip{0x440, "STM32F05x", 0x1FFFF7AC, 0x400},
    Chip{0x448, "STM32F07x", 0x1FFFF7AC, 0x800},
    Chip{0x442, "STM32F09x", 0x1FFFF7AC, 0x800},
    Chip{0x439, "STM32F301/302", 0x1FFFF7AC, 0x800},
    Chip{0x422, "STM32F302/303", 0x1FFFF7AC, 0x800},
    Chip{0x438, "STM32F303/334", 0x1FFFF7AC, 0x800},
    Chip{0x432, "STM32F37x", 0x1FFFF7AC, 0x800},
    Chip{0x464, "STM32L41x", 0x1FFF7590, 0x800},
    Chip{0x435, "STM32L43x", 0x1FFF7590, 0x800},
    Chip{0x462, "STM32L45x", 0x1FFF7590, 0x800},
    Chip{0x415, "STM32L47x", 0x1FFF7590, 0x800},
    Chip{0x461, "STM32L49x", 0x1FFF7590, 0x800},
    Chip{0x466, "STM32G03x", 0x1FFF7590, 0x800},
    Chip{0x460, "STM32G07x", 0x1FFF7590, 0x800},
    Chip{0x468, "STM32G43x", 0x1FFF7590, 0x800},
    Chip{0x497, "STM32WLE", 0x1FFF7590, 0x800},
    Chip{0x495, "STM32WB55", 0x1FFF7590, 0x1000},
};

}  // namespace

const Chip* chipOf(std::uint16_t productId) {
    const auto found = std::find_if(kChips.begin(), kChips.end(), [&](const Chip& chip) { return chip.productId == productId; });
    return found == kChips.end() ? nullptr : &*found;
}

}  // namespace keystamp::flashing::stm32
