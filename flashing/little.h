// SPDX-License-Identifier: Apache-2.0
// Private to flashing: numbers as chips store and send them, little-endian.
#pragma once

#include <cstdint>
#include <span>

#include "core/bytes.h"

namespace keystamp::flashing {

inline void putLittle(std::span<std::uint8_t> into, std::size_t at, std::uint32_t value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) into[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

inline std::uint32_t little(BytesView from, std::size_t at, unsigned size) {
    std::uint32_t value = 0;
    for (unsigned i = 0; i < size; ++i) value |= static_cast<std::uint32_t>(from[at + i]) << (8 * i);
    return value;
}

}  // namespace keystamp::flashing
