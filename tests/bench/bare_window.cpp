// SPDX-License-Identifier: Apache-2.0
// The least that a Qt Quick program is: one window with one rectangle. Writes "ready" to the descriptor that is its argument
// with its first picture.
#include <unistd.h>

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <cstdlib>

int main(int argc, char** argv) {
    QGuiApplication app{argc, argv};
    const int fd = argc == 2 ? std::atoi(argv[1]) : -1;
    QQmlApplicationEngine engine;
    engine.loadData("import QtQuick\nWindow { width: 1280; height: 800; visible: true; Rectangle { anchors.fill: parent; color: \"grey\" } }");
    auto* const window = engine.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    if (window == nullptr) return 1;
    QObject::connect(window, &QQuickWindow::frameSwapped, &app, [&app, fd] {
        const bool told = ::write(fd, "ready\n", 6) == 6;
        app.exit(told ? 0 : 1);
    });
    return app.exec();
}
