// SPDX-License-Identifier: Apache-2.0
// Where on this board an identity goes: what its partition table says, held against what is configured.
#pragma once

#include <optional>

#include "flashing/esp32/layout.h"
#include "flashing/esp32/partitions.h"

namespace keystamp::flashing::esp32 {

struct Places {
    Partition nvs;
    std::optional<Partition> secureCert;  ///< where the layout uses it
};

/// BadConfig says which partition is missing or not fit for it. Nothing may be written before this was asked.
Result<Places> placesOf(const Layout& layout, const std::vector<Partition>& table);

}  // namespace keystamp::flashing::esp32
