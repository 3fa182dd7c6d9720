// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

class QQmlApplicationEngine;
class QQuickWindow;

namespace keystamp::viewmodel {
class KioskController;
}

namespace keystamp::kiosk {

/// The window of Main.qml, not shown yet; nullptr where it does not load, which the engine has said on standard error.
QQuickWindow* loadMain(QQmlApplicationEngine& engine, viewmodel::KioskController& kiosk, bool dark);

/// Shows every page with sample contents, light and dark, at each size, with a real engine. Prints each QML warning and
/// returns 1 where there was one. `only`: of the scenes those whose names begin so; 2 where none does. `pictures`: a folder for a PNG
/// of each, or empty.
int selfTest(const std::string& only, const std::string& pictures, int& argc, char** argv);

}  // namespace keystamp::kiosk
