// SPDX-License-Identifier: Apache-2.0
// Private to hsm: how wrong passphrases and PINs are answered ever later, so that guessing is slow and nobody is locked out for ever.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "core/clock.h"

namespace keystamp::hsm {

struct Tries {
    std::uint64_t failures = 0;  ///< since the last right one
    std::optional<UtcTime> last;
};

/// How long after its last try one with so many failures in a row must wait: none for three, then 2 s, doubling up to five minutes.
std::chrono::seconds waitAfter(std::uint64_t failures);
/// How much of that is left. A last try that lies in the future (the clock went back) makes nobody wait.
std::chrono::seconds leftToWait(const Tries& tries, UtcTime now);

}  // namespace keystamp::hsm
