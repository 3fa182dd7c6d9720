// SPDX-License-Identifier: Apache-2.0
// The way of a good board, and what is refused before anything is issued.
#include "tests/station/workbench.h"

namespace keystamp::test {
namespace {
using db::UnitState;
using db::Verdict;

TEST(Job, AGoodBoardIsProvenRecordedAndLocked) {
    for (const Kind& kind : kinds()) {
        SCOPED_TRACE(kind.words);
        TestStation station;
        const auto batch = station.patternBatch("good", kind.mode);
        const auto board = TestStation::silicon(kind.makesKeys);
        std::vector<UnitState> steps;
        station.listener = [&](const workflow::JobProgress& reached) { steps.push_back(*reached.step); };

        const auto outcome = station.scan(batch, "SN-1", board);
        ASSERT_EQ(outcome.verdict, Verdict::Pass) << describe(outcome.error.value_or(Error{}));
        EXPECT_EQ(outcome.reached.deviceId, "good-0001");
        EXPECT_EQ(outcome.reached.uid, board->uid);
        EXPECT_EQ(steps, (std::vector{UnitState::Reserved, UnitState::Intended, UnitState::Issued, UnitState::Written,
                                      UnitState::Verified, UnitState::Recorded}));
        const db::Unit unit = station.only("good", UnitState::Recorded);
        EXPECT_EQ(unit.scan, "SN-1");
        EXPECT_EQ(unit.uid, board->uid);
        EXPECT_EQ(unit.evidence, db::Evidence::Proof);
        EXPECT_EQ(unit.origin, kind.mode == Mode::Sas ? db::KeyOrigin::Derived
                               : kind.makesKeys       ? db::KeyOrigin::Board
                                                      : db::KeyOrigin::Station);
        EXPECT_TRUE(unit.locked);
        EXPECT_TRUE(board->locked);
        EXPECT_TRUE(station.proves(unit, batch, board));
        EXPECT_EQ(station.journal().jobsOf(unit.id)->size(), 1u);
        EXPECT_EQ(station.journal().jobsOf(unit.id)->front().verdict, Verdict::Pass);
        station.holdInvariants("good");
    }
}

TEST(Job, AsksNoMoreOfBoardAndSignerThanItNeeds) {
    TestStation station;
    const auto batch = station.patternBatch("lean", Mode::X509);
    const auto board = TestStation::silicon();
    station.signer().calls.clear();
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Pass);
    EXPECT_EQ(board->calls, (std::vector{BoardCall::Info, BoardCall::Begin, BoardCall::MakeKey, BoardCall::Write,
                                         BoardCall::Prove, BoardCall::Info, BoardCall::Lock}));
    EXPECT_EQ(station.signer().calls, (std::vector{SignerCall::Reserve, SignerCall::Issue}));
}

TEST(Job, ABoardThatCannotProveShowsItsDigestAndTheRecordSaysSo) {
    TestStation station;
    const auto batch = station.patternBatch("mute", Mode::X509);
    const auto board = TestStation::silicon();
    board->proves = false;
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Pass);
    EXPECT_EQ(station.only("mute", UnitState::Recorded).evidence, db::Evidence::Digest);
}

TEST(Job, ABoardWhoseFlashIsReadBackIsRecordedSo) {
    TestStation station;
    const auto batch = station.patternBatch("open", Mode::X509);
    const auto board = TestStation::silicon();
    board->proves = false;
    board->readsBack = true;
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Pass);
    EXPECT_EQ(station.only("open", UnitState::Recorded).evidence, db::Evidence::ReadBack);
}

TEST(Job, OfABoardThatShowsNothingTheRecordSaysThatItAccepted) {
    TestStation station;
    const auto batch = station.patternBatch("shut", Mode::Sas);
    const auto board = TestStation::silicon();
    board->proves = false;
    board->accepts = true;
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Pass);
    EXPECT_EQ(station.only("shut", UnitState::Recorded).evidence, db::Evidence::Accepted);
}

TEST(Job, ABoardThatCannotTakeTheBatchsModeIsRefusedAndNothingIsReserved) {
    TestStation station;
    const auto batch = station.patternBatch("leaves", Mode::X509);
    const auto board = TestStation::silicon();
    board->takesX509 = false;
    station.signer().calls.clear();
    const auto outcome = station.scan(batch, "SN-1", board);
    EXPECT_FALSE(outcome.verdict.has_value());
    EXPECT_EQ(outcome.error->code, ErrorCode::BadConfig);
    EXPECT_TRUE(station.journal().unfinished()->empty());
    EXPECT_TRUE(station.signer().calls.empty());
    EXPECT_EQ(board->calls, std::vector{BoardCall::Info});
}

