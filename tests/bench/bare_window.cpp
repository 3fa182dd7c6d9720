// SPDX-License-Identifier: Apache-2.0
// The peer of the row start-up: a Qt Quick window with one line of text. Says "ready" on standard output with its first picture, and ends.
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <cstdio>

int main(int argc, char** argv) {
    QGuiApplication app{argc, argv};
    QQmlApplicationEngine engine;
    engine.loadData("import QtQuick\nWindow { width: 1280; height: 800; visible: true; Text { anchors.centerIn: parent; text: \"ready\" } }");
    auto* const window = engine.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    if (window == nullptr) return 1;
    QObject::connect(window, &QQuickWindow::frameSwapped, &app, [] {
        std::puts("ready");
        QCoreApplication::quit();
    });
    return app.exec();
}
