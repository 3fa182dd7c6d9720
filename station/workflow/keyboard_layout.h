// SPDX-License-Identifier: Apache-2.0
// Scanners that type press the keys of a US keyboard. Where the station has another layout, other characters arrive: `-` as `ß`. A test
// code, whose characters lie elsewhere on each of them, shows which.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace keystamp::workflow {

/// What the test code says. No key of it is a dead one on any layout that is known.
constexpr std::string_view kTestCode = "KEYSTAMP-yzaqwm/;:_@1";

struct LayoutFound {
    std::string layout;        ///< as xkb names it: us, de, fr ...; empty where it is none that is known
    bool capsLock = false;     ///< upper and lower case are exchanged
    bool right() const { return layout == "us" && !capsLock; }
};
/// What layout turns the test code into this text (UTF-8). Nothing where the text is not the test code.
std::optional<LayoutFound> layoutOf(std::string_view text);
/// What arrives instead of the test code on that layout; empty where it is not known.
std::string testCodeOn(std::string_view layout);

/// The test code as a Data Matrix, row by row, '1' for a dark module; without its quiet zone.
Result<std::vector<std::string>> testCodeModules();
/// Draws it into a file, SVG, PNG or EPS by its name's end. IoFault.
Result<void> drawTestCode(const std::string& path);

}  // namespace keystamp::workflow