TEST(Job, ABoardThatCannotShowWhatTheBatchRequiresIsRefusedBeforeAnythingIsReserved) {
    using db::Evidence;
    struct Board {
        Evidence shows;
        bool proves, readsBack;
    };
    for (const Board& kind : {Board{Evidence::Proof, true, false}, Board{Evidence::ReadBack, false, true}, Board{Evidence::Digest, false, false}}) {
        for (const Evidence required : {Evidence::None, Evidence::Digest, Evidence::ReadBack, Evidence::Proof}) {
            TestStation station;
            db::Batch batch = station.patternBatch("strict", Mode::X509);
            batch.required = required;
            const auto board = TestStation::silicon();
            board->proves = kind.proves;
            board->readsBack = kind.readsBack;
            station.signer().calls.clear();
            const auto outcome = station.scan(batch, "SN-1", board);
            if (db::suffices(kind.shows, required)) {
                EXPECT_EQ(outcome.verdict, Verdict::Pass);
                EXPECT_EQ(station.only("strict", UnitState::Recorded).evidence, kind.shows);
                continue;
            }
            ASSERT_TRUE(outcome.error);
            EXPECT_EQ(outcome.error->code, ErrorCode::EvidenceTooWeak);
            EXPECT_FALSE(outcome.verdict);
            EXPECT_NE(outcome.error->detail.find("with driver fake is shown by " + std::string{name(kind.shows)}), std::string::npos) << outcome.error->detail;
            EXPECT_TRUE(station.units("strict").empty());
            EXPECT_TRUE(station.signer().calls.empty());
            EXPECT_EQ(board->calls, (std::vector{BoardCall::Info}));
        }
    }
    EXPECT_TRUE(db::suffices(Evidence::Proof, Evidence::ReadBack));
    EXPECT_FALSE(db::suffices(Evidence::ReadBack, Evidence::Proof));
    EXPECT_FALSE(db::suffices(Evidence::Digest, Evidence::ReadBack));
}

/// Begun when it could prove, cut after ISSUED, taken up when it cannot any more.
TEST(Job, WhatIsTakenUpIsNotRecordedByLessThanTheBatchRequires) {
    TestStation station;
    db::Batch batch = station.patternBatch("later", Mode::Sas);
    batch.required = db::Evidence::Proof;
    const auto board = TestStation::silicon();
    board->faults.push_back({BoardCall::Prove, ErrorCode::BoardSilent});
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Error);
    board->proves = false;
    const auto outcome = station.scan(batch, "SN-1", board);
    ASSERT_TRUE(outcome.error);
    EXPECT_EQ(outcome.error->code, ErrorCode::EvidenceTooWeak) << describe(*outcome.error);
    board->proves = true;
    EXPECT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Pass);
    EXPECT_EQ(station.only("later", UnitState::Recorded).evidence, db::Evidence::Proof);
}

/// Proven, cut before it was RECORDED, and on a driver that shows less when it is taken up: the record tells what was shown last.
TEST(Job, AProofOfAnEarlierJobIsNotTheEvidenceOfTheOneThatRecords) {
    TestStation station;
    const auto batch = station.patternBatch("less", Mode::X509);
    const auto board = TestStation::silicon();
    board->faults.push_back({BoardCall::Write, ErrorCode::LinkLost});
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Error);
    const std::int64_t number = station.only("less", UnitState::Issued).number;
    station.journal().written(number);
    station.journal().verified(number, db::Evidence::Proof);
    board->proves = false;
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Pass);
    EXPECT_EQ(station.only("less", UnitState::Recorded).evidence, db::Evidence::Digest);
}

TEST(Job, ARecordedUnitIsRefusedByItsScanBeforeTheBoardIsTouched) {
    TestStation station;
    const auto batch = station.patternBatch("again", Mode::X509);
    ASSERT_EQ(station.scan(batch, "SN-1", TestStation::silicon()).verdict, Verdict::Pass);
    const auto fresh = TestStation::silicon();
    const auto outcome = station.scan(batch, "SN-1", fresh);
    EXPECT_FALSE(outcome.verdict.has_value());
    EXPECT_EQ(outcome.error->code, ErrorCode::AlreadyRecorded);
    EXPECT_EQ(outcome.reached.deviceId, "again-0001");
    EXPECT_TRUE(fresh->calls.empty());
    EXPECT_EQ(station.journal().jobsOf(*DeviceId::parse("again-0001"))->size(), 1u);
}

