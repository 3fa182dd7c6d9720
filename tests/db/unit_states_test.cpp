// SPDX-License-Identifier: Apache-2.0
// A table over every method of a unit's way and every state that the unit may be in.
#include <map>

#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

using db::UnitState;
using enum UnitState;

constexpr std::array kStates{Reserved, Intended, Issued, Written, Verified, Recorded, Void};

struct Method {
    const char* name;
    /// From which states it is allowed, and where it leads; the others refuse.
    std::map<UnitState, UnitState> leads;
    std::function<Result<void>(db::Journal&, const db::Unit&)> call;
    bool waits = true;
};

const std::vector<Method>& methods() {
    static const std::vector<Method> all{
        {"intend", {{Reserved, Intended}},
         [](db::Journal& j, const db::Unit& u) {
             Bytes serial = TestJournal::serialOf(u);
             if (!serial.empty()) serial.back() ^= 0xff;  // never used before
             return j.intend(u.number, serial, sha256("key"));
         }},
        {"issue", {{Intended, Issued}},
         [](db::Journal& j, const db::Unit& u) {
             const Bytes certificate = TestJournal::certificateOf(u);
             return j.issue(u.number, certificate, sha256(BytesView{certificate}));
         }},
        {"written", {{Issued, Written}, {Written, Written}, {Verified, Written}},
         [](db::Journal& j, const db::Unit& u) { j.written(u.number); return Result<void>{}; }, false},
        {"verified", {{Written, Verified}, {Verified, Verified}},
         [](db::Journal& j, const db::Unit& u) { j.verified(u.number, db::Evidence::Digest); return Result<void>{}; }, false},
        {"record", {{Verified, Recorded}},
         [](db::Journal& j, const db::Unit& u) { return j.record(u.number, TestJournal::job(u, db::Verdict::Pass)); }},
        {"locked", {{Recorded, Recorded}},
         [](db::Journal& j, const db::Unit& u) { j.locked(u.number); return Result<void>{}; }, false},
        {"voidUnit",
         {{Reserved, Void}, {Intended, Void}, {Issued, Void}, {Written, Void}, {Verified, Void}, {Recorded, Void}},
         [](db::Journal& j, const db::Unit& u) { return j.voidUnit(u.number, "why", "erika"); }},
        {"voidUnit, seen as WRITTEN", {{Written, Void}},
         [](db::Journal& j, const db::Unit& u) { return j.voidUnit(u.number, "why", "erika", db::VoidedFor::Scrap, Written); }},
        {"resume",
         {{Reserved, Reserved}, {Intended, Intended}, {Issued, Issued}, {Written, Written}, {Verified, Verified}},
         [](db::Journal& j, const db::Unit& u) { return j.resume(u.number, "F9", "job-again"); }},
    };
    return all;
}

class EveryMethodInEveryState : public testing::TestWithParam<Mode> {};

TEST_P(EveryMethodInEveryState, LeadsOnOrIsRefusedAndChangesNothing) {
    TestJournal journal;
    journal.patternBatch("b", GetParam(), 1000);
    int board = 0;
    for (const Method& method : methods()) {
        for (const UnitState state : kStates) {
            SCOPED_TRACE(std::string{method.name} + " in " + std::string{name(state)});
            const auto unit = must(journal->reserve(TestJournal::reservation("b", std::to_string(++board))));
            journal.advance(unit, state);
            const auto before = must(journal->history(unit.id)).back();
            ASSERT_EQ(before.state, state);

            const auto allowed = method.leads.find(state);
            const auto done = method.call(*journal, unit);
            if (method.waits) {
                EXPECT_EQ(codeOf(done), allowed == method.leads.end() ? "internal" : "ok");
            }

            const auto after = must(journal->history(unit.id)).back();
            EXPECT_EQ(after.state, allowed == method.leads.end() ? state : allowed->second);
            if (allowed == method.leads.end()) {
                EXPECT_EQ(after.changedAt, before.changedAt);
                EXPECT_EQ(after.locked, before.locked);
                EXPECT_EQ(after.evidence, before.evidence);
            }
        }
    }
    must(journal->check());
}

INSTANTIATE_TEST_SUITE_P(BothModes, EveryMethodInEveryState, testing::Values(Mode::X509, Mode::Sas),
                         [](const auto& mode) { return std::string{name(mode.param)}; });

TEST(UnitStates, AStepOutOfOrderThatDidNotWaitShowsAtTheNextOneThatDoes) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto unit = must(journal->reserve(TestJournal::reservation("b", "1")));
    journal.advance(unit, Issued);
    journal->verified(unit.number, db::Evidence::Proof);  // WRITTEN was left out
    EXPECT_EQ(codeOf(journal->record(unit.number, TestJournal::job(unit, db::Verdict::Pass))), "internal");
    // it is told once; then the right order goes through
    journal->written(unit.number);
    journal->verified(unit.number, db::Evidence::Proof);
    EXPECT_EQ(codeOf(journal->record(unit.number, TestJournal::job(unit, db::Verdict::Pass))), "ok");
}

TEST(UnitStates, AStepThatFailedInAnEarlierJobDoesNotFailTheOneThatTakesTheUnitUp) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto unit = must(journal->reserve(TestJournal::reservation("b", "1")));
    journal.advance(unit, Issued);
    journal->verified(unit.number, db::Evidence::Proof);  // WRITTEN was lost, as on a full disk
    EXPECT_EQ(must(journal->liveUnit(unit.id))->state, Issued);
    must(journal->resume(unit.number, "F1", "another job"));
    journal->written(unit.number);
    journal->verified(unit.number, db::Evidence::Digest);
    must(journal->record(unit.number, TestJournal::job(unit, db::Verdict::Pass)));
    EXPECT_EQ(must(journal->liveUnit(unit.id))->evidence, db::Evidence::Digest);
}

