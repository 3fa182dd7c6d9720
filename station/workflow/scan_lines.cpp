// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/scan_lines.h"

#include "station/workflow/scan_text.h"

namespace keystamp::workflow {
namespace {

constexpr std::size_t kLongest = 512;  // with what a scanner may add

}  // namespace

std::vector<Scanned> ScanLines::take(std::string_view bytes) {
    std::vector<Scanned> scans;
    for (const char byte : bytes) {
        m_open += byte;
        const bool ended = m_end.empty() ? byte == '\r' || byte == '\n' : m_open.ends_with(m_end);
        if (!ended && m_open.size() > kLongest) {
            m_tooLong = true;
            m_open.erase(0, m_open.size() - m_end.size());  // an end may have begun
        }
        if (!ended) continue;
        const std::string scan = std::exchange(m_open, {});
        if (std::exchange(m_tooLong, false)) {
            scans.emplace_back(Error{ErrorCode::BadScan, "it is longer than any label"});
        } else if (scan.find_first_not_of(" \t\r\n") != std::string::npos) {
            scans.emplace_back(scan.substr(0, scan.size() - (m_end.empty() ? 1 : m_end.size())));
        }
    }
    return scans;
}

std::optional<Error> ScanLines::silence() {
    const std::string scan = std::exchange(m_open, {});
    const bool tooLong = std::exchange(m_tooLong, false);
    if (!tooLong && scan.find_first_not_of(" \t\r\n") == std::string::npos) return std::nullopt;
    return Error{ErrorCode::ScanCut, "\"" + visible(scan.substr(0, 64)) + "\" came without an end"};
}

}  // namespace keystamp::workflow
