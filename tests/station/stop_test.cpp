// SPDX-License-Identifier: Apache-2.0
// A fixture whose boards fail alike, one after the other, is stopped until a person has looked after it.
#include <sqlite3.h>

#include "core/releaser.h"
#include "station/workflow/failure_streak.h"
#include "tests/station/line_bench.h"

namespace keystamp::test {
namespace {
using db::Verdict;
using workflow::FailureStreak;
using workflow::FixtureStatus;
using workflow::JobOutcome;
using workflow::Line;
using workflow::LineOptions;

JobOutcome passed() { return {Verdict::Pass, {}, {}}; }
JobOutcome failed(ErrorCode code) { return {Verdict::Fail, Error{code, {}}, {}}; }
JobOutcome erred(ErrorCode code) { return {Verdict::Error, Error{code, {}}, {}}; }
JobOutcome refused(ErrorCode code) { return {{}, Error{code, {}}, {}}; }

std::string after(unsigned most, const std::vector<JobOutcome>& outcomes) {
    FailureStreak streak{most};
    for (const JobOutcome& each : outcomes) streak.note(each);
    const auto& stop = streak.stopped();
    return stop ? std::to_string(stop->times) + " " + std::string{name(stop->cause)} : "goes on";
}

TEST(FailureStreak, StopsAfterEqualFailuresInARow) {
    const JobOutcome proof = failed(ErrorCode::ProofFailed);
    const JobOutcome silent = erred(ErrorCode::BoardSilent);
    EXPECT_EQ(after(3, {proof, proof}), "goes on");
    EXPECT_EQ(after(3, {proof, proof, proof}), "3 proof-failed");
    EXPECT_EQ(after(3, {silent, silent, silent}), "3 board-silent");
    EXPECT_EQ(after(1, {silent}), "1 board-silent");
    EXPECT_EQ(after(0, {proof, proof, proof, proof}), "goes on");
}

TEST(FailureStreak, APassOrAnotherFailureBeginsItAnew) {
    const JobOutcome proof = failed(ErrorCode::ProofFailed);
    const JobOutcome silent = erred(ErrorCode::BoardSilent);
    EXPECT_EQ(after(3, {proof, proof, passed(), proof, proof}), "goes on");
    EXPECT_EQ(after(3, {proof, proof, silent, proof, proof}), "goes on");
    EXPECT_EQ(after(3, {proof, silent, silent, silent}), "3 board-silent");
    // a PASS that is followed by the failure before it
    EXPECT_EQ(after(2, {proof, passed(), proof}), "goes on");
}

TEST(FailureStreak, WhatSaysNothingAboutTheFixtureNeitherCountsNorEndsIt) {
    const JobOutcome proof = failed(ErrorCode::ProofFailed);
    for (const ErrorCode code : {ErrorCode::HsmFault, ErrorCode::SignerUnavailable, ErrorCode::PinNeeded, ErrorCode::JournalFault,
                                 ErrorCode::IntentLost, ErrorCode::ClockWrong, ErrorCode::Internal}) {
        EXPECT_EQ(after(3, {erred(code), erred(code), erred(code)}), "goes on") << name(code);
        EXPECT_EQ(after(3, {proof, proof, erred(code), proof}), "3 proof-failed") << name(code);
    }
    const JobOutcome done = refused(ErrorCode::AlreadyRecorded);
    EXPECT_EQ(after(3, {done, done, done}), "goes on");
    EXPECT_EQ(after(3, {proof, done, proof, done, proof}), "3 proof-failed");
    const JobOutcome aborted{Verdict::Aborted, Error{ErrorCode::Aborted, {}}, {}};
    EXPECT_EQ(after(1, {aborted}), "goes on");
    EXPECT_EQ(after(3, {proof, aborted, proof, aborted, proof}), "3 proof-failed");
}

/// Two fixtures that stop after three; the first has a board whose proofs are bad.
class StoppedFixture : public ::testing::Test {
protected:
    StoppedFixture() {
        static_cast<void>(m_bench.station.patternBatch("stop", Mode::Sas, 40));
        m_bench.bench(1).board->proofIsBad = true;
    }
    static LineOptions options(bool queue) {
        LineOptions options = LineBench::scripted();
        options.queueScans = queue;
        options.stopAfter = 3;
        return options;
    }
    /// Until it is done.
    Result<void> scan(Line& line, const std::string& fixture) {
        const auto taken = line.scanAt(fixture, "SN-" + std::to_string(++m_scans));
        line.waitUntilIdle();
        return taken ? Result<void>{} : taken.error();
    }
    FixtureStatus last(const std::string& fixture) {
        auto all = m_bench.done();
        std::erase_if(all, [&](const FixtureStatus& each) { return each.fixture != fixture; });
        return all.empty() ? FixtureStatus{} : all.back();
    }
    int rows(const std::string& kind, const std::string& end = {}) {
        int found = 0;
        const auto walked = m_bench.station.journal().eachAuditRow([&](const db::AuditRow& row) -> Result<void> {
            if (row.line.find("\"kind\":\"" + kind + "\",\"fixture\":\"F1\",\"batch\":\"stop\",\"cause\":\"proof-failed\",\"times\":3" + end) != std::string::npos) ++found;
            return {};
        });
        EXPECT_TRUE(walked.ok());
        return found;
    }

