// SPDX-License-Identifier: Apache-2.0
// Which fixture a scan is for. A wrong guess would put one board's identity on another, so nothing is guessed: the
// fixture's label was scanned first, the scan came from the fixture's own scanner, or exactly one board has newly arrived.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "station/workflow/config.h"
#include "station/workflow/scan_format.h"

namespace keystamp::workflow {

struct Claim {
    std::string fixture;
    std::string payload;  ///< what the batch's rule gets (scan_format.h)
};

/// One thread at a time.
class Claims {
public:
    explicit Claims(std::vector<FixtureConfig> fixtures, ScanFormat format = {})
        : m_fixtures(std::move(fixtures)), m_format(std::move(format)) {}

    /// A board was seen on an idle fixture that had none, or another one, before.
    void arrived(const std::string& fixture) { m_arrived.insert(fixture); }
    /// It left, or its job has begun.
    void left(const std::string& fixture) { m_arrived.erase(fixture); }

    /// A scan from a scanner that serves all fixtures. Nothing: it was a fixture's label, which the next scan is for.
    /// NoFixtureClaimed says how many boards could be meant. One fixture alone on the station needs no label. A scan that the format
    /// refuses (readScan) uses up no label.
    Result<std::optional<Claim>> scan(const std::string& text);
    /// A scan from a fixture's own scanner, or a line `fixture,payload`. UnknownFixture.
    Result<Claim> scanAt(const std::string& fixture, const std::string& payload) const;

    const std::optional<std::string>& selected() const { return m_selected; }
    /// The selection was used for something else than a board.
    void deselect() { m_selected.reset(); }

private:
    std::vector<FixtureConfig> m_fixtures;
    ScanFormat m_format;
    std::set<std::string> m_arrived;
    std::optional<std::string> m_selected;
};

}  // namespace keystamp::workflow
