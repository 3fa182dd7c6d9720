// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/claims.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "station/workflow/scan_text.h"

namespace keystamp::workflow {
namespace {

const FixtureConfig* labelled(const std::vector<FixtureConfig>& fixtures, const std::string& text) {
    const auto at = std::find_if(fixtures.begin(), fixtures.end(), [&](const auto& f) { return f.label == text; });
    return at == fixtures.end() ? nullptr : &*at;
}

}  // namespace

Result<std::optional<Claim>> Claims::scan(const std::string& text) {
    auto clean = cleanScan(text);
    if (!clean) return clean.error();
    if (const FixtureConfig* fixture = labelled(m_fixtures, *clean)) {
        m_selected = fixture->name;
        return std::optional<Claim>{};
    }
    if (m_selected) {
        Claim claim{*m_selected, *std::move(clean)};
        m_selected.reset();
        return std::optional{std::move(claim)};
    }
    if (m_fixtures.size() == 1) return std::optional{Claim{m_fixtures.front().name, *std::move(clean)}};
    if (m_arrived.size() == 1) return std::optional{Claim{*m_arrived.begin(), *std::move(clean)}};
    if (m_arrived.empty()) return Error{ErrorCode::NoFixtureClaimed, "no board has newly arrived"};
    return Error{ErrorCode::NoFixtureClaimed,
                 fmt::format("{} boards have newly arrived, on {}", m_arrived.size(), fmt::join(m_arrived, ", "))};
}

Result<Claim> Claims::scanAt(const std::string& fixture, const std::string& payload) const {
    const auto at = std::find_if(m_fixtures.begin(), m_fixtures.end(), [&](const auto& f) { return f.name == fixture; });
    if (at == m_fixtures.end()) return Error{ErrorCode::UnknownFixture, fixture};
    auto clean = cleanScan(payload);
    if (!clean) return clean.error();
    if (labelled(m_fixtures, *clean) != nullptr) {
        return Error{ErrorCode::BadScan, "\"" + *clean + "\" is a fixture's label, not a board's"};
    }
    return Claim{at->name, *std::move(clean)};
}

}  // namespace keystamp::workflow
