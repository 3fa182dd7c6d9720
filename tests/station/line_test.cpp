// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/journal_care.h"

#include <set>

#include "tests/station/line_bench.h"

namespace keystamp::test {
namespace {
using db::UnitState;
using db::Verdict;
using workflow::FixtureStatus;
using workflow::Line;
using workflow::LineOptions;
using Phase = FixtureStatus::Phase;

TEST(Line, SixteenFixturesWorkThroughTheirScansAtOnce) {
    for (const Mode mode : {Mode::X509, Mode::Sas}) {
        LineBench bench{16};
        static_cast<void>(bench.station.patternBatch("sixteen", mode, 80));
        Line& line = bench.open("sixteen");
        for (int n = 0; n < 80; ++n) {
            ASSERT_TRUE(line.scanAt("F" + std::to_string(n % 16 + 1), "SN-" + std::to_string(n)).ok());
        }
        line.waitUntilIdle();
        const auto done = bench.done();
        ASSERT_EQ(done.size(), 80u);
        std::set<std::string> ids, uids;
        for (const FixtureStatus& status : done) {
            EXPECT_EQ(status.verdict, Verdict::Pass) << describe(status.error.value_or(Error{}));
            ids.insert(status.deviceId);
            uids.insert(status.uid);
        }
        EXPECT_EQ(ids.size(), 80u);
        EXPECT_EQ(uids.size(), 80u);
        EXPECT_EQ(bench.station.station().latency.figures().requests, 80u) << "each signature or key is timed";
        for (int n = 1; n <= 16; ++n) EXPECT_EQ(bench.bench(n).opened, 1) << "a good link is kept";
        bench.station.holdInvariants("sixteen");
    }
}

TEST(Line, AJobIsTheirsWhoWasLoggedInWhenItWasScanned) {
    LineOptions options;
    options.presencePoll = std::chrono::milliseconds{0};
    options.queueScans = true;
    options.person = "erika";
    LineBench bench{1, options};
    static_cast<void>(bench.station.patternBatch("named", Mode::X509));
    Line& line = bench.open("named");
    bench.bench(1).hold(true);
    ASSERT_TRUE(line.scan("SN-1").ok());
    bench.bench(1).untilHeld();
    ASSERT_TRUE(line.scan("SN-2").ok());
    line.setPerson("bert");
    ASSERT_TRUE(line.scan("SN-3").ok());
    line.setPerson("");
    ASSERT_TRUE(line.scan("SN-4").ok());
    bench.bench(1).hold(false);
    line.waitUntilIdle();
    const auto units = bench.station.units("named");
    ASSERT_EQ(units.size(), 4u);
    std::vector<std::string> who;
    for (const auto& unit : units) who.push_back(unit.who);
    EXPECT_EQ(who, (std::vector<std::string>{"erika", "erika", "bert", ""}));
    bench.station.holdInvariants("named");
}

/// Whose scan would have a label of one fixture's board given to another's.
TEST(Line, AFixtureThatOnePersonChoseIsNotTheNextOnesChoice) {
    LineBench bench{2};
    bench.station.patternBatch("turn", Mode::Sas);
    Line& line = bench.open("turn");
    line.setPerson("anna");
    ASSERT_TRUE(line.scan("FIX-1")->selected);
    line.setPerson("anna");
    EXPECT_EQ(line.selected(), "F1");
    line.setPerson("bert");
    EXPECT_FALSE(line.selected());
    EXPECT_EQ(line.scan("SN-1").error().code, ErrorCode::NoFixtureClaimed);
}

TEST(Line, EveryStepOfAJobIsToldInItsOrderUnderItsNumber) {
    LineBench bench{1};
    static_cast<void>(bench.station.patternBatch("told", Mode::X509));
    Line& line = bench.open("told");
    ASSERT_TRUE(line.scan("SN-1").ok());
    ASSERT_TRUE(line.scan("SN-2").ok());
    line.waitUntilIdle();
    const auto told = bench.told();
    ASSERT_EQ(told.size(), 16u);  // for each: begun, six states, done
    for (std::size_t n = 0; n < told.size(); ++n) {
        EXPECT_EQ(told[n].job, n / 8 + 1);
        EXPECT_EQ(told[n].scan, n < 8 ? "SN-1" : "SN-2");
        EXPECT_EQ(told[n].phase, n % 8 == 7 ? Phase::Done : Phase::Working);
        if (n % 8 > 0 && n % 8 < 7) {
            EXPECT_EQ(told[n].step, static_cast<UnitState>(n % 8 - 1));
        }
    }
    EXPECT_EQ(told[0].step, std::nullopt);
    EXPECT_EQ(told[7].deviceId, "told-0001");
}

TEST(Line, AStalledBoardDelaysNoOther) {
    LineBench bench{2};
    static_cast<void>(bench.station.patternBatch("stall", Mode::X509));
    bench.bench(1).hold(true);
    Line& line = bench.open("stall");
    ASSERT_TRUE(line.scanAt("F1", "SN-1").ok());
    bench.bench(1).untilHeld();
    ASSERT_TRUE(line.scanAt("F2", "SN-2").ok());
    EXPECT_TRUE(bench.sees([](const FixtureStatus& s) { return s.fixture == "F2" && s.verdict == Verdict::Pass; }));
    EXPECT_EQ(bench.done().size(), 1u);
    bench.bench(1).hold(false);
    line.waitUntilIdle();
    EXPECT_EQ(bench.done().size(), 2u);
}

TEST(Line, AnOperatorsScanForABusyFixtureIsRefused) {
    LineOptions options = LineBench::scripted();
    options.queueScans = false;
    LineBench bench{2, options};
    static_cast<void>(bench.station.patternBatch("busy", Mode::X509));
    bench.bench(1).hold(true);
    Line& line = bench.open("busy");
    const auto label = line.scan("FIX-1");
    ASSERT_TRUE(label.ok() && label->selected);
    EXPECT_EQ(line.scan("SN-1")->fixture, "F1");
    bench.bench(1).untilHeld();
    EXPECT_EQ(line.scanAt("F1", "SN-2").error().code, ErrorCode::FixtureBusy);
    EXPECT_EQ(line.scanAt("F1", "SN-1").error().code, ErrorCode::ScanTwice) << "the scanner fired twice";
    EXPECT_TRUE(line.scanAt("F2", "SN-2").ok()) << "what was refused as busy may be scanned at once elsewhere";
    bench.bench(1).hold(false);
    line.waitUntilIdle();
}

TEST(Line, ANewlyArrivedBoardIsMeantByAScanThatNamesNoFixture) {
    LineBench bench{2, LineBench::watched()};
    static_cast<void>(bench.station.patternBatch("come", Mode::X509));
    bench.bench(1).put(nullptr);
    bench.bench(2).put(nullptr);
    bench.bench(2).feeds = false;
    Line& line = bench.open("come");
    EXPECT_EQ(line.scan("SN-1").error().code, ErrorCode::NoFixtureClaimed);
    bench.bench(2).put(TestStation::silicon());
    ASSERT_TRUE(bench.sees([](const FixtureStatus& s) { return s.fixture == "F2" && s.phase == Phase::Waiting; }));
    EXPECT_EQ(line.scan("SN-1")->fixture, "F2");
    line.waitUntilIdle();
    EXPECT_EQ(bench.done().back().verdict, Verdict::Pass);
    // the finished board stays there: it has not newly arrived
    EXPECT_EQ(line.scan("SN-2").error().code, ErrorCode::NoFixtureClaimed);
}

TEST(Line, ABoardWhoseScanWasRefusedIsStillThereToBeScanned) {
    LineBench bench{2, LineBench::watched()};
    static_cast<void>(bench.station.patternBatch("typo", Mode::X509, 10, true));
    bench.bench(1).put(nullptr);
    Line& line = bench.open("typo");
    ASSERT_TRUE(bench.sees([](const FixtureStatus& s) { return s.fixture == "F2" && s.phase == Phase::Waiting; }));
    ASSERT_TRUE(line.scan("tpyo-0001").ok());
    line.waitUntilIdle();
    EXPECT_EQ(bench.done().back().error->code, ErrorCode::NotInBatch);
    EXPECT_FALSE(bench.done().back().verdict.has_value());
    EXPECT_EQ(line.scan("typo-0001")->fixture, "F2");
    line.waitUntilIdle();
    EXPECT_EQ(bench.done().back().verdict, Verdict::Pass);
}

TEST(Line, AbortEndsTheRunningJobAndDropsWhatWaits) {
    LineBench bench{1};
    static_cast<void>(bench.station.patternBatch("halt", Mode::X509));
    bench.bench(1).hold(true);
    Line& line = bench.open("halt");
    for (const char* scan : {"SN-1", "SN-2", "SN-3"}) ASSERT_TRUE(line.scan(scan).ok());
    bench.bench(1).untilHeld();
    line.abort();
    bench.bench(1).hold(false);
    line.waitUntilIdle();
    ASSERT_EQ(bench.done().size(), 1u);
    EXPECT_EQ(bench.done().front().verdict, Verdict::Aborted);
    // and the line goes on
    ASSERT_TRUE(line.scan("SN-1").ok());
    line.waitUntilIdle();
    EXPECT_EQ(bench.done().back().verdict, Verdict::Pass);
}

TEST(Line, ItsEndAbortsAndJoinsAndTellsNothingAfterwards) {
    LineBench bench{4};
    static_cast<void>(bench.station.patternBatch("end", Mode::X509, 400));
    Line& line = bench.open("end");
    for (int n = 0; n < 400; ++n) ASSERT_TRUE(line.scanAt("F" + std::to_string(n % 4 + 1), "SN-" + std::to_string(n)).ok());
    ASSERT_TRUE(bench.sees([](const FixtureStatus& s) { return s.verdict == Verdict::Pass; }));
    bench.close();
    EXPECT_LT(bench.done().size(), 400u);
    bench.station.holdInvariants("end");
}

TEST(Line, ALinkThatCannotBeOpenedIsAnErrorAndIsOpenedAnewForTheNextScan) {
    LineBench bench{1};
    static_cast<void>(bench.station.patternBatch("link", Mode::X509));
    bench.bench(1).cannotOpen = 1;
    Line& line = bench.open("link");
    ASSERT_TRUE(line.scan("SN-1").ok());
    ASSERT_TRUE(line.scan("SN-1").ok());
    line.waitUntilIdle();
    const auto done = bench.done();
    ASSERT_EQ(done.size(), 2u);
    EXPECT_EQ(done[0].verdict, Verdict::Error);
    EXPECT_EQ(done[0].error->code, ErrorCode::LinkUnavailable);
    EXPECT_EQ(done[1].verdict, Verdict::Pass);
}

TEST(Line, ALostLinkIsOpenedAnewAndTheUnitGoesOn) {
    LineBench bench{1};
    static_cast<void>(bench.station.patternBatch("lost", Mode::Sas));
    bench.bench(1).board->faults.push_back({BoardCall::Write, ErrorCode::LinkLost, 0, 1, true});
    Line& line = bench.open("lost");
    ASSERT_TRUE(line.scan("SN-1").ok());
    ASSERT_TRUE(line.scan("SN-1").ok());
    line.waitUntilIdle();
    EXPECT_EQ(bench.done()[0].verdict, Verdict::Error);
    EXPECT_EQ(bench.done()[1].verdict, Verdict::Pass);
    EXPECT_EQ(bench.bench(1).opened, 2);
    EXPECT_EQ(bench.station.units("lost").size(), 1u);
}

TEST(Line, ALinkThatWasLostBetweenTwoScansCostsTheNextOneNothing) {
    LineBench bench{1};
    static_cast<void>(bench.station.patternBatch("pulled", Mode::X509));
    Line& line = bench.open("pulled");
    for (int n = 0; n < 3; ++n) {
        ASSERT_TRUE(line.scan("SN-" + std::to_string(n)).ok());
        line.waitUntilIdle();
        EXPECT_EQ(bench.done().back().verdict, Verdict::Pass);
        EXPECT_EQ(bench.bench(1).opened, n + 1);
        const std::lock_guard lock(bench.bench(1).mutex);
        bench.bench(1).unplugged = true;
    }
}

TEST(Line, ABoardThatHoldsAnothersIdentityIsTakenOffAndTheLinkOpenedAnew) {
    LineBench bench{1};
    static_cast<void>(bench.station.patternBatch("held", Mode::Sas));
    FakeBoard foreign{bench.bench(1).board};
    const DeviceId other = *DeviceId::parse("somebody-else");
    ASSERT_TRUE(foreign.begin(Mode::Sas, other, "0ne00OTHER1", Deadline::in(kPatience)).ok());
    ASSERT_TRUE(foreign.write({Mode::Sas, other, "0ne00OTHER1", {}, {}, Secret(32)}, Deadline::in(kPatience)).ok());
    Line& line = bench.open("held");
    ASSERT_TRUE(line.scan("SN-1").ok());
    line.waitUntilIdle();
    EXPECT_EQ(bench.done()[0].error->code, ErrorCode::BoardHoldsOtherId);
    bench.bench(1).put(TestStation::silicon());
    ASSERT_TRUE(line.scan("SN-2").ok());
    line.waitUntilIdle();
    EXPECT_EQ(bench.done()[1].verdict, Verdict::Pass);
    EXPECT_EQ(bench.bench(1).opened, 2);
}

TEST(Line, AnIdleFixtureTellsWhatIsOnIt) {
    LineBench bench{1, LineBench::watched()};
    static_cast<void>(bench.station.patternBatch("idle", Mode::X509));
    bench.bench(1).cannotOpen = 1;
    static_cast<void>(bench.open("idle"));
    EXPECT_TRUE(bench.sees([](const FixtureStatus& s) { return s.phase == Phase::Offline && s.error.has_value(); }));
    EXPECT_TRUE(bench.sees([](const FixtureStatus& s) { return s.phase == Phase::Waiting && !s.error && !s.uid.empty(); }));
    bench.bench(1).put(nullptr);
    EXPECT_TRUE(bench.sees([](const FixtureStatus& s) { return s.phase == Phase::Empty && s.uid.empty(); }));
}

TEST(Line, ADriverThatThrowsWhileItsFixtureIsLookedAtEndsNothing) {
    LineBench bench{1, LineBench::watched()};
    static_cast<void>(bench.station.patternBatch("thrown", Mode::X509));
    bench.bench(1).board->faults.push_back({BoardCall::Info, ErrorCode::Internal, 0, 3});
    Line& line = bench.open("thrown");
    ASSERT_TRUE(bench.sees([](const FixtureStatus& s) { return s.phase == Phase::Waiting; }));
    EXPECT_EQ(bench.bench(1).opened, 4) << "a driver that threw is made anew";
    ASSERT_TRUE(line.scan("SN-1").ok());
    line.waitUntilIdle();
    EXPECT_EQ(bench.done().back().verdict, Verdict::Pass);
}

TEST(Line, ALockThatIsOwedIsPaidWhenItsBoardIsSeen) {
    LineBench bench{1, LineBench::watched()};
    const auto batch = bench.station.patternBatch("debt", Mode::X509);
    const auto board = TestStation::silicon();
    board->faults.push_back({BoardCall::Lock, ErrorCode::BoardSilent, 0, 3, false});
    ASSERT_EQ(bench.station.scan(batch, "SN-1", board).verdict, Verdict::Pass);
    ASSERT_EQ(bench.station.journal().unlocked()->size(), 1u);
    bench.bench(1).feeds = false;
    bench.bench(1).put(board);
    static_cast<void>(bench.open("debt"));
    ASSERT_TRUE(bench.sees([](const FixtureStatus& s) { return s.phase == Phase::Waiting; }));
    bench.close();
    EXPECT_TRUE(board->locked);
    EXPECT_TRUE(bench.station.journal().unlocked()->empty());
}

TEST(Line, AClockThatCannotBeRightStopsARunningLineUntilASupervisorRebasesIt) {
    for (const auto step : {-std::chrono::hours(1), std::chrono::hours(24 * 401)}) {
        LineBench bench{1};
        static_cast<void>(bench.station.patternBatch("clock", Mode::X509));
        Line& line = bench.open("clock");
        ASSERT_TRUE(line.scan("SN-1").ok());
        line.waitUntilIdle();
        bench.station.clock = [step] { return utcNow() + step; };
        bench.bench(1).put(TestStation::silicon());
        ASSERT_TRUE(line.scan("SN-2").ok());
        line.waitUntilIdle();
        ASSERT_EQ(bench.done().size(), 2u);
        EXPECT_EQ(bench.done()[0].verdict, Verdict::Pass);
        EXPECT_EQ(bench.done()[1].verdict, Verdict::Error);
        EXPECT_EQ(bench.done()[1].error->code, ErrorCode::ClockWrong);
        EXPECT_EQ(bench.station.units("clock").size(), 1u) << "nothing was reserved";

        workflow::Station& station = bench.station.station();
        hsm::Authority wrong = bench.station.signer().authority();
        wrong.passphrase = Secret::copyOf("no");
        EXPECT_EQ(workflow::rebaseClock(station, "battery", wrong).error().code, ErrorCode::PassphraseWrong);
        EXPECT_EQ(workflow::rebaseClock(station, "  ", bench.station.signer().authority()).error().code, ErrorCode::BadUsage);
        ASSERT_TRUE(workflow::rebaseClock(station, "battery", bench.station.signer().authority()).ok());
        EXPECT_EQ(workflow::rebaseClock(station, "battery", bench.station.signer().authority()).error().code, ErrorCode::BadUsage);
        ASSERT_TRUE(line.scan("SN-2").ok());
        line.waitUntilIdle();
        EXPECT_EQ(bench.done().back().verdict, Verdict::Pass);
        bench.station.holdInvariants("clock");
    }
}

TEST(Line, ABatchThatIsNotThereRefusesEveryScan) {
    LineBench bench{1};
    Line& line = bench.open("nowhere");
    ASSERT_TRUE(line.scan("SN-1").ok());
    line.waitUntilIdle();
    ASSERT_EQ(bench.done().size(), 1u);
    EXPECT_EQ(bench.done().front().error->code, ErrorCode::UnknownBatch);
    EXPECT_EQ(bench.bench(1).opened, 0);
}

/// Which the start did not look at, for it was paused then: what looks free to the journal is another board's.
TEST(Line, ABatchThatTheJournalHasLostRowsOfRefusesEveryScanOnceItIsResumed) {
    LineBench bench{1};
    bench.station.patternBatch("lost", Mode::Sas);
    ASSERT_TRUE(bench.station.signer().derive("lost", *DeviceId::parse("lost-0001"), "a job"));
    ASSERT_TRUE(bench.station.journal().setBatchState("lost", db::BatchState::Paused, "anna"));
    ASSERT_TRUE(workflow::recover(bench.station.station()));
    ASSERT_TRUE(bench.station.journal().setBatchState("lost", db::BatchState::Open, "anna"));
    Line& line = bench.open("lost");
    ASSERT_TRUE(line.scan("SN-1").ok());
    line.waitUntilIdle();
    ASSERT_EQ(bench.done().size(), 1u);
    ASSERT_TRUE(bench.done().front().error);
    EXPECT_EQ(bench.done().front().error->code, ErrorCode::ReconciliationGap);
    EXPECT_EQ(bench.bench(1).opened, 0);
}

}  // namespace
}  // namespace keystamp::test