TEST(Job, AFinishedBoardUnderAnotherLabelIsRefused) {
    TestStation station;
    const auto batch = station.patternBatch("label", Mode::X509);
    const auto board = TestStation::silicon();
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Pass);
    const auto outcome = station.scan(batch, "SN-2", board);
    EXPECT_FALSE(outcome.verdict.has_value());
    EXPECT_EQ(outcome.error->code, ErrorCode::BoardHoldsOtherId);
    EXPECT_EQ(station.units("label").size(), 1u);
}

TEST(Job, ABoardWhoseFlashWasErasedKeepsItsIdAllTheSame) {
    for (const Kind& kind : kinds()) {
        SCOPED_TRACE(kind.words);
        TestStation station;
        const auto batch = station.patternBatch("wiped", kind.mode);
        const auto board = TestStation::silicon(kind.makesKeys);
        ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Pass);
        const auto wiped = TestStation::silicon(kind.makesKeys);
        wiped->uid = board->uid;
        const auto outcome = station.scan(batch, "SN-2", wiped);
        EXPECT_FALSE(outcome.verdict.has_value());
        EXPECT_EQ(outcome.error->code, ErrorCode::BoardHoldsOtherId);
        EXPECT_NE(outcome.error->detail.find("wiped-0001"), std::string::npos) << outcome.error->detail;
        EXPECT_EQ(station.units("wiped").size(), 1u);
        station.holdInvariants("wiped");
    }
}

TEST(Job, ABoardWithAnIdentityOfElsewhereIsRefused) {
    TestStation one, other;
    const auto there = other.patternBatch("there", Mode::X509);
    const auto here = one.patternBatch("here", Mode::X509);
    const auto board = TestStation::silicon();
    ASSERT_EQ(other.scan(there, "SN-1", board).verdict, Verdict::Pass);
    for (const bool locked : {true, false}) {
        board->locked = locked;
        const auto outcome = one.scan(here, "SN-1", board);
        EXPECT_FALSE(outcome.verdict.has_value());
        EXPECT_EQ(outcome.error->code, ErrorCode::BoardHoldsOtherId);
        EXPECT_NE(outcome.error->detail.find("there-0001"), std::string::npos) << outcome.error->detail;
    }
    EXPECT_TRUE(one.units("here").empty());
}

TEST(Job, WhatIsOutsideRuleOrBatchIsRefusedAndNothingIsIssued) {
    TestStation station;
    const DeviceId listed = *DeviceId::parse("acme-7");
    const auto list = station.listBatch("list", Mode::X509, {{listed, "", {}}});
    const auto match = station.patternBatch("fit", Mode::X509, 10, true);
    const auto refusal = [&](const db::Batch& batch, const std::string& scan) {
        const auto outcome = station.scan(batch, scan, TestStation::silicon());
        EXPECT_FALSE(outcome.verdict.has_value()) << scan;
        return outcome.error ? outcome.error->code : ErrorCode::Internal;
    };
    EXPECT_EQ(refusal(list, "acme_7"), ErrorCode::BadDeviceId);
    EXPECT_EQ(refusal(list, "acme-8"), ErrorCode::NotInBatch);
    EXPECT_EQ(refusal(match, "fit-0016"), ErrorCode::NotInBatch);  // one past the cap
    EXPECT_EQ(refusal(match, "fit-0000"), ErrorCode::NotInBatch);
    EXPECT_EQ(refusal(match, "fit-1"), ErrorCode::NotInBatch);
    EXPECT_EQ(station.scan(list, "ACME-7", TestStation::silicon()).verdict, Verdict::Pass);
    EXPECT_EQ(station.scan(match, "fit-0015", TestStation::silicon()).verdict, Verdict::Pass);
    EXPECT_EQ(station.units("list").size() + station.units("fit").size(), 2u);
    EXPECT_EQ(station.signer().counts("list")->reserved + station.signer().counts("fit")->reserved, 2u);
}

TEST(Job, TheCapHolds) {
    TestStation station;
    const auto batch = station.patternBatch("cap", Mode::Sas, 1);  // and 5 spare
    for (int n = 1; n <= 6; ++n) {
        ASSERT_EQ(station.scan(batch, "SN-" + std::to_string(n), TestStation::silicon()).verdict, Verdict::Pass);
    }
    const auto outcome = station.scan(batch, "SN-7", TestStation::silicon());
    EXPECT_FALSE(outcome.verdict.has_value());
    EXPECT_EQ(outcome.error->code, ErrorCode::CapReached);
    EXPECT_EQ(station.units("cap").size(), 6u);
    EXPECT_EQ(station.signer().counts("cap")->derived, 6u);
}

