// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace keystamp::workflow {

/// What a scanner has read, or why a scan cannot be used.
using Scanned = Result<std::string>;

/// A serial scanner's bytes, cut into scans. Whatever comes costs the scan that it stands in and no other.
class ScanLines {
public:
    /// `end`: what ends a scan; empty: CR, LF or both.
    explicit ScanLines(std::string end) : m_end(std::move(end)) {}

    /// Every scan that these bytes end. BadScan for one that is longer than any label.
    std::vector<Scanned> take(std::string_view bytes);
    /// Nothing has come for a while. ScanCut for a scan that was begun: its end must not become the beginning of the next one.
    std::optional<Error> silence();

private:
    std::string m_end;
    std::string m_open;
    bool m_tooLong = false;
};

}  // namespace keystamp::workflow
