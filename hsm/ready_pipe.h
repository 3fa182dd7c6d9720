// SPDX-License-Identifier: Apache-2.0
// Private to hsm: what a signer that was started as a child tells the one who started it, once: that it listens (or that another
// signer does), or why it cannot.
#pragma once

#include "core/clock.h"
#include "core/result.h"

namespace keystamp::hsm {

void writeReadiness(int pipe, const Result<void>& readiness);
/// SignerUnavailable where nothing comes in time, or where the pipe ends without a word.
Result<void> readReadiness(int pipe, const Deadline& deadline);

}  // namespace keystamp::hsm
