// SPDX-License-Identifier: Apache-2.0
#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <atomic>
#include <thread>

#include "db/commit_queue.h"
#include "db/migrations.h"
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

TEST(GroupCommit, SixteenFixturesAndAReaderAgreeInTheEnd) {
    TestJournal journal;
    constexpr int kFixtures = 16, kUnits = 40;
    journal.patternBatch("x", Mode::X509, kFixtures * kUnits);
    journal.patternBatch("s", Mode::Sas, kFixtures * kUnits);
    std::atomic<bool> working = true;
    std::thread watcher{[&] {
        while (working) {
            const auto progress = must(journal->batch("x"));
            EXPECT_LE(progress.recorded, static_cast<std::uint64_t>(kFixtures * kUnits));
            must(journal->unfinished());
        }
    }};
    std::vector<std::thread> fixtures;
    for (int fixture = 0; fixture < kFixtures; ++fixture) {
        fixtures.emplace_back([&, fixture] {
            for (int n = 0; n < kUnits; ++n) {
                const std::string board = std::to_string(fixture) + "-" + std::to_string(n);
                journal.recorded(fixture % 2 == 0 ? "x" : "s", board);
                // a refusal of one must not undo what the others do in the same transaction
                EXPECT_NE(codeOf(journal->reserve(TestJournal::reservation("x", board))), "ok");
            }
        });
    }
    for (auto& fixture : fixtures) fixture.join();
    working = false;
    watcher.join();
    EXPECT_EQ(must(journal->batch("x")).recorded, kFixtures / 2 * kUnits);
    EXPECT_EQ(must(journal->batch("s")).recorded, kFixtures / 2 * kUnits);
    EXPECT_TRUE(must(journal->unfinished()).empty());
    EXPECT_TRUE(must(journal->unlocked()).empty());
    must(journal->check());
}

std::unique_ptr<db::CommitQueue> queueOn(const std::string& path) {
    auto connection = must(db::Connection::open(path, db::Connection::Role::Writer));
    must(db::migrate(*connection));
    connection->database().exec("CREATE TABLE IF NOT EXISTS t(v INTEGER UNIQUE)");
    return std::make_unique<db::CommitQueue>(std::move(connection), utcNow);
}
Result<void> put(db::Transaction& t, std::int64_t value) {
    db::Use{t.db.prepared("INSERT INTO t VALUES(?)")}.with(value).run();
    return {};
}

TEST(GroupCommit, ThoseWhoAskWhileItIsBusyShareOneTransaction) {
    const TempFolder folder;
    const auto queue = queueOn(folder / "q.db");
    std::atomic<int> asked = 0;
    int commits = 0;
    must(queue->commit([&](db::Transaction& t) -> Result<void> {
        const auto count = [](void* counter) { return ++*static_cast<int*>(counter), 0; };
        sqlite3_commit_hook(t.db.database().getHandle(), count, &commits);
        return {};
    }));
    commits = 0;
    std::vector<std::thread> threads;
    // The first stands inside its transaction until the others have asked, so they can only come together.
    std::thread first{[&] {
        must(queue->commit([&](db::Transaction&) {
            asked = 1;
            while (asked < 9) std::this_thread::yield();
            std::this_thread::sleep_for(std::chrono::milliseconds{200});
            return Result<void>{};
        }));
    }};
    while (asked < 1) std::this_thread::yield();
    for (int n = 0; n < 8; ++n) {
        threads.emplace_back([&, n] {
            ++asked;
            const auto done = queue->commit([&, n](db::Transaction& t) -> Result<void> {
                if (auto stored = put(t, n); !stored) return stored;
                return n == 3 ? Result<void>{Error{ErrorCode::BadUsage, "no"}} : Result<void>{};
            });
            EXPECT_EQ(done.ok(), n != 3);
        });
    }
    first.join();
    for (auto& thread : threads) thread.join();
    EXPECT_LT(commits, 8) << "the eight did not come each by itself";
    const auto reader = must(db::Connection::open(folder / "q.db", db::Connection::Role::Reader));
    EXPECT_EQ(reader->database().execAndGet("SELECT count(*) FROM t").getInt(), 7);
}

