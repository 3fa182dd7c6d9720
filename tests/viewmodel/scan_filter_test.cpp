// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/scan_filter.h"

#include <gtest/gtest.h>

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWindow>

namespace keystamp::viewmodel {
namespace {

/// A page that notes which keys reach it.
class Page : public QWindow {
public:
    QList<int> reached;

protected:
    void keyPressEvent(QKeyEvent* event) override { reached.append(event->key()); }
};

class ScanFilterTest : public testing::Test {
protected:
    ScanFilterTest() {
        qApp->installEventFilter(&filter);
        filter.setListening(true);
        page.show();
    }
    void type(const QString& text) {
        for (const QChar c : text)
            QTest::sendKeyEvent(QTest::Click, &page, Qt::Key_unknown, QString{c}, Qt::NoModifier);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&page, key, modifiers);
    }
    QString onlyScan() const { return scans.size() == 1 ? scans[0][0].toString() : QStringLiteral("not one scan"); }

    ScanFilter filter;
    QSignalSpy scans{&filter, &ScanFilter::scanned};
    Page page;
};

TEST_F(ScanFilterTest, EnterEndsAScanWhichIsHeardOnce) {
    type(QStringLiteral("ACME-0001"));
    EXPECT_EQ(filter.typed(), QStringLiteral("ACME-0001"));
    press(Qt::Key_Return);
    EXPECT_EQ(onlyScan(), QStringLiteral("ACME-0001"));
    EXPECT_TRUE(filter.typed().isEmpty());
}

TEST_F(ScanFilterTest, TabEndsAScanToo) {
    type(QStringLiteral("F1"));
    press(Qt::Key_Tab);
    EXPECT_EQ(onlyScan(), QStringLiteral("F1"));
}

TEST_F(ScanFilterTest, TheSeparatorOfGs1ThatScannersTypeAsControlIsPartOfTheScan) {
    type(QStringLiteral("21A"));
    QTest::sendKeyEvent(QTest::Click, &page, Qt::Key_BracketRight, QStringLiteral("\x1d"), Qt::ControlModifier);
    type(QStringLiteral("10B"));
    press(Qt::Key_Return);
    EXPECT_EQ(onlyScan(), QStringLiteral("21A\x1d" "10B"));
    EXPECT_EQ(page.reached, QList<int>{Qt::Key_Control}) << "which is no character";
}

TEST_F(ScanFilterTest, NothingOfAScanReachesThePageNotEvenASpace) {
    type(QStringLiteral("a b"));
    press(Qt::Key_Return);
    EXPECT_EQ(onlyScan(), QStringLiteral("a b"));
    EXPECT_TRUE(page.reached.isEmpty());
}

TEST_F(ScanFilterTest, OnAnEmptyScanTheKeysThatWorkAPagePassThrough) {
    press(Qt::Key_Return);
    press(Qt::Key_Tab);
    press(Qt::Key_Space);
    EXPECT_EQ(page.reached, (QList<int>{Qt::Key_Return, Qt::Key_Tab, Qt::Key_Space}));
    EXPECT_EQ(scans.size(), 0);
}

TEST_F(ScanFilterTest, AShortcutIsNoPartOfAScan) {
    type(QStringLiteral("x"));
    press(Qt::Key_Q, Qt::ControlModifier);
    EXPECT_EQ(filter.typed(), QStringLiteral("x"));
    EXPECT_TRUE(page.reached.contains(Qt::Key_Q));
}

TEST_F(ScanFilterTest, BackspaceTakesBackAndEscapeDropsAll) {
    type(QStringLiteral("abcd"));
    press(Qt::Key_Backspace);
    EXPECT_EQ(filter.typed(), QStringLiteral("abc"));
    press(Qt::Key_Escape);
    EXPECT_TRUE(filter.typed().isEmpty());
    press(Qt::Key_Return);
    EXPECT_EQ(scans.size(), 0);
}

TEST_F(ScanFilterTest, AKeyHeldDownDoesNotRepeatInTheScan) {
    type(QStringLiteral("7"));
    QKeyEvent repeated{QEvent::KeyPress, Qt::Key_7, Qt::NoModifier, QStringLiteral("7"), true};
    QGuiApplication::sendEvent(&page, &repeated);
    press(Qt::Key_Return);
    EXPECT_EQ(onlyScan(), QStringLiteral("7"));
}

TEST_F(ScanFilterTest, CharactersLeftLyingDoNotGoInFrontOfTheNextScan) {
    filter.setStaleAfter(std::chrono::milliseconds{20});
    type(QStringLiteral("half"));
    QSignalSpy dropped{&filter, &ScanFilter::typedChanged};
    ASSERT_TRUE(dropped.wait(10'000));
    EXPECT_TRUE(filter.typed().isEmpty());
    filter.setStaleAfter(std::chrono::seconds{60});
    type(QStringLiteral("whole"));
    press(Qt::Key_Return);
    EXPECT_EQ(onlyScan(), QStringLiteral("whole"));
}

TEST_F(ScanFilterTest, AScanLongerThanAnyLabelIsRefusedWholeAndNotCut) {
    QSignalSpy tooLong{&filter, &ScanFilter::tooLong};
    type(QString{ScanFilter::kLongest + 1, QLatin1Char('9')});
    press(Qt::Key_Return);
    EXPECT_EQ(scans.size(), 0);
    EXPECT_EQ(tooLong.size(), 1);
    type(QString{ScanFilter::kLongest, QLatin1Char('9')});
    press(Qt::Key_Return);
    EXPECT_EQ(onlyScan().size(), ScanFilter::kLongest);
}

TEST_F(ScanFilterTest, WhileItDoesNotListenKeysReachThePageAndAHalfScanIsGone) {
    type(QStringLiteral("ab"));
    filter.setListening(false);
    press(Qt::Key_5);
    press(Qt::Key_Return);
    EXPECT_EQ(scans.size(), 0);
    EXPECT_EQ(page.reached, (QList<int>{Qt::Key_5, Qt::Key_Return}));
    EXPECT_TRUE(filter.typed().isEmpty());
}

}  // namespace
}  // namespace keystamp::viewmodel
