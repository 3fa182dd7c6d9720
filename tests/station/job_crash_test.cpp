// SPDX-License-Identifier: Apache-2.0
// The station dies before and after every call to board and signer; what it left is taken up again.
#include "tests/station/workbench.h"

namespace keystamp::test {
namespace {
using db::UnitState;
using db::Verdict;

/// Dies at the nth call; false where the job made fewer.
bool dies(TestStation& station, const db::Batch& batch, const SiliconPtr& board, int at, bool after) {
    Trap trap{at, after};
    try {
        static_cast<void>(station.scan(batch, "SN-1", board, &trap));
    } catch (const Crash&) {
        return true;
    }
    return false;
}

void endsWell(TestStation& station, const db::Batch& batch, const SiliconPtr& board, bool makesKeys) {
    const auto outcome = station.scan(batch, "SN-1", board);
    const bool done = outcome.error && outcome.error->code == ErrorCode::AlreadyRecorded;
    EXPECT_TRUE(done || outcome.verdict == Verdict::Pass) << describe(outcome.error.value_or(Error{}));
    const db::Unit unit = station.only(batch.name, UnitState::Recorded);
    EXPECT_EQ(unit.id.text(), batch.name + "-0001");
    EXPECT_TRUE(station.proves(unit, batch, board));
    EXPECT_TRUE(board->locked) << "the lock is owed";
    station.holdInvariants(batch.name);
    for (const db::Unit& other : station.units(batch.name)) {
        EXPECT_FALSE(makesKeys && other.state == UnitState::Void && !other.certificate.empty())
            << "issued and voided, though the board had its key";
    }
}

TEST(JobCrash, WhateverTheMomentTheSameScanEndsInOneRecordedUnit) {
    for (const Kind& kind : kinds()) {
        for (const bool recovers : {false, true}) {
            for (const bool after : {false, true}) {
                int at = 1;
                for (;; ++at) {
                    SCOPED_TRACE(std::string{kind.words} + (after ? ", dies after call " : ", dies before call ") +
                                 std::to_string(at) + (recovers ? ", recovers" : ""));
                    TestStation station;
                    const auto batch = station.patternBatch("cr", kind.mode);
                    const auto board = TestStation::silicon(kind.makesKeys);
                    if (!dies(station, batch, board, at, after)) break;
                    station.holdInvariants("cr");
                    if (recovers) {
                        const auto report = workflow::recover(station.station());
                        EXPECT_TRUE(report.ok()) << describe(report.error());
                        station.holdInvariants("cr");
                    }
                    endsWell(station, batch, board, kind.makesKeys);
                }
                EXPECT_GE(at, 7) << "a way of fewer calls than there are";
            }
        }
    }
}

TEST(JobCrash, AndWhateverTheMomentOfASecondDeathWhileItIsTakenUp) {
    for (const Kind& kind : kinds()) {
        for (int first = 1; first <= 9; ++first) {
            for (int second = 1; second <= 9; ++second) {
                SCOPED_TRACE(std::string{kind.words} + ", dies after call " + std::to_string(first) + " and " + std::to_string(second));
                TestStation station;
                const auto batch = station.patternBatch("cr2", kind.mode);
                const auto board = TestStation::silicon(kind.makesKeys);
                if (!dies(station, batch, board, first, true)) break;
                if (!dies(station, batch, board, second, true)) break;
                endsWell(station, batch, board, kind.makesKeys);
            }
        }
    }
}

TEST(JobCrash, NoIssuanceOfTheCapIsLostToADeathBeforeTheSignature) {
    TestStation station;
    const auto batch = station.patternBatch("thrift", Mode::X509, 1);  // and 5 spare
    const auto board = TestStation::silicon();
    for (int death = 0; death < 20; ++death) {
        // calls: info, begin, makeKey, reserve, issue; later info, serialRecord, begin, makeKey, issue
        ASSERT_TRUE(dies(station, batch, board, 5, false));
        ASSERT_TRUE(workflow::recover(station.station()).ok());
    }
    endsWell(station, batch, board, true);
    EXPECT_EQ(station.units("thrift").size(), 1u);
}

TEST(JobCrash, RecoveryEndsWhatNeedsNoBoardAndNamesTheRest) {
    for (const Kind& kind : kinds()) {
        SCOPED_TRACE(kind.words);
        TestStation station;
        const auto batch = station.patternBatch("rec", kind.mode);
        using When = SignerFault::When;
        // RESERVED: dies when it begins the session
        const auto reserved = TestStation::silicon(kind.makesKeys);
        ASSERT_TRUE(dies(station, batch, reserved, 2, false));
        ASSERT_EQ(station.only("rec", UnitState::Reserved).uid, reserved->uid);
        auto report = workflow::recover(station.station());
        ASSERT_TRUE(report.ok());
        EXPECT_EQ(report->finished.size(), 1u);
        EXPECT_TRUE(report->unresolved.empty());
        EXPECT_EQ(station.only("rec", UnitState::Void).uid, reserved->uid);

        if (kind.mode == Mode::Sas) continue;
        // INTENDED, and the signature exists
        const auto board = TestStation::silicon(kind.makesKeys);
        station.signer().faults.push_back({SignerCall::Issue, ErrorCode::SignerUnavailable, 0, 1, When::After});
        ASSERT_EQ(station.scan(batch, "SN-2", board).verdict, Verdict::Error);
        report = workflow::recover(station.station());
        ASSERT_TRUE(report.ok());
        if (kind.makesKeys) {
            ASSERT_EQ(report->unresolved.size(), 1u);
            EXPECT_EQ(report->unresolved.front().state, UnitState::Issued);
            EXPECT_FALSE(report->unresolved.front().certificate.empty());
        } else {
            EXPECT_EQ(report->finished.size(), 1u) << "without its key the certificate is of no use";
        }
        // INTENDED, and the signature was interrupted
        station.signer().faults.push_back({SignerCall::Issue, ErrorCode::SignerUnavailable, 0, 1, When::Between});
        ASSERT_EQ(station.scan(batch, "SN-3", TestStation::silicon(kind.makesKeys)).verdict, Verdict::Error);
        report = workflow::recover(station.station());
        ASSERT_TRUE(report.ok());
        EXPECT_EQ(report->finished.size(), 1u);
        station.holdInvariants("rec");
        EXPECT_EQ(workflow::recover(station.station())->finished.size(), 0u);
    }
}

TEST(JobCrash, AJournalThatLostItsRowsIsNotWorkedWith) {
    for (const Kind& kind : kinds()) {
        SCOPED_TRACE(kind.words);
        TestStation station;
        const auto batch = station.patternBatch("lost", kind.mode);
        ASSERT_EQ(station.scan(batch, "SN-1", TestStation::silicon(kind.makesKeys)).verdict, Verdict::Pass);
        ASSERT_TRUE(workflow::recover(station.station()).ok());
        // begun anew: to it lost-0001 is free
        auto other = db::Journal::open(station.folder() + "/other.db", "test-line");
        ASSERT_TRUE(other.ok());
        ASSERT_TRUE((*other)->createBatch(batch, {}).ok());
        auto& journal = station.station().journal;
        journal.swap(*other);
        const auto report = workflow::recover(station.station());
        ASSERT_FALSE(report.ok());
        EXPECT_EQ(report.error().code, ErrorCode::ReconciliationGap);
        ASSERT_TRUE(journal->setBatchState("lost", db::BatchState::Paused, "demo").ok());
        EXPECT_TRUE(workflow::recover(station.station()).ok()) << "nothing is issued in a paused batch";
        journal.swap(*other);
    }
}

TEST(JobCrash, ALedgerThatLostItsRowsIsNotWorkedWith) {
    for (const Kind& kind : kinds()) {
        for (const bool granted : {false, true}) {
            SCOPED_TRACE(std::string{kind.words} + (granted ? ", put back from a copy" : ", begun anew"));
            TestStation station;
            const auto batch = station.patternBatch("lost", kind.mode);
            ASSERT_EQ(station.scan(batch, "SN-1", TestStation::silicon(kind.makesKeys)).verdict, Verdict::Pass);
            auto other = std::make_unique<FakeSigner>();
            const hsm::Grant grant{"lost", kind.mode, Slot::Primary, 15, batch.pattern, 1, 15, {}};
            if (granted) {
                ASSERT_TRUE(other->openGrant(grant, other->authority()).ok());
            }
            std::unique_ptr<hsm::Signer> signer = std::move(other);
            station.station().signer.swap(signer);
            const auto report = workflow::recover(station.station());
            ASSERT_FALSE(report.ok());
            EXPECT_EQ(report.error().code, ErrorCode::RecordsAltered);
            station.station().signer.swap(signer);
            EXPECT_TRUE(workflow::recover(station.station()).ok());
        }
    }
}

TEST(JobCrash, RecoveryWithoutItsSignerSaysSoAndLosesNothing) {
    TestStation station;
    const auto batch = station.patternBatch("nosig", Mode::X509);
    const auto board = TestStation::silicon();
    ASSERT_TRUE(dies(station, batch, board, 5, false));
    station.signer().faults.push_back({SignerCall::SerialRecord, ErrorCode::SignerUnavailable, 0, 1, {}});
    const auto report = workflow::recover(station.station());
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, ErrorCode::SignerUnavailable);
    EXPECT_EQ(station.only("nosig", UnitState::Intended).uid, board->uid);
    endsWell(station, batch, board, true);
}

}  // namespace
}  // namespace keystamp::test
