// SPDX-License-Identifier: Apache-2.0
// Device keys that IoT Central made, as people bring them: its export, or what a device's Connect page shows. Never an argument.
#pragma once

#include <string>

#include "db/key_list.h"

namespace keystamp::cli {

/// `file` may be "-": standard input.
Result<db::KeyList> readExport(const std::string& file, Slot slot);

/// Scope ID (unless there is one), device ID and primary key, a line each: asked for at a terminal, the key without echo, or from
/// standard input.
Result<db::KeyList> readConnectPage(std::string& scopeId);

/// What is left for a person to do where the keys came from `file`, which lies in the clear.
std::string destroyIt(const std::string& file);

}  // namespace keystamp::cli
