// SPDX-License-Identifier: Apache-2.0
// GS1 element strings: data behind application identifiers, as a GS1 Data Matrix or a GS1-128 label carries them. Source: GS1 General
// Specifications, sections 3.2 (identifiers and their formats), 7.8 (element strings in one symbol) and 7.9 (check digit).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace keystamp::workflow {

/// What scanners send for FNC1 between two element strings.
constexpr char kGs = '\x1d';

struct Gs1Element {
    std::string ai;
    std::string value;
};

/// The element strings of one symbol, each at most once. Two forms: as scanners send it (a GS behind each element of variable length but
/// the last; one in front or behind a fixed one does no harm), and as people write it, `(01)04012345678901(21)A17`.
/// ScanCut: too short, too long (a separator was lost), or it ends in the middle. ScanMisread: a check digit or character that cannot be.
/// ScanForeign: no such identifier. ScanTwice: an identifier stands there twice.
Result<std::vector<Gs1Element>> parseGs1(std::string_view text);

/// As people write it.
std::string bracketed(const std::vector<Gs1Element>& elements);
/// Its value; nothing where it is not there.
const std::string* valueOf(const std::vector<Gs1Element>& elements, std::string_view ai);

/// How one identifier's data looks.
struct Gs1Format {
    bool fixed = false;        ///< its length is known beforehand, so that no separator ends it
    std::size_t digits = 0;    ///< that many characters from the left are digits
    std::size_t shortest = 0;
    std::size_t longest = 0;
    std::size_t checked = 0;   ///< the last of that many digits is the check digit; 0: none
    char set = 'N';            ///< N digits, X character set 82, Y character set 39
};
/// Nothing for text that is no identifier.
const Gs1Format* gs1Format(std::string_view ai);

}  // namespace keystamp::workflow
