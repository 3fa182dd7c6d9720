// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include <fmt/format.h>

#include "core/bytes.h"
#include "core/result.h"

namespace keystamp::flashing {

/// That the chip is still `uid`, by `read`, a Result<Bytes>. Another number is hearsay until it was heard twice: `otherwise` then, and
/// BoardNonsense where each time it was another one.
template <typename Read>
Result<void> sameChip(const Bytes& uid, ErrorCode otherwise, const Read& read) {
    const Result<Bytes> first = read();
    if (!first) return first.error();
    if (*first == uid) return {};
    const Result<Bytes> again = read();
    if (!again) return again.error();
    if (*again == uid) return {};
    return Error{*again == *first ? otherwise : ErrorCode::BoardNonsense, fmt::format("board {} was taken off for {} in the middle", toHex(uid), toHex(*again))};
}

}  // namespace keystamp::flashing
