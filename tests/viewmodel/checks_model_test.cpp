// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/checks_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "station/viewmodel/kiosk_controller.h"

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
    EXPECT_EQ(model.data(model.index(2), ChecksModel::NextRole), QStringLiteral("Set it."));
    model.clear();
    EXPECT_EQ(model.rowCount(), 0);
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
