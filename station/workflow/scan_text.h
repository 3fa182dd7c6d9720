// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace keystamp::workflow {

/// What a scanner sent, without the blanks and line ends around it. BadScan where that is empty, longer than 128 characters
/// or not printable ASCII: a damaged scan must not become somebody's serial number.
Result<std::string> cleanScan(std::string_view text);

}  // namespace keystamp::workflow
