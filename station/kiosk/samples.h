// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "station/viewmodel/kiosk_controller.h"

namespace keystamp::kiosk {

/// One thing to look at: a page and what stands on it.
struct Scene {
    std::string name;
    std::function<void(viewmodel::KioskController&)> set;
};

/// Every page in every state it can be in, from scenes_*.cpp; no station is needed, and none is pretended outside the self-test.
std::vector<Scene> scenes();

}  // namespace keystamp::kiosk
