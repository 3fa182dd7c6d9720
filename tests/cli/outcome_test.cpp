// SPDX-License-Identifier: Apache-2.0
#include "station/cli/outcome.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace keystamp::cli {
namespace {

using Kind = Outcome::Kind;

workflow::FixtureStatus done(std::optional<db::Verdict> verdict, std::optional<ErrorCode> code = std::nullopt) {
    workflow::FixtureStatus status;
    status.fixture = "F1";
    status.phase = workflow::FixtureStatus::Phase::Done;
    status.scan = "SN-1";
    status.deviceId = "acme-1";
    status.verdict = verdict;
    if (code) status.error = Error{*code, "because"};
    return status;
}

/// What a run of these prints and how it exits.
struct Told {
    std::string text;
    int code = 0;
    std::string summary;
};
Told tell(const std::vector<Outcome>& outcomes, bool json = false) {
    Context context;
    context.json = json;
    ::testing::internal::CaptureStdout();
    Account account{context, "b"};
    for (const auto& outcome : outcomes) {
        EXPECT_TRUE(account.admit());
        account.add(outcome);
    }
    account.finish();
    return {::testing::internal::GetCapturedStdout(), account.exitCode(), account.summary()};
}

TEST(Outcome, ARefusalIsNeitherABadBoardNorAStationInTrouble) {
    for (const auto verdict :
         {std::optional<db::Verdict>{}, std::optional{db::Verdict::Error}, std::optional{db::Verdict::Fail}}) {
        EXPECT_EQ(outcomeOf(done(verdict, ErrorCode::NotInBatch)).kind, Kind::Refused);
        EXPECT_EQ(outcomeOf(done(verdict, ErrorCode::BadDeviceId)).kind, Kind::Refused);
        EXPECT_EQ(outcomeOf(done(verdict, ErrorCode::AlreadyRecorded)).kind, Kind::AlreadyRecorded);
    }
}

TEST(Outcome, NothingThatWasScannedDrivesTheTerminal) {
    const std::string scanned = "x\x1b[2J\x7fy\r";
    const auto told = tell({refusal(scanned, scanned, Error{ErrorCode::UnknownFixture, scanned})});
    const auto driving = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f; };
    EXPECT_EQ(std::count_if(told.text.begin(), told.text.end(), driving), 0) << told.text;
    EXPECT_NE(told.text.find("There is no such fixture: x?[2J?y?"), std::string::npos) << told.text;
}

TEST(Outcome, BlameDecidesBetweenFailErrorAndAborted) {
    EXPECT_EQ(outcomeOf(done(db::Verdict::Pass)).kind, Kind::Recorded);
    EXPECT_EQ(outcomeOf(done(db::Verdict::Fail, ErrorCode::ProofFailed)).kind, Kind::Fail);
    EXPECT_EQ(outcomeOf(done(db::Verdict::Error, ErrorCode::BoardSilent)).kind, Kind::Error);
    EXPECT_EQ(outcomeOf(done(db::Verdict::Aborted, ErrorCode::Aborted)).kind, Kind::Aborted);
    EXPECT_EQ(outcomeOf(done(db::Verdict::Fail)).kind, Kind::Fail);
    EXPECT_EQ(outcomeOf(done(std::nullopt)).kind, Kind::Error);  // an end without a word is the station's trouble
}

TEST(Account, AllRecordedNowOrBeforeExitsZero) {
    const auto told =
        tell({outcomeOf(done(db::Verdict::Pass)), outcomeOf(done(std::nullopt, ErrorCode::AlreadyRecorded))});
    EXPECT_EQ(told.code, 0);
    EXPECT_EQ(told.summary.substr(0, 31), "1 recorded, 1 already recorded,");
}

TEST(Account, AStationInTroubleOutweighsABadBoard) {
    const auto fail = outcomeOf(done(db::Verdict::Fail, ErrorCode::ProofFailed));
    const auto error = outcomeOf(done(db::Verdict::Error, ErrorCode::HsmFault));
    EXPECT_EQ(tell({fail}).code, 1);
    EXPECT_EQ(tell({refusal("F1", "x", {ErrorCode::NotInBatch, ""})}).code, 1);
    EXPECT_EQ(tell({error}).code, 3);
    EXPECT_EQ(tell({fail, error, fail}).code, 3);
}

TEST(Account, ALineNamesScanIdVerdictCauseAndNextStep) {
    const auto told = tell({outcomeOf(done(db::Verdict::Fail, ErrorCode::ProofFailed))});
    for (const char* part : {"F1", "SN-1", "acme-1", "FAIL", "could not prove", "because", "Set the board aside"}) {
        EXPECT_NE(told.text.find(part), std::string::npos) << part << " in " << told.text;
    }
}

TEST(Account, AScanCannotDriveTheTerminal) {
    const auto told = tell({refusal("F1", "\x1b[2Jx\nF2 PASS", {ErrorCode::BadScan, ""})});
    EXPECT_EQ(told.text.find('\x1b'), std::string::npos);
    EXPECT_EQ(std::count(told.text.begin(), told.text.end(), '\n'), 1);
}

TEST(Account, JsonElementsMakeAnArrayWhateverBytesAScanHas) {
    const auto told =
        tell({refusal("F1", "\xff\x01", {ErrorCode::BadScan, ""}), outcomeOf(done(db::Verdict::Pass))}, true);
    const auto array = Json::parse("[" + told.text + "]");
    ASSERT_EQ(array.size(), 2u);
    EXPECT_EQ(array[0]["outcome"], "refused");
    EXPECT_EQ(array[0]["error"]["code"], "bad-scan");
    EXPECT_EQ(array[1]["outcome"], "recorded");
    EXPECT_EQ(array[1]["id"], "acme-1");
}

TEST(Account, AnErrorTriedAgainCountsByItsLastEnd) {
    Context context;
    ::testing::internal::CaptureStdout();
    Account account{context, "b"};
    ASSERT_TRUE(account.admit());
    account.add(outcomeOf(done(db::Verdict::Error, ErrorCode::SignerUnavailable)));
    ASSERT_EQ(account.errors().size(), 1u);
    account.admitRetry();
    account.add(outcomeOf(done(db::Verdict::Pass)));
    account.finish();
    ::testing::internal::GetCapturedStdout();
    EXPECT_EQ(account.exitCode(), 0);
    EXPECT_EQ(account.count(Kind::Recorded), 1u);
    EXPECT_EQ(account.count(Kind::Error), 0u);
}

TEST(Account, WhatWasTakenAndNeverBegunIsCountedAndExitsOne) {
    Context context;
    ::testing::internal::CaptureStdout();
    Account account{context, "b"};
    ASSERT_TRUE(account.admit());
    account.stop();
    EXPECT_FALSE(account.admit());
    account.finish();
    ::testing::internal::GetCapturedStdout();
    EXPECT_EQ(account.notBegun(), 1u);
    EXPECT_EQ(account.exitCode(), 1);
}

}  // namespace
}  // namespace keystamp::cli
