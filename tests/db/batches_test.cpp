// SPDX-License-Identifier: Apache-2.0
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

db::Batch order(const std::string& name) {
    db::Batch batch;
    batch.name = name;
    batch.mode = Mode::Sas;
    batch.slot = Slot::Secondary;
    batch.scopeId = "0ne00ABCDEF";
    batch.pattern = "acme-{seq:06}";
    batch.first = 7;
    batch.match = true;
    batch.count = 30;
    batch.spare = 5;
    batch.createdBy = "erika";
    return batch;
}

TEST(Batches, ABatchIsReadBackAsItWasOrdered) {
    TestJournal journal;
    must(journal->createBatch(order("b"), {}));
    journal.reopen();
    const auto found = must(journal->batch("b")).batch;
    EXPECT_EQ(found.mode, Mode::Sas);
    EXPECT_EQ(found.slot, Slot::Secondary);
    EXPECT_EQ(found.scopeId, "0ne00ABCDEF");
    EXPECT_EQ(found.pattern, "acme-{seq:06}");
    EXPECT_EQ(found.first, 7u);
    EXPECT_TRUE(found.match);
    EXPECT_EQ(found.count, 30u);
    EXPECT_EQ(found.spare, 5u);
    EXPECT_EQ(found.cap(), 35u);
    EXPECT_EQ(found.createdBy, "erika");
    EXPECT_EQ(found.state, db::BatchState::Open);
    EXPECT_GT(found.createdAt, UtcTime{});
    EXPECT_EQ(must(journal->batches()).size(), 1u);
}

TEST(Batches, AListIsKeptInItsOrderWithNamesAndUids) {
    TestJournal journal;
    journal.listBatch("l", Mode::X509, {{TestJournal::id("zeta"), "Last, \"first\"", TestJournal::uid("u1")},
                                        {TestJournal::id("alpha"), "", {}}});
    const auto ids = must(journal->listedIds("l"));
    ASSERT_EQ(ids.size(), 2u);
    EXPECT_EQ(ids[0].id.text(), "zeta");
    EXPECT_EQ(ids[0].name, "Last, \"first\"");
    EXPECT_EQ(ids[0].uid, TestJournal::uid("u1"));
    EXPECT_EQ(must(journal->listed("l", TestJournal::id("ALPHA"))).id.text(), "alpha");
    EXPECT_EQ(codeOf(journal->listed("l", TestJournal::id("beta"))), "not-in-batch");
}

TEST(Batches, RefusesWhatCannotBeABatchAndLeavesNothingOfIt) {
    TestJournal journal;
    must(journal->createBatch(order("b"), {}));
    EXPECT_EQ(codeOf(journal->createBatch(order("b"), {})), "batch-exists");
    auto listed = order("l");
    EXPECT_EQ(codeOf(journal->createBatch(listed, {{TestJournal::id("a"), "", {}}})), "bad-usage") << "a pattern and a list";
    listed.pattern.clear();
    EXPECT_EQ(codeOf(journal->createBatch(listed, {})), "bad-usage") << "neither";
    EXPECT_EQ(codeOf(journal->createBatch(listed, {{TestJournal::id("a"), "", {}}, {TestJournal::id("A"), "", {}}})), "bad-csv");
    auto badPattern = order("p");
    badPattern.pattern = "acme-{sq}";
    EXPECT_EQ(codeOf(journal->createBatch(badPattern, {})), "bad-usage");
    auto none = order("n");
    none.count = 0;
    EXPECT_EQ(codeOf(journal->createBatch(none, {})), "bad-usage");
    EXPECT_EQ(codeOf(journal->batch("l")), "unknown-batch");
    EXPECT_EQ(must(journal->batches()).size(), 1u);
    EXPECT_EQ(must(journal->head(0)).size, 1u) << "one batch, one audit row";
}

TEST(Batches, PauseAndResumeButClosedIsForGood) {
    TestJournal journal;
    must(journal->createBatch(order("b"), {}));
    using enum db::BatchState;
    EXPECT_EQ(codeOf(journal->setBatchState("none", Paused, "erika")), "unknown-batch");
    must(journal->setBatchState("b", Paused, "erika"));
    must(journal->setBatchState("b", Paused, "erika"));
    must(journal->setBatchState("b", Open, "erika"));
    must(journal->setBatchState("b", Closed, "erika"));
    must(journal->setBatchState("b", Closed, "erika"));
    EXPECT_EQ(codeOf(journal->setBatchState("b", Open, "erika")), "batch-not-open");
    EXPECT_EQ(must(journal->batch("b")).batch.state, Closed);
    EXPECT_EQ(must(journal->head(0)).size, 4u) << "what changes nothing is not audited";
}

