// SPDX-License-Identifier: Apache-2.0
// The lines of a list of IDs, for the two files that are read as one.
// Private to this room.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "db/records.h"

namespace keystamp::db {

/// Lower case, without blanks at its ends.
std::string folded(std::string_view text);

struct LineReading {
    /// Sees each line that is not blank, the header first, and gives what is read in its place; or what is wrong with it.
    std::function<Result<std::string>(std::size_t number, std::string_view line)> filter{};
    bool quiet = false;  ///< errors repeat nothing of what stands in a field
};
/// As readIdList; `source` is named in its error.
Result<std::vector<ListedId>> readIdLines(std::string_view text, const std::string& source, const LineReading& how = {});

}  // namespace keystamp::db
