// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"

namespace keystamp::cli {

/// Where files go that are carried away: the folder that was given, or, without, the only memory stick that is in. BadUsage where there is none, or more.
Result<std::string> placeFor(const std::string& given);

}  // namespace keystamp::cli
