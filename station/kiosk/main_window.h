// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QQmlEngine>
#include <QQuickWindow>
#include <memory>

#include "station/viewmodel/kiosk_controller.h"

namespace keystamp::kiosk {

/// The window of Main.qml, not shown yet; nullptr where it does not load, which the engine has said on standard error. It must go before the
/// engine. Events are handled meanwhile: its types are read on the engine's own thread, and a station that is open by then is shown at once
/// with the page that its operator wants, instead of one that says that it starts.
std::unique_ptr<QQuickWindow> makeMainWindow(QQmlEngine& engine, viewmodel::KioskController& kiosk, bool dark);

}  // namespace keystamp::kiosk
