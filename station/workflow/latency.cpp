// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/latency.h"

#include <algorithm>
#include <vector>

namespace keystamp::workflow {

void Latency::add(Span took) {
    const std::lock_guard lock(m_mutex);
    m_took[m_requests++ % kLast] = took;
}

Latency::Figures Latency::figures() const {
    std::vector<Span> took;
    Figures figures;
    {
        const std::lock_guard lock(m_mutex);
        figures.requests = m_requests;
        took.assign(m_took.begin(), m_took.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(m_requests, kLast)));
    }
    if (took.empty()) return figures;
    std::ranges::sort(took);
    // the nearest rank
    const auto at = [&](std::size_t percent) { return took[(took.size() * percent + 99) / 100 - 1]; };
    figures.p50 = at(50);
    figures.p95 = at(95);
    return figures;
}

}  // namespace keystamp::workflow
