// SPDX-License-Identifier: Apache-2.0
#include "db/barcode_modules.h"

#include <zint.h>

namespace keystamp::db {

std::vector<std::vector<bool>> modulesOf(const zint_symbol& symbol) {
    std::vector<std::vector<bool>> rows(static_cast<std::size_t>(symbol.rows));
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (int column = 0; column < symbol.width; ++column) {
            rows[row].push_back((symbol.encoded_data[row][column / 8] >> (column % 8) & 1) != 0);
        }
    }
    return rows;
}

}  // namespace keystamp::db
