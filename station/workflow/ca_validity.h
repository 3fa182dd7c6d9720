// SPDX-License-Identifier: Apache-2.0
// Whether a slot's CA is good for today, and for how long: preflight and `ca show` say the same.
#pragma once

#include <chrono>
#include <string>

#include "core/clock.h"
#include "hsm/signer.h"

namespace keystamp::workflow {

constexpr std::chrono::days kCaEndsSoon{90};  // what a root's keeper and a cloud team take, with a holiday in between

struct CaValidity {
    bool good = false;
    std::string nextStep;  ///< what to do; with a good one: soon
    long daysLeft = 0;     ///< until it ends; negative once it has
};

/// Bad: not usable, not yet valid, expired. Good, and something to do soon: it ends within 90 days, or before a leaf of
/// today would (leaves are then shortened), or it is idle and waits for its first certificate.
CaValidity judgeCa(const hsm::CaInfo& ca, const hsm::SignerStatus& status, UtcTime now);

}  // namespace keystamp::workflow
