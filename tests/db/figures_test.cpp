// SPDX-License-Identifier: Apache-2.0
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const UtcTime kBegin{std::chrono::hours{24 * 20'000}};

class FiguresTest : public testing::Test {
protected:
    FiguresTest() {
        m_journal.patternBatch("b", Mode::X509, 100);
        m_journal.patternBatch("other", Mode::X509, 100);
    }

    void ended(const std::string& board, std::chrono::milliseconds after, db::Verdict verdict, const std::string& reason = {},
               const std::string& fixture = "F1", const std::string& batch = "b") {
        db::JobRecord job{"job", batch, fixture, "sn-" + board, std::nullopt, {}, 0, kBegin, kBegin + after, verdict, reason, {}};
        if (verdict != db::Verdict::Pass) return must(m_journal->endJob(job));
        const db::Unit unit = must(m_journal->reserve(TestJournal::reservation(batch, board)));
        m_journal.advance(unit, db::UnitState::Verified);
        job.unit = unit.number;
        must(m_journal->record(unit.number, job));
    }
    db::Figures figures(UtcTime since = kBegin, const std::string& batch = {}) { return must(m_journal->figures(since, batch)); }

    TestJournal m_journal;
};

TEST_F(FiguresTest, NothingIsNothing) {
    const auto none = figures();
    EXPECT_EQ(none.recorded + none.boards + none.firstPass, 0U);
    EXPECT_FALSE(none.takt.has_value());
    EXPECT_TRUE(none.hours.empty() && none.failures.empty());
}

TEST_F(FiguresTest, ABoardThatPassesOnItsSecondTryIsNoFirstPass) {
    ended("a", seconds{1}, db::Verdict::Pass);
    ended("b", seconds{2}, db::Verdict::Error, "board-silent");
    ended("b", seconds{3}, db::Verdict::Pass);
    ended("c", seconds{4}, db::Verdict::Fail, "proof-failed");
    const auto all = figures();
    EXPECT_EQ(all.recorded, 2U);
    EXPECT_EQ(all.boards, 3U);
    EXPECT_EQ(all.firstPass, 1U);
}

TEST_F(FiguresTest, TheTaktIsTheMedianWhichABreakDoesNotMove) {
    ended("a", seconds{0}, db::Verdict::Pass);
    ended("b", seconds{10}, db::Verdict::Pass);
    ended("c", seconds{22}, db::Verdict::Pass);
    ended("d", minutes{40}, db::Verdict::Pass);
    EXPECT_EQ(figures().takt, std::optional<std::chrono::milliseconds>{seconds{12}});
}

TEST_F(FiguresTest, EveryHourBetweenTheFirstAndTheLastStandsThere) {
    ended("a", minutes{10}, db::Verdict::Pass);
    ended("b", minutes{20}, db::Verdict::Fail, "proof-failed");
    ended("c", minutes{150}, db::Verdict::Pass);
    const auto hours = figures().hours;
    ASSERT_EQ(hours.size(), 3U);
    EXPECT_EQ(hours[0].recorded, 1U);
    EXPECT_EQ(hours[0].failed, 1U);
    EXPECT_EQ(hours[1].recorded + hours[1].failed, 0U);
    EXPECT_EQ(hours[2].begin, kBegin + std::chrono::hours{2});
}

TEST_F(FiguresTest, FailuresAreCountedByFixtureAndReasonTheMostFrequentFirst) {
    ended("a", seconds{1}, db::Verdict::Fail, "proof-failed", "F1");
    for (const char* board : {"b", "c"}) ended(board, seconds{2}, db::Verdict::Error, "board-silent", "F2");
    ended("d", seconds{3}, db::Verdict::Error, "board-silent", "F1");
    ended("e", seconds{4}, db::Verdict::Aborted, "aborted", "F1");
    const auto failures = figures().failures;
    ASSERT_EQ(failures.size(), 3U);
    EXPECT_EQ(failures[0].fixture + " " + failures[0].reason + " " + std::to_string(failures[0].count), "F2 board-silent 2");
}

TEST_F(FiguresTest, WhatEndedBeforeDoesNotCount) {
    ended("a", seconds{1}, db::Verdict::Pass);
    ended("b", seconds{9}, db::Verdict::Pass);
    EXPECT_EQ(figures(kBegin + seconds{5}).recorded, 1U);
}

TEST_F(FiguresTest, OfOneBatchOnlyItsOwnJobsCount) {
    ended("a", seconds{1}, db::Verdict::Pass);
    ended("b", seconds{2}, db::Verdict::Error, "board-silent", "F1", "other");
    ended("c", seconds{3}, db::Verdict::Pass, {}, "F1", "other");
    ended("d", seconds{9}, db::Verdict::Pass);
    const auto one = figures(kBegin, "b");
    EXPECT_EQ(one.recorded, 2U);
    EXPECT_EQ(one.boards, 2U);
    EXPECT_EQ(one.takt, std::optional<std::chrono::milliseconds>{seconds{8}}) << "from one of its own units to the next";
    EXPECT_TRUE(one.failures.empty());
    EXPECT_EQ(figures(kBegin, "nobody's").boards, 0U);
}

}  // namespace
}  // namespace keystamp::test
