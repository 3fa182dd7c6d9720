// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>

namespace keystamp::workflow {

/// How long the HSM takes, as a board feels it: from asking the signer for a signature or a key until it is there, by the last requests since
/// the station started. Of a fixed size, whatever the station makes. Any thread.
class Latency {
public:
    using Span = std::chrono::microseconds;

    void add(Span took);
    struct Figures {
        std::uint64_t requests = 0;  ///< since the start; the next two are zero without any
        Span p50{0}, p95{0};         ///< that many of a hundred took no longer
    };
    Figures figures() const;

    /// Runs `ask` and counts it, whatever comes of it: an HSM that fails slowly is slow.
    template <typename Ask>
    auto around(Ask ask) {
        const auto began = std::chrono::steady_clock::now();
        auto answer = ask();
        add(std::chrono::duration_cast<Span>(std::chrono::steady_clock::now() - began));
        return answer;
    }

private:
    static constexpr std::size_t kLast = 1024;
    mutable std::mutex m_mutex;
    std::array<Span, kLast> m_took{};
    std::uint64_t m_requests = 0;
};

}  // namespace keystamp::workflow
