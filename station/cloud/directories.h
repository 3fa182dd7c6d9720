// SPDX-License-Identifier: Apache-2.0
// Each kind of Directory there is. Private to this room.
#pragma once

#include "station/cloud/directory.h"

namespace keystamp::cloud {

std::unique_ptr<Directory> centralDirectory(const PushTarget& target, const PushWay& way);
std::unique_ptr<Directory> dpsDirectory(const PushTarget& target, const PushWay& way);

}  // namespace keystamp::cloud
