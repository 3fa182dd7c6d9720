// SPDX-License-Identifier: Apache-2.0
#include <SQLiteCpp/SQLiteCpp.h>

#include "core/file.h"
#include "db/connection.h"
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

TEST(Open, LeavesWalFullSynchronousAndForeignKeysOn) {
    TestJournal journal;
    for (const auto role : {db::Connection::Role::Writer, db::Connection::Role::Reader}) {
        const auto connection = must(db::Connection::open(journal.path(), role));
        const auto pragma = [&](const std::string& name) {
            return connection->database().execAndGet("PRAGMA " + name).getString();
        };
        EXPECT_EQ(pragma("journal_mode"), "wal");
        EXPECT_EQ(pragma("synchronous"), "2");
        EXPECT_EQ(pragma("foreign_keys"), "1");
        must(connection->checkPragmas());
        connection->database().exec("PRAGMA synchronous=NORMAL");
        const auto changed = connection->checkPragmas();
        ASSERT_EQ(codeOf(changed), "journal-fault");
        EXPECT_NE(changed.error().detail.find("synchronous"), std::string::npos);
    }
}

TEST(Open, AnInMemoryDatabaseCannotBeAJournal) {
    EXPECT_EQ(codeOf(db::Journal::open(":memory:", "test-line")), "journal-fault");
}

TEST(Open, SaysWhatItCannotRead) {
    const TempFolder folder;
    const auto none = db::Journal::open(folder / "no/such/journal.db", "test-line");
    ASSERT_EQ(codeOf(none), "journal-fault");
    EXPECT_NE(none.error().detail.find("no/such/journal.db"), std::string::npos);
    must(writeFile(folder / "text", std::string(8192, 'x')));
    EXPECT_EQ(codeOf(db::Journal::open(folder / "text", "test-line")), "journal-fault");
    EXPECT_EQ(codeOf(db::Journal::open(folder / "j.db", "")), "bad-config");
    EXPECT_EQ(codeOf(db::Journal::open(folder / "j.db", "a\nb")), "bad-config");
}

TEST(Open, RefusesASchemaFromTheFuture) {
    TestJournal journal;
    SQLite::Database{journal.path(), SQLite::OPEN_READWRITE}.exec("PRAGMA user_version=999");
    EXPECT_EQ(codeOf(db::Journal::open(journal.path(), "test-line")), "journal-fault");
}

// Whether a query that runs for every unit goes by an index, whatever the planner thinks of the tables' sizes.
TEST(Queries, GoByAnIndex) {
    TestJournal journal;
    const auto connection = must(db::Connection::open(journal.path(), db::Connection::Role::Reader));
    const std::vector<std::pair<std::string, std::string>> queries{
        {"SELECT * FROM unit WHERE id = ? AND live = 1", "unit_live_id"},
        {"SELECT * FROM unit WHERE uid = ? AND live = 1", "unit_live_uid"},
        {"SELECT * FROM unit WHERE batch = ? AND scan = ? AND live = 1 LIMIT 1", "unit_live_scan"},
        {"SELECT number FROM unit WHERE serial = ? AND serial IS NOT NULL", "unit_serial"},
        {"SELECT uid, batch FROM unit WHERE id = ? AND live = 0 AND void_from <> 'RESERVED'", "unit_void_id"},
        {"SELECT count(*) FROM unit WHERE batch = ?1", "unit_of_batch"},
        {"SELECT count(*) FROM unit WHERE batch = ?1 AND finished = 0", "unit_unfinished"},
        {"SELECT count(*) FROM unit WHERE batch = ?1 AND live = 0", "unit_void_of_batch"},
        {"SELECT count(*) FROM job WHERE batch = ?1 AND verdict = 'FAIL'", "job_failed"},
        {"SELECT * FROM job WHERE id = ? ORDER BY number", "job_of_id"},
    };
    for (const auto& [sql, index] : queries) {
        SQLite::Statement plan{connection->database(), "EXPLAIN QUERY PLAN " + sql};
        std::string text;
        while (plan.executeStep()) text += plan.getColumn(3).getString() + "\n";
        EXPECT_NE(text.find(index), std::string::npos) << sql << "\n" << text;
    }
}

}  // namespace
}  // namespace keystamp::test
