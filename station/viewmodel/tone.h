// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "db/records.h"

namespace keystamp::viewmodel {

inline constexpr unsigned kToneRate = 48'000;  ///< samples a second, one channel

/// What a verdict sounds like, to be told apart without looking: PASS rises, FAIL falls, ERROR is twice the same. ABORTED is silent: who stopped
/// it knows.
std::vector<std::int16_t> toneOf(db::Verdict verdict);

}  // namespace keystamp::viewmodel
