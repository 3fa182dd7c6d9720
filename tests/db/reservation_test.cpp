// SPDX-License-Identifier: Apache-2.0
#include <SQLiteCpp/SQLiteCpp.h>

#include <thread>

#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

using db::UnitState;

db::Reservation as(db::Reservation wanted, const std::string& scan, const std::string& board) {
    wanted.scan = scan;
    wanted.uid = TestJournal::uid(board);
    return wanted;
}

TEST(Reserve, APatternGivesItsIdsInOrder) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 3);
    for (int n = 1; n <= 3; ++n) {
        EXPECT_EQ(must(journal->reserve(TestJournal::reservation("b", std::to_string(n)))).id.text(), "b-000" + std::to_string(n));
    }
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("b", "4"))), "cap-reached");
}

TEST(Reserve, RefusesWhatTheBatchDoesNotHold) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 3);
    journal.listBatch("l", Mode::X509, {{TestJournal::id("one"), "", {}}, {TestJournal::id("two"), "", TestJournal::uid("uid-2")}});
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("none", "1"))), "unknown-batch");
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("b", "1", TestJournal::id("b-0004")))), "not-in-batch");
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("b", "1", TestJournal::id("b-0000")))), "not-in-batch");
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("b", "1", TestJournal::id("c-0001")))), "not-in-batch");
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("l", "1", TestJournal::id("three")))), "not-in-batch");
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("l", "1"))), "not-in-batch");
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("l", "1", TestJournal::id("two")))), "wrong-uid");
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("l", "2", TestJournal::id("two")))), "ok");
    must(journal->setBatchState("b", db::BatchState::Paused, "erika"));
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("b", "1"))), "batch-not-open");
    auto nameless = TestJournal::reservation("l", "5", TestJournal::id("one"));
    nameless.uid.clear();
    EXPECT_EQ(codeOf(journal->reserve(nameless)), "internal");
}

TEST(Reserve, OneIdAndOneBoardAreLiveAtMostOnce) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    journal.patternBatch("m", Mode::X509, 10, 0, true);
    const auto base = TestJournal::reservation("b", "1");
    const auto first = must(journal->reserve(base));
    EXPECT_EQ(codeOf(journal->reserve(base)), "unresolved");
    EXPECT_EQ(codeOf(journal->reserve(as(base, base.scan, "other board"))), "id-held-by-other-board");
    EXPECT_EQ(codeOf(journal->reserve(as(base, "other label", "uid-1"))), "board-holds-other-id");
    journal.advance(first, UnitState::Recorded);
    EXPECT_EQ(codeOf(journal->reserve(base)), "already-recorded");
    EXPECT_EQ(codeOf(journal->reserve(as(base, base.scan, "other board"))), "id-held-by-other-board");
    EXPECT_EQ(codeOf(journal->reserve(as(base, "other label", "uid-1"))), "board-holds-other-id");
    // across batches too, with IDs that scans name
    const auto match = TestJournal::reservation("m", "9", TestJournal::id("m-0001"));
    must(journal->reserve(match));
    EXPECT_EQ(codeOf(journal->reserve(as(match, "m-0001", "other board"))), "id-held-by-other-board");
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("b", "9"))), "board-holds-other-id");
}

TEST(Reserve, TheDatabaseItselfHoldsThatAnIdAndABoardAreLiveOnce) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto unit = must(journal->reserve(TestJournal::reservation("b", "1")));
    SQLite::Database other{journal.path(), SQLite::OPEN_READWRITE};
    const std::string copy = "INSERT INTO unit(batch, id, scan, uid, state, fixture, job, origin, slot, family, firmware, created_at, "
                             "changed_at) SELECT batch, ";
    const std::string rest = ", state, fixture, job, origin, slot, family, firmware, created_at, changed_at FROM unit";
    EXPECT_THROW(other.exec(copy + "id, scan, x'aa'" + rest), SQLite::Exception);
    EXPECT_THROW(other.exec(copy + "'other', scan, uid" + rest), SQLite::Exception);
    EXPECT_EQ(other.exec(copy + "'other', scan, x'aa'" + rest), 1);
    EXPECT_THROW(other.exec("DELETE FROM unit"), SQLite::Exception);
}

TEST(Reserve, AUnitVoidedWhileReservedCostsNeitherPlaceNorId) {
    for (const Mode mode : {Mode::X509, Mode::Sas}) {
        TestJournal journal;
        journal.patternBatch("b", mode, 2);
        for (int n = 0; n < 20; ++n) {
            const auto unit = must(journal->reserve(TestJournal::reservation("b", std::to_string(n))));
            EXPECT_EQ(unit.id.text(), "b-0001");
            must(journal->voidUnit(unit.number, "board-silent", "station"));
        }
        journal.recorded("b", "good-1");
        journal.recorded("b", "good-2");
        EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("b", "late"))), "cap-reached");
        must(journal->check());
    }
}

