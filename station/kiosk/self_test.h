// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace keystamp::kiosk {

/// Shows every page with sample contents, light and dark, at each size, with a real engine. Prints each QML warning and
/// returns 1 where there was one. `only`: of the scenes those whose names begin so; 2 where none does. `pictures`: a folder for a PNG
/// of each, or empty.
int selfTest(const std::string& only, const std::string& pictures, int& argc, char** argv);

}  // namespace keystamp::kiosk
