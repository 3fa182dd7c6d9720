// SPDX-License-Identifier: Apache-2.0
// Private to label.
#pragma once

#include <vector>

#include "core/result.h"
#include "station/label/layout.h"

namespace keystamp::label {

/// A symbol's rows of dark and light modules, without its quiet zone; of bars it is one row.
Result<std::vector<std::vector<bool>>> symbolOf(const Element& element);

}  // namespace keystamp::label
