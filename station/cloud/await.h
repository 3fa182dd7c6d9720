// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>

#include "core/clock.h"
#include "core/result.h"

namespace keystamp::cloud {

constexpr std::chrono::milliseconds kLook{50};  ///< how often a wait looks whether it was stopped

/// Until `condition`, which `lock` guards, holds. Timeout, and then in these words; Aborted.
template <typename Condition>
Result<void> await(std::unique_lock<std::mutex>& lock, std::condition_variable& changed, Condition condition, Deadline deadline, const std::atomic<bool>& stop,
                   const std::string& tooLate) {
    while (!condition()) {
        if (stop.load(std::memory_order_relaxed)) return Error{ErrorCode::Aborted, {}};
        if (deadline.passed()) return Error{ErrorCode::Timeout, tooLate};
        changed.wait_for(lock, std::min(kLook, deadline.left()));
    }
    return {};
}

}  // namespace keystamp::cloud
