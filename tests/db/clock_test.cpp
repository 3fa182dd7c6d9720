// SPDX-License-Identifier: Apache-2.0
// A clock that cannot be right: what it stops, what goes on, and what the log says of it.
#include "db/clock_rule.h"

#include <gtest/gtest.h>

#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

using namespace std::chrono_literals;
using db::UnitState;

class WrongClock : public testing::TestWithParam<std::chrono::milliseconds> {
protected:
    void SetUp() override {
        journal.clock = [this] { return now; };
        journal.patternBatch("b", Mode::X509, 10);
        reserved = must(journal->reserve(TestJournal::reservation("b", "reserved")));
        issued = must(journal->reserve(TestJournal::reservation("b", "issued")));
        journal.advance(*issued, UnitState::Issued);
        before = must(journal->lastTime()).value();
        now += GetParam();
    }
    std::vector<std::string> rows() {
        std::vector<std::string> lines;
        must(journal->eachAuditRow([&](const db::AuditRow& row) {
            lines.push_back(row.line);
            return Result<void>{};
        }));
        return lines;
    }

    UtcTime now{std::chrono::seconds{1'800'000'000}};
    TestJournal journal;
    std::optional<db::Unit> reserved, issued;
    UtcTime before{};
};

TEST_P(WrongClock, StopsWhatIssuesAndFinishesWhatWasBegun) {
    EXPECT_EQ(codeOf(journal->clockFits()), "clock-wrong");
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("b", "new"))), "clock-wrong");
    EXPECT_EQ(codeOf(journal->intend(reserved->number, TestJournal::serialOf(*reserved), sha256("key"))), "clock-wrong");
    EXPECT_EQ(codeOf(journal->resume(issued->number, "F1", "job")), "clock-wrong");
    journal->written(issued->number);
    journal->verified(issued->number, db::Evidence::Proof);
    EXPECT_EQ(codeOf(journal->record(issued->number, TestJournal::job(*issued, db::Verdict::Pass))), "ok");
    EXPECT_EQ(codeOf(journal->voidUnit(reserved->number, "clock", "erika")), "ok");
    EXPECT_EQ(codeOf(journal->check()), "ok");
}

TEST_P(WrongClock, IsNotMadeRightByWhatIsLoggedMeanwhile) {
    must(journal->audit("x", "{}"));
    journal.reopen();
    must(journal->audit("y", "{}"));
    EXPECT_EQ(must(journal->lastTime()), before);
    EXPECT_EQ(codeOf(journal->clockFits()), "clock-wrong");
    EXPECT_NE(rows().back().find(R"("time":")" + toText(before) + R"(","clock":")" + toText(now) + R"(","kind":"y")"), std::string::npos)
        << rows().back();
}

TEST_P(WrongClock, IsRightOnceASupervisorSaysSo) {
    must(journal->rebaseClock("the battery was changed", "erika"));
    EXPECT_EQ(must(journal->lastTime()), now);
    EXPECT_EQ(codeOf(journal->clockFits()), "ok");
    EXPECT_NE(rows().back().find(R"("kind":"clock-rebase","from":")" + toText(before) + R"(","reason":"the battery was changed","who":"erika")"),
              std::string::npos)
        << rows().back();
    journal.recorded("b", "after");
    EXPECT_EQ(codeOf(journal->rebaseClock("again", "erika")), "bad-usage");
    EXPECT_EQ(codeOf(journal->check()), "ok");
}

TEST_P(WrongClock, FitsAgainOnceItIsSetRight) {
    now -= GetParam();
    EXPECT_EQ(codeOf(journal->clockFits()), "ok");
    journal.recorded("b", "after");
}

INSTANTIATE_TEST_SUITE_P(BehindOrFarAhead, WrongClock, testing::Values(-2001ms, -24h * 365, 24h * 401));

TEST(Clock, MayBeSetBackALittleAndTheLogsTimeNeverIs) {
    TestJournal journal;
    UtcTime now{1'800'000'000s};
    journal.clock = [&] { return now; };
    journal.patternBatch("b", Mode::Sas, 10);
    const auto first = must(journal->lastTime());
    now -= 2s;
    journal.recorded("b", "1");
    EXPECT_EQ(must(journal->lastTime()), first);
    now += 24h * 399;
    journal.recorded("b", "2");
    EXPECT_EQ(must(journal->lastTime()), now);
}

TEST(Clock, OnlyTheJournalWritesItsRebase) {
    TestJournal journal;
    EXPECT_EQ(codeOf(journal->audit("clock-rebase", "{}")), "internal");
    EXPECT_EQ(codeOf(journal->audit("x", R"({"clock":"2031-01-01T00:00:00.000Z"})")), "internal");
    EXPECT_EQ(codeOf(journal->clockFits()), "ok") << "no record yet";
    EXPECT_EQ(codeOf(journal->rebaseClock("why", "erika")), "bad-usage");
}

}  // namespace
}  // namespace keystamp::test
