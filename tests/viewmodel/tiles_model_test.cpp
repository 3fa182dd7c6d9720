// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/tiles_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSet>
#include <QSignalSpy>

namespace keystamp::viewmodel {
namespace {

using Phase = workflow::FixtureStatus::Phase;

workflow::FixtureStatus status(Phase phase, std::optional<db::Verdict> verdict = {}, std::uint64_t job = 1) {
    workflow::FixtureStatus s;
    s.fixture = "F2";
    s.phase = phase;
    s.verdict = verdict;
    s.job = job;
    return s;
}

class TilesModelTest : public testing::Test {
protected:
    TilesModelTest() { model.reset({"F1", "F2", "F3"}); }
    QVariant of(TilesModel::Role role, int row = 1) const { return model.data(model.index(row), role); }
    int look() const { return of(TilesModel::LookRole).toInt(); }
    bool open() const { return of(TilesModel::OpenRole).toBool(); }

    TilesModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(TilesModelTest, EveryPhaseAndVerdictHasALookOfItsOwnWithAWord) {
    QSet<int> looks;
    QSet<QString> words;
    std::uint64_t job = 0;
    const auto add = [&](Phase phase, std::optional<db::Verdict> verdict = {}) {
        model.apply(status(phase, verdict, ++job));
        looks.insert(look());
        words.insert(of(TilesModel::WordRole).toString());
        EXPECT_FALSE(of(TilesModel::WordRole).toString().isEmpty());
    };
    for (const auto phase : {Phase::Offline, Phase::Empty, Phase::Waiting, Phase::Working, Phase::Done}) add(phase);
    for (const auto verdict : {db::Verdict::Pass, db::Verdict::Fail, db::Verdict::Error, db::Verdict::Aborted}) {
        add(Phase::Done, verdict);
    }
    EXPECT_EQ(looks.size(), 9);
    EXPECT_EQ(words.size(), 9);
}

TEST_F(TilesModelTest, OnlyAPassLooksLikeAPass) {
    std::uint64_t job = 0;
    for (const auto phase : {Phase::Offline, Phase::Empty, Phase::Waiting, Phase::Working}) {
        // a verdict left in a status that is not done is none
        model.apply(status(phase, db::Verdict::Pass, ++job));
        EXPECT_NE(look(), TilesModel::Pass);
        EXPECT_FALSE(of(TilesModel::JudgedRole).toBool());
    }
    model.apply(status(Phase::Done, std::nullopt, ++job));
    EXPECT_EQ(look(), TilesModel::Refused);
    EXPECT_FALSE(of(TilesModel::JudgedRole).toBool());
    model.apply(status(Phase::Done, db::Verdict::Pass, ++job));
    EXPECT_EQ(look(), TilesModel::Pass);
}

TEST_F(TilesModelTest, WhatAnEarlierJobStillSaysIsDropped) {
    model.apply(status(Phase::Done, db::Verdict::Fail, 2));
    model.apply(status(Phase::Done, db::Verdict::Pass, 1));
    EXPECT_EQ(look(), TilesModel::Fail);
}

TEST_F(TilesModelTest, AVerdictIsGivenOnceAndNeverAnEarlierJobs) {
    EXPECT_EQ(model.apply(status(Phase::Working)), std::nullopt);
    EXPECT_EQ(model.apply(status(Phase::Done, db::Verdict::Pass)), db::Verdict::Pass);
    EXPECT_EQ(model.apply(status(Phase::Done, db::Verdict::Pass)), std::nullopt);
    EXPECT_EQ(model.apply(status(Phase::Done, db::Verdict::Fail, 2)), db::Verdict::Fail);
    EXPECT_EQ(model.apply(status(Phase::Done, db::Verdict::Pass, 1)), std::nullopt);
    EXPECT_EQ(model.apply(status(Phase::Done, std::nullopt, 3)), std::nullopt) << "a refusal is no verdict";
    auto elsewhere = status(Phase::Done, db::Verdict::Error, 4);
    elsewhere.fixture = "F9";
    EXPECT_EQ(model.apply(elsewhere), std::nullopt);
}

TEST_F(TilesModelTest, APassWhoseLabelIsAwaitedSaysWhatToDoUntilItWasScanned) {
    auto s = status(Phase::Done, db::Verdict::Pass);
    s.labelAwaited = true;
    model.apply(s);
    EXPECT_EQ(look(), TilesModel::Pass);
    EXPECT_TRUE(of(TilesModel::LabelRole).toBool());
    EXPECT_EQ(of(TilesModel::CauseRole).toString(), QStringLiteral("Put the label on and scan it"));
    s.labelAwaited = false;
    model.apply(s);
    EXPECT_FALSE(of(TilesModel::LabelRole).toBool());
    EXPECT_TRUE(of(TilesModel::CauseRole).toString().isEmpty());
}

TEST_F(TilesModelTest, FailAndErrorStayOpenUntilAcknowledgedAndNotLonger) {
    for (const auto verdict : {db::Verdict::Fail, db::Verdict::Error}) {
        model.apply(status(Phase::Done, verdict, verdict == db::Verdict::Fail ? 1 : 2));
        EXPECT_TRUE(open());
        EXPECT_TRUE(model.anyOpen());
        EXPECT_TRUE(model.acknowledge("F2"));
        EXPECT_FALSE(open());
        EXPECT_FALSE(model.acknowledge("F2"));
        // the same verdict said again is not a new one
        model.apply(status(Phase::Done, verdict, verdict == db::Verdict::Fail ? 1 : 2));
        EXPECT_FALSE(open());
    }
}

TEST_F(TilesModelTest, AFixtureThatTakesNoMoreScansSaysWhyUntilItIsTakenUpAgain) {
    auto s = status(Phase::Done, db::Verdict::Fail);
    s.error = Error{ErrorCode::ProofFailed, ""};
    model.apply(s);
    const QString once = of(TilesModel::CauseRole).toString();
    EXPECT_FALSE(of(TilesModel::HaltedRole).toBool());
    s.stopped = workflow::FixtureStop{ErrorCode::ProofFailed, 3};
    s.job = 2;
    model.apply(s);
    EXPECT_TRUE(of(TilesModel::HaltedRole).toBool());
    EXPECT_EQ(of(TilesModel::CauseRole).toString(), once + QStringLiteral(", 3 times in a row"));
    EXPECT_TRUE(of(TilesModel::NextRole).toString().contains(QStringLiteral("stopped")));
    EXPECT_TRUE(model.acknowledge("F2"));
    EXPECT_TRUE(of(TilesModel::HaltedRole).toBool()) << "who has seen the board has not mended the fixture";
    model.takeUpAgain("F2");
    EXPECT_FALSE(of(TilesModel::HaltedRole).toBool());
    EXPECT_EQ(of(TilesModel::CauseRole).toString(), once);
    EXPECT_EQ(look(), TilesModel::Fail) << "its last verdict stays";
}

TEST_F(TilesModelTest, PassAndStoppedNeedNoAcknowledgement) {
    model.apply(status(Phase::Done, db::Verdict::Pass, 1));
    EXPECT_FALSE(open());
    model.apply(status(Phase::Done, db::Verdict::Aborted, 2));
    EXPECT_FALSE(open());
}

TEST_F(TilesModelTest, TheStepsOfAJobCountUpToAll) {
    int expected = 0;
    for (const auto step : {db::UnitState::Reserved, db::UnitState::Intended, db::UnitState::Issued,
                            db::UnitState::Written, db::UnitState::Verified, db::UnitState::Recorded}) {
        auto s = status(Phase::Working);
        s.step = step;
        model.apply(s);
        EXPECT_EQ(of(TilesModel::StepsRole).toInt(), ++expected);
    }
    EXPECT_EQ(expected, TilesModel::kSteps);
}

TEST_F(TilesModelTest, AChangeTouchesItsOwnTileAlone) {
    QSignalSpy changes{&model, &QAbstractItemModel::dataChanged};
    model.apply(status(Phase::Working));
    ASSERT_EQ(changes.size(), 1);
    EXPECT_EQ(changes[0][0].toModelIndex().row(), 1);
    EXPECT_EQ(of(TilesModel::LookRole, 0).toInt(), TilesModel::Empty);
    auto elsewhere = status(Phase::Working);
    elsewhere.fixture = "F9";
    model.apply(elsewhere);
    EXPECT_EQ(changes.size(), 1);
}

TEST_F(TilesModelTest, OneFixtureIsSelectedAtMostAndItsJobEndsThat) {
    model.select("F1");
    model.select("F2");
    EXPECT_FALSE(of(TilesModel::SelectedRole, 0).toBool());
    EXPECT_TRUE(of(TilesModel::SelectedRole, 1).toBool());
    model.apply(status(Phase::Working));
    EXPECT_FALSE(of(TilesModel::SelectedRole, 1).toBool());
}

TEST_F(TilesModelTest, AnErrorIsToldInTheOperatorsWords) {
    auto s = status(Phase::Done, db::Verdict::Error);
    s.error = Error{ErrorCode::BoardSilent, "begin"};
    model.apply(s);
    EXPECT_FALSE(of(TilesModel::CauseRole).toString().isEmpty());
    EXPECT_FALSE(of(TilesModel::NextRole).toString().isEmpty());
    EXPECT_EQ(of(TilesModel::DetailRole).toString(), QStringLiteral("begin"));
}

TEST_F(TilesModelTest, BeforeThereIsADeviceIdTheScanIsShown) {
    auto s = status(Phase::Working);
    s.scan = "SN 7\x01";
    model.apply(s);
    EXPECT_EQ(of(TilesModel::UnitRole).toString(), QStringLiteral("SN 7") + QChar{QChar::ReplacementCharacter});
    s.deviceId = "acme-7";
    model.apply(s);
    EXPECT_EQ(of(TilesModel::UnitRole).toString(), QStringLiteral("acme-7"));
}

}  // namespace
}  // namespace keystamp::viewmodel
