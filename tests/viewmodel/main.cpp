// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <QGuiApplication>

#include "core/secret.h"

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    if (!keystamp::openSecureHeap()) return 1;
    testing::InitGoogleTest(&argc, argv);
    QGuiApplication app{argc, argv};
    return RUN_ALL_TESTS();
}
