// SPDX-License-Identifier: Apache-2.0
#include "station/cli/scanner_feed.h"

namespace keystamp::cli {

void ScannerFeed::add(const workflow::ScannerConfig& scanner, const workflow::Scanned& scanned) {
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back({scanner.fixture, scanned});
    m_come.notify_one();
}

std::optional<ScannerFeed::Scan> ScannerFeed::next() {
    std::unique_lock lock(m_mutex);
    m_come.wait(lock, [this] { return m_stopped || !m_waiting.empty(); });
    if (m_stopped) return std::nullopt;
    Scan scan = std::move(m_waiting.front());
    m_waiting.pop_front();
    return scan;
}

void ScannerFeed::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_come.notify_one();
}

}  // namespace keystamp::cli