TEST(UnitStates, StepsThatDoNotWaitAreSeenByTheNextLook) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto unit = must(journal->reserve(TestJournal::reservation("b", "1")));
    journal.advance(unit, Issued);
    journal->written(unit.number);
    EXPECT_EQ(must(journal->liveUnit(unit.id))->state, Written);
    journal->verified(unit.number, db::Evidence::ReadBack);
    const auto verified = must(journal->liveUnitOfBoard(unit.uid));
    EXPECT_EQ(verified->state, Verified);
    EXPECT_EQ(verified->evidence, db::Evidence::ReadBack);
    must(journal->record(unit.number, TestJournal::job(unit, db::Verdict::Pass)));
    EXPECT_EQ(must(journal->unlocked()).size(), 1u);
    journal->locked(unit.number);
    EXPECT_TRUE(must(journal->unlocked()).empty());
    EXPECT_TRUE(must(journal->liveUnitOfScan("b", unit.scan))->locked);
}

TEST(UnitStates, AllThatWasSaidOfAUnitIsReadBack) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    auto wanted = TestJournal::reservation("b", "1");
    wanted.origin = db::KeyOrigin::Station;
    const auto unit = must(journal->reserve(wanted));
    EXPECT_EQ(unit.id.text(), "b-0001");
    journal.advance(unit, Recorded);
    journal->locked(unit.number);
    journal.reopen();
    const auto found = must(journal->liveUnit(unit.id));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->number, unit.number);
    EXPECT_EQ(found->batch, "b");
    EXPECT_EQ(found->scan, "sn-1");
    EXPECT_EQ(found->uid, TestJournal::uid("uid-1"));
    EXPECT_EQ(found->state, Recorded);
    EXPECT_EQ(found->fixture, "F1");
    EXPECT_EQ(found->job, "job-1");
    EXPECT_EQ(found->origin, db::KeyOrigin::Station);
    EXPECT_EQ(found->slot, Slot::Primary);
    EXPECT_EQ(found->serial, TestJournal::serialOf(unit));
    EXPECT_EQ(found->keyHash, sha256("key"));
    EXPECT_EQ(found->certificate, TestJournal::certificateOf(unit));
    EXPECT_EQ(found->credential, sha256(BytesView{found->certificate}));
    EXPECT_EQ(found->evidence, db::Evidence::Proof);
    EXPECT_EQ(found->family, "test");
    EXPECT_EQ(found->firmware, "1.0");
    EXPECT_TRUE(found->locked);
    EXPECT_GE(found->recordedAt, found->createdAt);
    const auto jobs = must(journal->jobsOf(unit.id));
    ASSERT_EQ(jobs.size(), 1u);
    EXPECT_EQ(jobs[0].verdict, db::Verdict::Pass);
    EXPECT_EQ(jobs[0].unit, unit.number);
}

TEST(UnitStates, ASerialIsNeverUsedTwiceNotEvenAfterItsUnitIsVoid) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto first = must(journal->reserve(TestJournal::reservation("b", "1")));
    journal.advance(first, Intended);
    must(journal->voidUnit(first.number, "interrupted", "station"));
    const auto second = must(journal->reserve(TestJournal::reservation("b", "1")));
    EXPECT_EQ(codeOf(journal->intend(second.number, TestJournal::serialOf(first), sha256("key"))), "internal");
}

TEST(UnitStates, WhatDoesNotBelongTogetherIsRefused) {
    TestJournal journal;
    journal.patternBatch("x", Mode::X509, 10);
    journal.patternBatch("s", Mode::Sas, 10);
    const auto leaf = must(journal->reserve(TestJournal::reservation("x", "1")));
    const auto key = must(journal->reserve(TestJournal::reservation("s", "2")));
    EXPECT_EQ(codeOf(journal->intend(leaf.number, {}, {})), "internal");
    EXPECT_EQ(codeOf(journal->intend(key.number, Bytes{1}, {})), "internal");
    journal.advance(leaf, Intended);
    EXPECT_EQ(codeOf(journal->issue(leaf.number, Bytes{1, 2, 3}, sha256("another"))), "internal");
    EXPECT_EQ(codeOf(journal->issue(leaf.number, {}, {})), "internal");
    EXPECT_EQ(codeOf(journal->endJob(TestJournal::job(leaf, db::Verdict::Pass))), "internal");
    EXPECT_EQ(codeOf(journal->intend(999, Bytes{1}, {})), "internal");
}

TEST(UnitStates, TheUnfinishedAreListedUntilRecordedOrVoid) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 100);
    int board = 0;
    for (const UnitState state : kStates) {
        const auto unit = must(journal->reserve(TestJournal::reservation("b", std::to_string(++board))));
        journal.advance(unit, state);
    }
    const auto left = must(journal->unfinished());
    ASSERT_EQ(left.size(), 5u);
    for (std::size_t i = 0; i < left.size(); ++i) EXPECT_EQ(left[i].state, kStates[i]);
    const auto progress = must(journal->batch("b"));
    EXPECT_EQ(progress.recorded, 1u);
    EXPECT_EQ(progress.unresolved, 3u);
    EXPECT_EQ(progress.voided, 1u);
}

}  // namespace
}  // namespace keystamp::test
