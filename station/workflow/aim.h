// SPDX-License-Identifier: Apache-2.0
// AIM symbology identifiers: three characters that a scanner may put in front of what it read, to say what kind of barcode it was.
// Source: ISO/IEC 15424.
#pragma once

#include <string_view>

#include "core/result.h"

namespace keystamp::workflow {

struct Symbology {
    std::string_view identifier;  ///< the text's own first characters, "]d2"; empty where the scanner says nothing
    std::string_view name;        ///< "Data Matrix"
    bool gs1 = false;             ///< FNC1 stands in first place: what follows are GS1 element strings
};

/// ScanForeign for an identifier that is none of ISO/IEC 15424.
Result<Symbology> symbologyOf(std::string_view text);

}  // namespace keystamp::workflow
