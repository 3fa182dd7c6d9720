// SPDX-License-Identifier: Apache-2.0
// Private to flashing: the CBOR map (RFC 8949) of a reply, which a board has written.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "core/bytes.h"

namespace keystamp::flashing::smp {

/// Nothing where the bytes are no map, have tags, or are nested deeper than any reply is: the library's stack would not take it.
std::optional<nlohmann::json> cborMap(BytesView bytes);

}  // namespace keystamp::flashing::smp