TEST(Reserve, VoidedIssuancesCountUnderTheCapOfX509) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 2, 1);
    for (int n = 0; n < 3; ++n) {
        const auto unit = must(journal->reserve(TestJournal::reservation("b", "same")));
        EXPECT_EQ(unit.id.text(), "b-0001") << "the same label and board keep their ID";
        journal.advance(unit, UnitState::Intended);
        must(journal->voidUnit(unit.number, "intent-lost", "station"));
    }
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("b", "same"))), "cap-reached");
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("b", "other"))), "cap-reached");
    must(journal->check());
}

TEST(Reserve, AnIdThatWasSpentOnABoardNeverGoesToAnotherByItself) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 5);
    const auto lost = must(journal->reserve(TestJournal::reservation("b", "lost")));
    journal.advance(lost, UnitState::Issued);
    must(journal->voidUnit(lost.number, "the board is lost", "erika"));
    EXPECT_EQ(must(journal->reserve(TestJournal::reservation("b", "new"))).id.text(), "b-0002");
    // the old label on a new board: a new ID as well
    EXPECT_EQ(must(journal->reserve(as(TestJournal::reservation("b", "x"), "sn-lost", "replacement"))).id.text(), "b-0003");
}

TEST(Reserve, ASasIdCountsOnceAndStaysWithItsBoard) {
    TestJournal journal;
    std::vector<db::ListedId> ids{{TestJournal::id("one"), "", {}}, {TestJournal::id("two"), "", {}}};
    journal.listBatch("s", Mode::Sas, ids);
    for (int n = 0; n < 5; ++n) {
        const auto unit = must(journal->reserve(TestJournal::reservation("s", "1", TestJournal::id("one"))));
        EXPECT_EQ(unit.origin, db::KeyOrigin::Derived);
        journal.advance(unit, UnitState::Issued);
        must(journal->voidUnit(unit.number, "proof-failed", "station"));
    }
    EXPECT_EQ(codeOf(journal->reserve(TestJournal::reservation("s", "2", TestJournal::id("one")))), "id-held-by-other-board");
    journal.recorded("s", "1", TestJournal::id("one"));
    journal.recorded("s", "2", TestJournal::id("two"));
    must(journal->check());
}

TEST(Reserve, RacesHaveOneWinnerAndTheCapHolds) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 20);
    std::vector<std::thread> fixtures;
    std::atomic<int> won = 0, capped = 0, held = 0, other = 0;
    for (int fixture = 0; fixture < 8; ++fixture) {
        fixtures.emplace_back([&, fixture] {
            for (int n = 0; n < 25; ++n) {
                // four fixtures race for each label with boards of their own
                auto wanted = TestJournal::reservation("b", std::to_string(n) + "-" + std::to_string(fixture));
                wanted.scan = "sn-" + std::to_string(fixture / 4) + "-" + std::to_string(n);
                const auto done = journal->reserve(wanted);
                const auto code = codeOf(done);
                (code == "ok" ? won : code == "cap-reached" ? capped : code == "id-held-by-other-board" ? held : other)++;
            }
        });
    }
    for (auto& fixture : fixtures) fixture.join();
    EXPECT_EQ(won, 20);
    EXPECT_EQ(other, 0);
    EXPECT_EQ(won + capped + held, 200);
    std::set<std::string> ids, scans;
    must(journal->eachUnit("b", [&](const db::Unit& unit) {
        EXPECT_TRUE(ids.insert(unit.id.text()).second);
        EXPECT_TRUE(scans.insert(unit.scan).second);
        return Result<void>{};
    }));
    EXPECT_EQ(ids.size(), 20u);
}

TEST(Reserve, TwoProcessesHoldTheSameJournal) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 100);
    const auto second = must(db::Journal::open(journal.path(), "test-line"));
    for (int n = 0; n < 10; ++n) {
        auto& one = n % 2 == 0 ? *journal : *second;
        EXPECT_EQ(must(one.reserve(TestJournal::reservation("b", std::to_string(n)))).id.text(), "b-00" + std::string(n < 9 ? "0" : "") + std::to_string(n + 1));
        must(one.audit("note", R"({"n-th":)" + std::to_string(n) + "}"));
    }
    must(journal->check());
    EXPECT_EQ(must(journal->head(0)).size, must(second->head(0)).size);
}

}  // namespace
}  // namespace keystamp::test
