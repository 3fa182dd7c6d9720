// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/life_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>

#include "station/viewmodel/unit_controller.h"

namespace keystamp::viewmodel {
namespace {

UtcTime at(int minute) { return UtcTime{std::chrono::hours{24 * 20'000} + std::chrono::minutes{minute}}; }

db::Unit unit(db::UnitState state, int begun, int changed) {
    db::Unit one{.batch = "order-1", .id = *DeviceId::parse("acme-1"), .scan = "SN-1", .uid = {0xA0, 0x01}, .state = state, .fixture = "F1",
                 .job = {}, .serial = {}, .certificate = {1, 2, 3}, .family = {}, .firmware = {}, .voidReason = {}};
    one.createdAt = at(begun);
    one.changedAt = one.recordedAt = at(changed);
    return one;
}

db::JobRecord job(db::Verdict verdict, int end, const std::string& reason = {}) {
    const auto of = unit(db::UnitState::Recorded, 0, 0);
    return {"", of.batch, "F1", of.scan, of.id, of.uid, 1, at(end), at(end), verdict, reason, {}};
}

QStringList words(const LifeModel& model) {
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) all.push_back(model.data(model.index(row), LifeModel::WordRole).toString());
    return all;
}

TEST(LifeModel, TheNewestEventComesFirstWhateverItIs) {
    LifeModel model;
    const QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    auto voided = unit(db::UnitState::Void, 1, 5);
    voided.voidedFor = db::VoidedFor::Rework;
    model.set({voided, unit(db::UnitState::Recorded, 6, 8)}, {job(db::Verdict::Pass, 2), job(db::Verdict::Fail, 7), job(db::Verdict::Pass, 8)});
    EXPECT_EQ(words(model), (QStringList{"PASS", "FAIL", "Begun", "For rework", "PASS", "Begun"}));
}

TEST(LifeModel, AFailureSaysItsFixtureAndItsCauseInTheOperatorsWords) {
    LifeModel model;
    model.set({}, {job(db::Verdict::Fail, 1, "proof-failed"), job(db::Verdict::Error, 0, "a reason of tomorrow")});
    EXPECT_EQ(model.data(model.index(0), LifeModel::WhatRole), QStringLiteral("on F1: The board could not prove its credential"));
    EXPECT_EQ(model.data(model.index(1), LifeModel::WhatRole), QStringLiteral("on F1"));
}

TEST(LifeModel, AJobNamesItsPerson) {
    auto one = job(db::Verdict::Pass, 1);
    one.who = "erika";
    LifeModel model;
    model.set({}, {one});
    EXPECT_EQ(model.data(model.index(0), LifeModel::WhatRole), QStringLiteral("on F1, by erika"));
}

TEST(LifeModel, OnlyARecordedUnitLooksLikeAPass) {
    EXPECT_EQ(LifeModel::lookOf(unit(db::UnitState::Recorded, 0, 0)), LifeModel::Pass);
    for (const auto state : {db::UnitState::Reserved, db::UnitState::Intended, db::UnitState::Issued, db::UnitState::Written,
                             db::UnitState::Verified, db::UnitState::Void}) {
        EXPECT_NE(LifeModel::lookOf(unit(state, 0, 0)), LifeModel::Pass) << db::name(state);
    }
}

TEST(UnitController, ShowsWhatTheCloudLastSaid) {
    Background background;
    UnitController unitPage{background};
    unitPage.show({*DeviceId::parse("acme-1"), {unit(db::UnitState::Recorded, 0, 1)}, {}, {}, db::CloudWord{db::CloudState::Blocked, "iotc-devices", UtcTime{}}});
    EXPECT_EQ(unitPage.facts().front().toMap().value(QStringLiteral("value")).toString(), QStringLiteral("Blocked · 1970-01-01 00:00:00 UTC"));
}

TEST(UnitController, ShowsTheNewestUnitAndWhatElseTheBoardWas) {
    Background background;
    UnitController unitPage{background};
    unitPage.show({*DeviceId::parse("acme-1"), {unit(db::UnitState::Void, 0, 1), unit(db::UnitState::Recorded, 2, 3)}, {}, {*DeviceId::parse("acme-9")}});
    EXPECT_EQ(unitPage.deviceId(), QStringLiteral("acme-1"));
    EXPECT_EQ(unitPage.state(), QStringLiteral("Recorded"));
    EXPECT_TRUE(unitPage.said().contains(QStringLiteral("acme-9")));
    QStringList names;
    for (const QVariant& fact : unitPage.facts()) names.push_back(fact.toMap().value(QStringLiteral("name")).toString());
    EXPECT_TRUE(names.contains(QStringLiteral("SHA-1")));
    EXPECT_FALSE(names.contains(QStringLiteral("In the cloud"))) << "nobody told";
    unitPage.clear();
    EXPECT_TRUE(unitPage.deviceId().isEmpty());
    EXPECT_EQ(unitPage.life()->count(), 0);
    EXPECT_TRUE(unitPage.facts().isEmpty());
}

}  // namespace
}  // namespace keystamp::viewmodel
