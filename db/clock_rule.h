// SPDX-License-Identifier: Apache-2.0
// Whether the clock can be right, by the newest record.
#pragma once

#include <string_view>

#include "core/clock.h"

namespace keystamp::db {

/// A time server may set a running clock back by so little.
inline constexpr std::chrono::seconds kBehind{2};
/// Longer than any stop of a line that is still in use.
inline constexpr std::chrono::days kFarAhead{400};

/// ClockWrong where `now` is behind the newest record, or far ahead of it.
Result<void> clockFits(UtcTime now, UtcTime newest);

/// The one audit row that may be behind the row before it: a supervisor says that the clock is right.
inline constexpr std::string_view kClockRebase = "clock-rebase";

}  // namespace keystamp::db