    LineBench m_bench{2, options(false)};
    int m_scans = 0;
};

TEST_F(StoppedFixture, TakesNoMoreScansAndSaysWhyAndTheOtherGoesOn) {
    Line& line = m_bench.open("stop");
    for (int n = 0; n < 3; ++n) {
        EXPECT_FALSE(last("F1").stopped);
        ASSERT_TRUE(scan(line, "F1").ok());
        EXPECT_EQ(last("F1").error->code, ErrorCode::ProofFailed);
    }
    ASSERT_TRUE(last("F1").stopped);
    EXPECT_EQ(last("F1").stopped->times, 3u);
    EXPECT_EQ(last("F1").stopped->cause, ErrorCode::ProofFailed);
    const auto units = m_bench.station.units("stop").size();
    const auto no = scan(line, "F1");
    ASSERT_FALSE(no);
    EXPECT_EQ(no.error().code, ErrorCode::FixtureStopped);
    EXPECT_EQ(no.error().detail, "F1: 3 times in a row proof-failed");
    EXPECT_EQ(m_bench.station.units("stop").size(), units) << "nothing was begun for it";
    ASSERT_TRUE(scan(line, "F2").ok());
    EXPECT_EQ(last("F2").verdict, Verdict::Pass);
    EXPECT_FALSE(line.stopped("F2"));
    EXPECT_EQ(rows("fixture-stopped"), 1);
    m_bench.station.holdInvariants("stop");
}

TEST_F(StoppedFixture, IsTakenUpAgainByAPersonAndCountsAnew) {
    Line& line = m_bench.open("stop");
    for (int n = 0; n < 3; ++n) ASSERT_TRUE(scan(line, "F1").ok());
    ASSERT_TRUE(line.stopped("F1"));
    ASSERT_TRUE(line.takeUpAgain("F1").ok());
    EXPECT_EQ(rows("fixture-taken-up"), 1);
    for (int n = 0; n < 3; ++n) {
        EXPECT_FALSE(line.stopped("F1"));
        ASSERT_TRUE(scan(line, "F1").ok());
    }
    EXPECT_TRUE(line.stopped("F1"));
    line.setPerson("erika");
    ASSERT_TRUE(line.takeUpAgain("F1").ok());
    EXPECT_EQ(rows("fixture-taken-up", ",\"who\":\"erika\""), 1);
    m_bench.bench(1).put(TestStation::silicon());
    ASSERT_TRUE(scan(line, "F1").ok());
    EXPECT_EQ(last("F1").verdict, Verdict::Pass);
    EXPECT_FALSE(last("F1").stopped);
    ASSERT_TRUE(line.takeUpAgain("F1").ok()) << "nothing to be taken up";
    EXPECT_EQ(rows("fixture-taken-up"), 2);
    EXPECT_EQ(line.takeUpAgain("F9").error().code, ErrorCode::UnknownFixture);
}

TEST_F(StoppedFixture, StaysStoppedWhereThatCannotBeNoted) {
    Line& line = m_bench.open("stop");
    for (int n = 0; n < 3; ++n) ASSERT_TRUE(scan(line, "F1").ok());
    {
        sqlite3* other = nullptr;
        ASSERT_EQ(sqlite3_open((m_bench.station.folder() + "/journal.db").c_str(), &other), SQLITE_OK);
        const std::unique_ptr<sqlite3, Releaser<sqlite3_close>> owned{other};
        ASSERT_EQ(sqlite3_exec(other, "ALTER TABLE audit RENAME TO elsewhere", nullptr, nullptr, nullptr), SQLITE_OK);
    }
    const auto taken = line.takeUpAgain("F1");
    ASSERT_FALSE(taken);
    EXPECT_EQ(blame(taken.error().code), Blame::Station) << describe(taken.error());
    EXPECT_TRUE(line.stopped("F1"));
}

TEST(StoppedLine, RefusesTheScansThatWaitedForItsFixture) {
    LineOptions options = LineBench::scripted();
    options.stopAfter = 2;
    LineBench bench{1, options};
    static_cast<void>(bench.station.patternBatch("wait", Mode::X509));
    bench.bench(1).board->proofIsBad = true;
    bench.bench(1).hold(true);
    Line& line = bench.open("wait");
    for (int n = 0; n < 5; ++n) ASSERT_TRUE(line.scanAt("F1", "SN-" + std::to_string(n)).ok());
    bench.bench(1).untilHeld();
    bench.bench(1).hold(false);
    line.waitUntilIdle();
    const auto done = bench.done();
    ASSERT_EQ(done.size(), 5u) << "each scan has its end";
    for (std::size_t n = 0; n < done.size(); ++n) {
        EXPECT_EQ(done[n].job, n + 1);
        EXPECT_EQ(done[n].scan, "SN-" + std::to_string(n));
        EXPECT_EQ(done[n].error->code, n < 2 ? ErrorCode::ProofFailed : ErrorCode::FixtureStopped);
        EXPECT_EQ(done[n].verdict.has_value(), n < 2);
    }
    EXPECT_EQ(bench.station.units("wait").size(), 2u);
}

TEST(StoppedLine, ABoardThatIsNotThereStopsItsFixtureToo) {
    LineOptions options = LineBench::scripted();
    options.stopAfter = 3;
    LineBench bench{1, options};
    static_cast<void>(bench.station.patternBatch("gone", Mode::X509));
    bench.bench(1).cannotOpen = 3;
    Line& line = bench.open("gone");
    for (int n = 0; n < 4; ++n) static_cast<void>(line.scanAt("F1", "SN-1"));
    line.waitUntilIdle();
    ASSERT_TRUE(line.stopped("F1"));
    EXPECT_EQ(line.stopped("F1")->cause, ErrorCode::LinkUnavailable);
}

}  // namespace
}  // namespace keystamp::test
