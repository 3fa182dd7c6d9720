// SPDX-License-Identifier: Apache-2.0
#include "station/kiosk/main_window.h"

#include <QFontMetrics>
#include <QGuiApplication>
#include <QQmlComponent>

namespace keystamp::kiosk {

std::unique_ptr<QQuickWindow> makeMainWindow(QQmlEngine& engine, viewmodel::KioskController& kiosk, bool dark) {
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    QQmlComponent main{&engine, QUrl{QStringLiteral("qrc:/qt/qml/Keystamp/Ui/Main.qml")}, QQmlComponent::Asynchronous};
    // finds the system's typefaces, which the first text would wait for
    QFontMetrics{QGuiApplication::font()}.height();
    while (main.isLoading()) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    std::unique_ptr<QObject> made{main.createWithInitialProperties({{QStringLiteral("kiosk"), QVariant::fromValue(&kiosk)}, {QStringLiteral("dark"), dark}})};
    auto* const window = qobject_cast<QQuickWindow*>(made.get());
    if (window == nullptr) {
        qWarning("%s", qPrintable(main.errorString()));
        return nullptr;
    }
    made.release();
    QObject::connect(kiosk.language(), &viewmodel::LanguageController::changed, &engine, &QQmlEngine::retranslate);
    return std::unique_ptr<QQuickWindow>{window};
}

}  // namespace keystamp::kiosk
