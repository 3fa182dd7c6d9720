// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/claims.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace keystamp::workflow {
namespace {

const FixtureConfig* labelled(const std::vector<FixtureConfig>& fixtures, const std::string& text) {
    const auto at = std::find_if(fixtures.begin(), fixtures.end(), [&](const auto& f) { return f.label == text; });
    return at == fixtures.end() ? nullptr : &*at;
}

}  // namespace

Result<std::optional<Claim>> Claims::scan(const std::string& text) {
    ScanReading reading = readScan(text, m_format);
    // a fixture's label need not look like a board's
    if (const FixtureConfig* fixture = labelled(m_fixtures, reading.payload)) {
        m_selected = fixture->name;
        return std::optional<Claim>{};
    }
    if (reading.error) return *reading.error;
    if (m_selected) {
        Claim claim{*m_selected, std::move(reading.text)};
        m_selected.reset();
        return std::optional{std::move(claim)};
    }
    if (m_fixtures.size() == 1) return std::optional{Claim{m_fixtures.front().name, std::move(reading.text)}};
    if (m_arrived.size() == 1) return std::optional{Claim{*m_arrived.begin(), std::move(reading.text)}};
    if (m_arrived.empty()) return Error{ErrorCode::NoFixtureClaimed, "no board has newly arrived"};
    return Error{ErrorCode::NoFixtureClaimed,
                 fmt::format("{} boards have newly arrived, on {}", m_arrived.size(), fmt::join(m_arrived, ", "))};
}

Result<Claim> Claims::scanAt(const std::string& fixture, const std::string& payload) const {
    const auto at = std::find_if(m_fixtures.begin(), m_fixtures.end(), [&](const auto& f) { return f.name == fixture; });
    if (at == m_fixtures.end()) return Error{ErrorCode::UnknownFixture, fixture};
    ScanReading reading = readScan(payload, m_format);
    if (labelled(m_fixtures, reading.payload) != nullptr) {
        return Error{ErrorCode::BadScan, "\"" + reading.payload + "\" is a fixture's label, not a board's"};
    }
    if (reading.error) return *reading.error;
    return Claim{at->name, std::move(reading.text)};
}

}  // namespace keystamp::workflow