/// Somebody may have resumed it since the close has looked.
TEST(Batches, OneWithAUnitOnItsWayIsNotClosed) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto unit = must(journal->reserve(TestJournal::reservation("b", "1")));
    EXPECT_EQ(codeOf(journal->setBatchState("b", db::BatchState::Closed, "erika")), "unresolved");
    EXPECT_EQ(must(journal->batch("b")).batch.state, db::BatchState::Open);
    must(journal->voidUnit(unit.number, "left behind", "station"));
    must(journal->setBatchState("b", db::BatchState::Closed, "erika"));
}

TEST(Batches, FailedJobsAreCountedWithAndWithoutAUnit) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto unit = must(journal->reserve(TestJournal::reservation("b", "1")));
    must(journal->endJob(TestJournal::job(unit, db::Verdict::Fail, "board-refused")));
    auto without = TestJournal::job(unit, db::Verdict::Fail, "wrong-uid");
    without.unit = 0;
    without.id.reset();
    must(journal->endJob(without));
    without.verdict = db::Verdict::Error;
    must(journal->endJob(without));
    without.batch = "none";
    EXPECT_EQ(codeOf(journal->endJob(without)), "unknown-batch");
    EXPECT_EQ(must(journal->batch("b")).failedJobs, 2u);
    int seen = 0;
    must(journal->eachJobWithoutUnit("b", [&](const db::JobRecord& job) {
        ++seen;
        EXPECT_EQ(job.reason, "wrong-uid");
        EXPECT_FALSE(job.id);
        EXPECT_EQ(job.uid, unit.uid);
        return Result<void>{};
    }));
    EXPECT_EQ(seen, 1);
    EXPECT_EQ(must(journal->jobsOf(unit.id)).size(), 1u);
}

TEST(Batches, AnExtensionChangesNothingBeforeAnotherSupervisorReleasesIt) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 1);
    must(journal->reserve(TestJournal::reservation("b", "1")));
    EXPECT_EQ(codeOf(journal->releaseBatch("b", "zoe")), "bad-usage") << "nothing waits";
    EXPECT_EQ(codeOf(journal->extendBatch("b", 0, 0, {}, "fewer", "anna")), "bad-usage");
    must(journal->extendBatch("b", 9, 0, {}, "a slip", "anna"));
    must(journal->extendBatch("b", 2, 0, {}, "ordered", "anna"));
    journal.reopen();
    const auto waits = must(journal->batch("b")).extension;
    ASSERT_TRUE(waits);
    EXPECT_EQ(waits->cap(), 2u) << "the later one in the place of the earlier";
    EXPECT_EQ(waits->who + ": " + waits->reason, "anna: ordered");
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("b", "2"))), "cap-reached");
    EXPECT_EQ(codeOf(journal->releaseBatch("b", "anna")), "second-supervisor");
    must(journal->releaseBatch("b", "zoe"));
    EXPECT_FALSE(must(journal->batch("b")).extension);
    EXPECT_EQ(must(journal->reserve(TestJournal::reservation("b", "2"))).id.text(), "b-0002");
    must(journal->check());
}

TEST(Batches, NewIdsOfAListAreItsOwnFromTheirRelease) {
    TestJournal journal;
    journal.listBatch("l", Mode::X509, {{TestJournal::id("b"), "", {}}});
    const std::vector<db::ListedId> more{{TestJournal::id("c"), "Third", TestJournal::uid("u3")}, {TestJournal::id("a"), "", {}}};
    EXPECT_EQ(codeOf(journal->extendBatch("l", 2, 0, {{TestJournal::id("b"), "", {}}}, "twice", "anna")), "bad-csv");
    EXPECT_FALSE(must(journal->batch("l")).extension) << "nothing of it is left";
    must(journal->extendBatch("l", 3, 0, more, "second delivery", "anna"));
    EXPECT_EQ(must(journal->batch("l")).extension->ids, 2u);
    EXPECT_EQ(codeOf(journal->listed("l", TestJournal::id("c"))), "not-in-batch");
    must(journal->releaseBatch("l", "zoe"));
    std::string order;
    for (const auto& one : must(journal->listedIds("l"))) order += one.id.text();
    EXPECT_EQ(order, "bca");
    EXPECT_EQ(must(journal->listed("l", TestJournal::id("c"))).uid, TestJournal::uid("u3"));
}

TEST(Batches, AnExtensionThatWaitsGoesWithItsBatch) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 1);
    must(journal->extendBatch("b", 2, 0, {}, "ordered", "anna"));
    must(journal->setBatchState("b", db::BatchState::Closed, "erika"));
    EXPECT_FALSE(must(journal->batch("b")).extension);
    EXPECT_EQ(codeOf(journal->releaseBatch("b", "zoe")), "batch-not-open");
    EXPECT_EQ(codeOf(journal->extendBatch("b", 2, 0, {}, "ordered", "anna")), "batch-not-open");
}

}  // namespace
}  // namespace keystamp::test
