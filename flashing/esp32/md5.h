// SPDX-License-Identifier: Apache-2.0
// Private to esp32 and its emulator: MD5, the checksum of the ROM loader and of partition tables. It protects from accidents only.
#pragma once

#include <array>
#include <initializer_list>

#include "core/bytes.h"

namespace keystamp::flashing::esp32 {

using Md5 = std::array<std::uint8_t, 16>;

/// Of the parts, one after another.
Md5 md5Of(std::initializer_list<BytesView> parts);

}  // namespace keystamp::flashing::esp32
