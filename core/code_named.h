// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "core/error.h"

namespace keystamp {

/// The code of which `name` is the name(), as it stands in records and messages; nothing where there is none.
std::optional<ErrorCode> codeNamed(std::string_view name);

}  // namespace keystamp
