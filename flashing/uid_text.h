// SPDX-License-Identifier: Apache-2.0
// Private to flashing: a serial number that a board says as text.
#pragma once

#include <string>

#include "core/bytes.h"

namespace keystamp::flashing {

/// Its bytes where it is hexadecimal, else its text; of one that is longer than a UID may be its SHA-256.
Bytes uidOfText(const std::string& text);

}  // namespace keystamp::flashing
