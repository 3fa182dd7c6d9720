// SPDX-License-Identifier: Apache-2.0
#include "station/cloud/patience.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "station/cloud/await.h"

namespace keystamp::cloud {

Result<void> Patience::wait(std::chrono::seconds span, const char* why) const {
    if (m_deadline.left() < span) return Error{ErrorCode::Timeout, fmt::format("{} says to come back in {} s: {}", m_endpoint, span.count(), why)};
    if (m_waiting) m_waiting(span, why);
    for (const auto until = Deadline::in(span); !until.passed(); std::this_thread::sleep_for(std::min(kLook, until.left()))) {
        if (m_stop.load(std::memory_order_relaxed)) return Error{ErrorCode::Aborted, {}};
    }
    return {};
}

Result<Reply> Patience::insist(const std::function<Result<Reply>()>& ask, unsigned mostTroubled) const {
    std::chrono::seconds backOff{1};
    for (unsigned troubled = 0;;) {
        auto reply = ask();
        if (!reply) return reply;
        const bool throttled = reply->status == 429;
        if (!isBusy(reply->status) || (!throttled && troubled++ >= mostTroubled)) return reply;
        const auto span = std::max(reply->retryAfter.value_or(kUnlessSaid), std::exchange(backOff, std::min(backOff * 2, std::chrono::seconds{30})));
        if (m_deadline.left() < span) return reply;
        if (auto waited = wait(span, throttled ? "it has too many requests" : "it is in trouble"); !waited) return waited.error();
    }
}

}  // namespace keystamp::cloud
