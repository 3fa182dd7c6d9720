// SPDX-License-Identifier: Apache-2.0
// Private to label.
#pragma once

#include <memory>
#include <string>

#include "flashing/link/link.h"

namespace keystamp::label {

/// A device file that is written to and, where it can, read from. LinkUnavailable, with errno as native.
Result<std::unique_ptr<flashing::Link>> openDevice(const std::string& path);

}  // namespace keystamp::label
