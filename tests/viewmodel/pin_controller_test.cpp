// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/pin_controller.h"

#include <gtest/gtest.h>

#include <QGuiApplication>
#include <QMetaProperty>
#include <QSignalSpy>
#include <QTest>
#include <QWindow>

namespace keystamp::viewmodel {
namespace {

TEST(PinController, DigitsBecomeASecretThatIsHandedOverOnce) {
    PinController pin;
    for (const int digit : {1, 2, 3, 4}) pin.digit(digit);
    pin.eraseLast();
    pin.digit(9);
    EXPECT_EQ(pin.length(), 4);
    EXPECT_TRUE(pin.take().equals(Secret::copyOf("1239")));
    EXPECT_EQ(pin.length(), 0);
    EXPECT_TRUE(pin.take().empty());
}

TEST(PinController, NothingIsSubmittedWhereNothingWasEntered) {
    PinController pin;
    QSignalSpy submitted{&pin, &PinController::submitted};
    pin.submit();
    EXPECT_EQ(submitted.size(), 0);
    pin.digit(0);
    pin.submit();
    EXPECT_EQ(submitted.size(), 1);
}

TEST(PinController, WhatIsNoDigitIsNotTaken) {
    PinController pin;
    pin.digit(10);
    pin.digit(-1);
    pin.eraseLast();
    EXPECT_EQ(pin.length(), 0);
}

TEST(PinController, AKeyboardEntersWhatKeypadsHaveNot) {
    PinController pin;
    qApp->installEventFilter(&pin);
    QSignalSpy submitted{&pin, &PinController::submitted};
    QWindow page;
    page.show();
    QTest::keyClick(&page, Qt::Key_1);
    EXPECT_EQ(pin.length(), 0) << "it does not listen yet";
    pin.setListening(true);
    for (const char c : {'u', ':', '7'}) {
        QTest::sendKeyEvent(QTest::Click, &page, Qt::Key_unknown, QString{QLatin1Char(c)}, Qt::NoModifier);
    }
    QTest::keyClick(&page, Qt::Key_Return);
    EXPECT_EQ(submitted.size(), 1);
    EXPECT_TRUE(pin.take().equals(Secret::copyOf("u:7")));
}

TEST(PinController, LeavingThePageForgetsWhatWasEntered) {
    PinController pin;
    pin.setListening(true);
    pin.digit(1);
    pin.setListening(false);
    EXPECT_EQ(pin.length(), 0);
}

TEST(PinController, NoPropertyShowsAPageTheDigits) {
    PinController pin;
    pin.digit(8);
    const QMetaObject* const meta = pin.metaObject();
    for (int n = meta->propertyOffset(); n < meta->propertyCount(); ++n) {
        EXPECT_EQ(meta->property(n).typeId(), QMetaType::Int) << meta->property(n).name();
    }
}

}  // namespace
}  // namespace keystamp::viewmodel
