// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>

#include "station/cloud/transport.h"

namespace keystamp::cloud {

/// Says what it waits for: seconds, and why.
using Waiting = std::function<void(std::chrono::seconds, const std::string& why)>;

constexpr std::chrono::seconds kUnlessSaid{3};  ///< between two questions, where the service names no time

/// By its HTTP status a service has too many requests (429), or is in trouble.
constexpr bool isBusy(long status) { return status == 429 || status >= 500; }

/// Waits as a service asks for, as long as there is time and nobody has stopped it. One thread; what it is made of outlives it.
class Patience {
public:
    Patience(const std::string& endpoint, Deadline deadline, const std::atomic<bool>& stop, const Waiting& waiting)
        : m_endpoint(endpoint), m_deadline(deadline), m_stop(stop), m_waiting(waiting) {}

    Deadline deadline() const { return m_deadline; }
    /// Timeout where it is longer than what is left; Aborted.
    Result<void> wait(std::chrono::seconds span, const char* why) const;
    /// Asks again while the service has too many requests (429) or is in trouble (5xx, `mostTroubled` times): after its Retry-After, and at least
    /// 1, 2, 4 ... 30 s. Its last answer where no time is left for another.
    Result<Reply> insist(const std::function<Result<Reply>()>& ask, unsigned mostTroubled = ~0U) const;

private:
    const std::string& m_endpoint;
    const Deadline m_deadline;
    const std::atomic<bool>& m_stop;
    const Waiting& m_waiting;
};

}  // namespace keystamp::cloud
