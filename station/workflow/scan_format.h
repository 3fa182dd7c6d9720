// SPDX-License-Identifier: Apache-2.0
// From what a scanner sent to the text that a batch's rule gets (scan_rule.h): [scan] in station.toml. The only reader of payloads:
// line, kiosk and `keystamp scan try` all come through here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "station/workflow/gs1.h"

namespace keystamp::workflow {

/// What the labels of this line look like. As it is made, any payload is taken whole.
struct ScanFormat {
    std::string prefix, suffix;  ///< what the scanner adds; a scan without them is refused
    std::string match;           ///< regular expression (ECMAScript, without back references) that the whole payload must fit
    std::string take;            ///< what of it: {21} a GS1 element, {1} a group of `match`, {0} all of it; other characters as they are
    /// GS1 elements that the label must have, with their value where it must be that one: `01` and `04012345678901`.
    std::vector<std::pair<std::string, std::string>> need;
};

/// Which key of a format no scan could ever fit, and why. Nothing where all of them can.
struct FormatFault {
    std::string key, why;
};
std::optional<FormatFault> faultOf(const ScanFormat& format);

/// A scan as it was understood, as far as that went.
struct ScanReading {
    std::string payload;                ///< without blanks around it, prefix, suffix and symbology identifier
    std::string symbology;              ///< "]d2 Data Matrix"; empty where the scanner did not say
    bool gs1 = false;                   ///< by what the scanner said, or by what the format asks for
    std::vector<Gs1Element> elements;
    std::string text;                   ///< what the batch's rule gets
    std::optional<Error> error;         ///< why there is none: BadScan, ScanCut, ScanMisread, ScanForeign, ScanTwice
};

/// Never fails otherwise than in `error`. Any thread; `format` must be without fault. GS1 is what begins with FNC1 (as identifier or as
/// character), and everything where `take` or `need` asks for elements; where they do not, its text is its elements in brackets.
ScanReading readScan(std::string_view sent, const ScanFormat& format);

}  // namespace keystamp::workflow