TEST(GroupCommit, AnExceptionOfOneIsThatOnesError) {
    const TempFolder folder;
    const auto queue = queueOn(folder / "q.db");
    must(queue->commit([](db::Transaction& t) { return put(t, 1); }));
    EXPECT_EQ(codeOf(queue->commit([](db::Transaction& t) { return put(t, 1); })), "journal-fault");
    EXPECT_EQ(codeOf(queue->commit([](db::Transaction&) -> Result<void> { throw std::runtime_error{"bug"}; })), "internal");
    must(queue->commit([](db::Transaction& t) { return put(t, 2); }));
}

TEST(GroupCommit, WhatNobodyWaitsForIsOnDiskSoonByItself) {
    const TempFolder folder;
    const auto queue = queueOn(folder / "q.db");
    queue->later(1, [](db::Transaction& t) { return put(t, 5); });
    EXPECT_EQ(queue->pending(), std::vector<std::int64_t>{1});
    while (!queue->pending().empty()) std::this_thread::sleep_for(std::chrono::milliseconds{20});
    const auto reader = must(db::Connection::open(folder / "q.db", db::Connection::Role::Reader));
    EXPECT_EQ(reader->database().execAndGet("SELECT count(*) FROM t").getInt(), 1);
}

TEST(GroupCommit, WhatNobodyWaitsForIsOnDiskWhenTheJournalCloses) {
    const TempFolder folder;
    for (int n = 0; n < 20; ++n) {
        const auto queue = queueOn(folder / "q.db");
        queue->later(1, [n](db::Transaction& t) { return put(t, n); });
    }
    const auto reader = must(db::Connection::open(folder / "q.db", db::Connection::Role::Reader));
    EXPECT_EQ(reader->database().execAndGet("SELECT count(*) FROM t").getInt(), 20);
}

TEST(GroupCommit, TheWalDoesNotGrowWithoutEnd) {
    const TempFolder folder;
    const auto queue = queueOn(folder / "q.db");
    std::uintmax_t largest = 0;
    for (int n = 0; n < 40; ++n) {
        must(queue->commit([](db::Transaction& t) -> Result<void> {
            t.db.database().exec("INSERT INTO t SELECT NULL FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c "
                                 "WHERE n < 60000) SELECT n FROM c)");
            return {};
        }));
        largest = std::max(largest, std::filesystem::file_size(folder / "q.db-wal"));
    }
    EXPECT_LT(largest, 30u << 20) << "40 times more than 1 MiB was written";
}

// What stands in the WAL behind the last commit is read again after a crash.
TEST(GroupCommit, RoomAheadInTheWalIsNoPartOfTheJournal) {
    const TempFolder folder;
    const auto queue = queueOn(folder / "q.db");
    for (int n = 0; n < 5; ++n) must(queue->commit([n](db::Transaction& t) { return put(t, n); }));
    const auto size = std::filesystem::file_size(folder / "q.db-wal");
    EXPECT_EQ(size % WalRoom::kChunk, 0U);
    ASSERT_GT(size, 0U);
    for (const char* end : {"", "-wal"}) std::filesystem::copy_file(folder / "q.db" + end, folder / "crashed.db" + end);
    const auto reader = must(db::Connection::open(folder / "crashed.db", db::Connection::Role::Reader));
    EXPECT_EQ(reader->database().execAndGet("SELECT count(*) FROM t").getInt(), 5);
    EXPECT_EQ(reader->database().execAndGet("PRAGMA integrity_check").getString(), "ok");
}

TEST(Busy, AnotherProcessThatHoldsTheLockIsNamedAsSuch) {
    TestJournal journal;
    SQLite::Database other{journal.path(), SQLite::OPEN_READWRITE};
    other.exec("BEGIN IMMEDIATE");
    EXPECT_EQ(codeOf(journal->audit("x", "{}")), "journal-busy");
    other.exec("ROLLBACK");
    EXPECT_EQ(codeOf(journal->audit("x", "{}")), "ok");
}

}  // namespace
}  // namespace keystamp::test
