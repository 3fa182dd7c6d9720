// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace keystamp::db::exporters {

/// A QR code's rows of dark and light modules, without its quiet zone; error correction M (ISO/IEC 18004).
Result<std::vector<std::vector<bool>>> qrCode(const std::string& text);

}  // namespace keystamp::db::exporters
