// SPDX-License-Identifier: Apache-2.0
#include "db/clock_rule.h"

namespace keystamp::db {

Result<void> clockFits(UtcTime now, UtcTime newest) {
    const char* how = now + kBehind < newest ? "behind" : now - newest > kFarAhead ? "far ahead" : nullptr;
    if (how == nullptr) return {};
    return Error{ErrorCode::ClockWrong, toText(now) + "; last record " + toText(newest) + ": " + how};
}

}  // namespace keystamp::db
