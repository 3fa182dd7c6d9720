// SPDX-License-Identifier: Apache-2.0
// What zint has encoded, for whoever draws it: exporters here, labels, the station's test code.
#pragma once

#include <vector>

struct zint_symbol;

namespace keystamp::db {

/// A symbol's rows of dark and light modules, without its quiet zone; of bars it is one row. The symbol is encoded (ZBarcode_Encode).
std::vector<std::vector<bool>> modulesOf(const zint_symbol& symbol);

}  // namespace keystamp::db
