// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/station_controller.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "station/viewmodel/kiosk_controller.h"

namespace keystamp::viewmodel {
namespace {

hsm::SignerStatus in(const char* state) {
    hsm::SignerStatus status;
    status.state = state;
    return status;
}

TEST(StationController, OnlyAReadySignerIsNoTrouble) {
    EXPECT_FALSE(StationController::troubleOf(in("ready")).has_value());
    EXPECT_EQ(StationController::troubleOf(in("pin-needed"))->code, ErrorCode::PinNeeded);
    EXPECT_EQ(StationController::troubleOf(in("pin-locked"))->code, ErrorCode::PinLocked);
    EXPECT_EQ(StationController::troubleOf(in("token-missing"))->code, ErrorCode::TokenMissing);
    EXPECT_EQ(StationController::troubleOf(in("starting"))->code, ErrorCode::SignerUnavailable);
    EXPECT_EQ(StationController::troubleOf(in("a state of tomorrow"))->code, ErrorCode::SignerUnavailable);
    EXPECT_EQ(StationController::troubleOf(Error{ErrorCode::HsmFault, ""})->code, ErrorCode::HsmFault);
}

TEST(StationController, WhatCannotBeOpenedIsSaidAndMayBeTriedAgain) {
    KioskController kiosk{{"/nowhere/station.toml", ""}};
    auto& station = *kiosk.station();
    for (int round = 0; round < 2; ++round) {
        QSignalSpy changes{&station, &StationController::changed};
        station.open();
        EXPECT_EQ(station.state(), StationController::Starting) << "it blocks nobody";
        EXPECT_EQ(kiosk.page(), KioskController::StartPage);
        while (station.state() == StationController::Starting) ASSERT_TRUE(changes.wait(30'000));
        EXPECT_EQ(station.state(), StationController::Trouble);
        EXPECT_EQ(kiosk.page(), KioskController::StartPage);
        EXPECT_FALSE(station.cause().isEmpty());
        EXPECT_FALSE(station.next().isEmpty());
        EXPECT_TRUE(station.detail().contains(QStringLiteral("/nowhere/station.toml")));
    }
}

TEST(KioskController, AScreenThatSaysNonsenseOfItsSizeIsTakenForAUsualOne) {
    const qreal usual = 96 / 25.4;
    EXPECT_DOUBLE_EQ(KioskController::plausiblePixelsPerMm(0), usual);
    EXPECT_DOUBLE_EQ(KioskController::plausiblePixelsPerMm(5'000), usual);
    EXPECT_DOUBLE_EQ(KioskController::plausiblePixelsPerMm(-1), usual);
    EXPECT_DOUBLE_EQ(KioskController::plausiblePixelsPerMm(149), 149 / 25.4);
}

}  // namespace
}  // namespace keystamp::viewmodel
