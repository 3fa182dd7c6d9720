// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace keystamp::workflow {

/// What a scanner sent, without the blanks and line ends around it. BadScan where that is empty, longer than 128 characters
/// or not printable ASCII: a damaged scan must not become somebody's serial number.
Result<std::string> cleanScan(std::string_view text);
/// The same for a payload that is yet to be taken apart: up to 256 characters, among them the separators of GS1 (gs1.h).
Result<std::string> cleanPayload(std::string_view text);

/// With characters that cannot be seen by their names: <GS>, <0x07>.
std::string visible(std::string_view text);

}  // namespace keystamp::workflow