/// Beside a line that was opened before: its jobs have the batch as it was then.
TEST(Job, AnExtensionThatWasReleasedMeanwhileHoldsForIdsThatAreScanned) {
    TestStation station;
    const auto before = station.patternBatch("m", Mode::Sas, 1, true);
    EXPECT_EQ(station.scan(before, "m-0007", TestStation::silicon()).error->code, ErrorCode::NotInBatch);
    station.signer().supervisors["zoe"] = "another long one";
    const auto extended = workflow::extendBatch(station.station(), {"m", 1, {}, "one more", nullptr}, station.signer().authority());
    ASSERT_TRUE(extended) << describe(extended.error());
    EXPECT_EQ(station.scan(before, "m-0007", TestStation::silicon()).error->code, ErrorCode::NotInBatch) << "not released";
    ASSERT_TRUE(workflow::releaseBatch(station.station(), "m", {"zoe", Secret::copyOf("another long one")}));
    EXPECT_EQ(station.scan(before, "m-0007", TestStation::silicon()).verdict, Verdict::Pass);
    EXPECT_EQ(station.scan(before, "m-0008", TestStation::silicon()).error->code, ErrorCode::NotInBatch);
}

TEST(Job, AClosedBatchTakesNoNewBoard) {
    TestStation station;
    const auto batch = station.patternBatch("shut", Mode::X509);
    ASSERT_TRUE(station.journal().setBatchState("shut", db::BatchState::Paused, "supervisor").ok());
    const auto outcome = station.scan(batch, "SN-1", TestStation::silicon());
    EXPECT_FALSE(outcome.verdict.has_value());
    EXPECT_EQ(outcome.error->code, ErrorCode::BatchNotOpen);
}

TEST(Job, TheListsUidMustBeTheBoards) {
    TestStation station;
    const auto right = TestStation::silicon();
    const auto batch = station.listBatch("bound", Mode::X509, {{*DeviceId::parse("acme-1"), "", right->uid}});
    const auto outcome = station.scan(batch, "acme-1", TestStation::silicon());
    EXPECT_EQ(outcome.verdict, Verdict::Fail);
    EXPECT_EQ(outcome.error->code, ErrorCode::WrongUid);
    EXPECT_TRUE(station.units("bound").empty());
    EXPECT_EQ(station.scan(batch, "acme-1", right).verdict, Verdict::Pass);
}

TEST(Job, AStoppedJobIsAbortedAndItsScanGoesOnLater) {
    for (const Kind& kind : kinds()) {
        for (int step = 1; step <= 6; ++step) {
            SCOPED_TRACE(std::string{kind.words} + ", stopped at step " + std::to_string(step));
            TestStation station;
            const auto batch = station.patternBatch("stop", kind.mode);
            const auto board = TestStation::silicon(kind.makesKeys);
            int seen = 0;
            station.listener = [&](const workflow::JobProgress&) {
                if (++seen == step) station.stop = true;
            };
            const auto outcome = station.scan(batch, "SN-1", board);
            // past RECORDED there is nothing to stop
            EXPECT_EQ(outcome.verdict, step == 6 ? Verdict::Pass : Verdict::Aborted);
            station.stop = false;
            station.listener = [](const workflow::JobProgress&) {};
            const auto again = station.scan(batch, "SN-1", board);
            if (step == 6) {
                EXPECT_EQ(again.error->code, ErrorCode::AlreadyRecorded);
            } else {
                EXPECT_EQ(again.verdict, Verdict::Pass) << describe(again.error.value_or(Error{}));
            }
            EXPECT_EQ(station.only("stop", UnitState::Recorded).id.text(), "stop-0001");
            station.holdInvariants("stop");
        }
    }
}

TEST(Job, AJobWhoseTimeIsOverSaysErrorAndNeverFail) {
    TestStation station;
    const auto batch = station.patternBatch("late", Mode::X509);
    station.jobLimit = std::chrono::milliseconds(0);
    const auto outcome = station.scan(batch, "SN-1", TestStation::silicon());
    EXPECT_EQ(outcome.verdict, Verdict::Error);
    EXPECT_EQ(outcome.error->code, ErrorCode::Timeout);
}

}  // namespace
}  // namespace keystamp::test
