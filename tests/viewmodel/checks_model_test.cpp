// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/checks_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "station/viewmodel/kiosk_controller.h"
#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

TEST(ChecksModel, ALineIsGoodSoonOrBadAndCounted) {
    ChecksModel model;
    const QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    model.add({"signer", true, "process 1", ""});
    model.add({"primary CA", true, "ends in 60 days", "Renew it."});
    model.add({"clock", false, "it is behind", "Set it."});
    ASSERT_EQ(model.rowCount(), 3);
    const auto look = [&](int row) { return model.data(model.index(row), ChecksModel::LookRole).toInt(); };
    EXPECT_EQ(look(0), ChecksModel::Good);
    EXPECT_EQ(look(1), ChecksModel::Soon);
    EXPECT_EQ(look(2), ChecksModel::Bad);
    EXPECT_EQ(model.countOf(ChecksModel::Bad), 1);
    EXPECT_FALSE(model.data(model.index(2), ChecksModel::NextRole).toString().isEmpty());
    model.clear();
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(ChecksModel, ALineIsSaidInTheOperatorsWordsAndTheEngineersDetailStays) {
    ChecksModel model;
    const Error behind{ErrorCode::ClockWrong, "2026-11-28"};
    model.add({"clock", false, "in English", "in English", behind});
    model.add({"disk", true, "700 MiB free below /data", "Free some soon."});
    model.add({"fixture F4", true, "/dev/ttyUSB3: board 3a", ""});
    model.add({"a check of tomorrow", false, "found", "Do it."});
    const auto said = [&](int row, int role) { return model.data(model.index(row), role).toString(); };
    EXPECT_EQ(said(0, ChecksModel::NameRole), QStringLiteral("Clock"));
    EXPECT_EQ(said(0, ChecksModel::NextRole), textOf(ErrorCode::ClockWrong).next);
    EXPECT_EQ(said(0, ChecksModel::FoundRole), textOf(ErrorCode::ClockWrong).cause + QStringLiteral(": 2026-11-28"));
    EXPECT_EQ(said(1, ChecksModel::FoundRole), QStringLiteral("700 MiB free below /data · Free some soon."));
    EXPECT_EQ(said(1, ChecksModel::NextRole), QStringLiteral("Have space freed on the disk."));
    EXPECT_EQ(said(2, ChecksModel::NameRole), QStringLiteral("Fixture F4"));
    EXPECT_EQ(said(2, ChecksModel::NextRole), QString{}) << "nothing is to be done";
    EXPECT_EQ(said(3, ChecksModel::NameRole), QStringLiteral("a check of tomorrow"));
    EXPECT_EQ(said(3, ChecksModel::NextRole), QStringLiteral("Do it."));
}

TEST(PreflightController, OneBadLineIsEnoughForNotReady) {
    PreflightController preflight{std::nullopt};
    EXPECT_FALSE(preflight.ready()) << "nothing was looked at";
    preflight.show({{"signer", true, "", ""}}, true);
    EXPECT_FALSE(preflight.ready()) << "it still runs";
    preflight.show({{"signer", true, "", ""}}, false);
    EXPECT_TRUE(preflight.ready());
    preflight.show({{"signer", true, "", ""}, {"clock", false, "", ""}}, false);
    EXPECT_FALSE(preflight.ready());
}

TEST(PreflightController, AStationThatCannotBeOpenedIsLookedAtToo) {
    KioskController kiosk{{"/nowhere/station.toml", ""}};
    QSignalSpy changes{kiosk.station(), &StationController::changed};
    kiosk.openPreflight();
    EXPECT_EQ(kiosk.page(), KioskController::StartPage) << "not while it starts";
    kiosk.station()->open();
    while (kiosk.station()->state() == StationController::Starting) ASSERT_TRUE(changes.wait(30'000));

    kiosk.openPreflight();
    EXPECT_EQ(kiosk.page(), KioskController::PreflightPage);
    auto& preflight = *kiosk.preflight();
    QSignalSpy ends{&preflight, &PreflightController::changed};
    while (preflight.running()) ASSERT_TRUE(ends.wait(30'000));
    ASSERT_EQ(preflight.checks()->count(), 1);
    EXPECT_FALSE(preflight.ready());
    const auto* checks = preflight.checks();
    EXPECT_TRUE(checks->data(checks->index(0), ChecksModel::FoundRole).toString().contains(QStringLiteral("/nowhere/station.toml")));
    kiosk.back();
    EXPECT_EQ(kiosk.page(), KioskController::StartPage);
}

}  // namespace
}  // namespace keystamp::viewmodel
