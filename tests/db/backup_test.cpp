// SPDX-License-Identifier: Apache-2.0
// Copies of a journal in use, and one put back.
#include "db/backup.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "core/file.h"
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

namespace fs = std::filesystem;

class Backup : public testing::Test {
protected:
    void SetUp() override {
        journal.patternBatch("b", Mode::Sas, 1000, 1000);
        for (int n = 0; n < 20; ++n) journal.recorded("b", std::to_string(n));
    }
    db::JournalContents backup() { return must(db::backupJournal(journal.path(), copy, {})); }
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator{folder.path()}) names.push_back(entry.path().filename());
        std::sort(names.begin(), names.end());
        return names;
    }

    TestJournal journal;
    TempFolder folder{TempFolder::On::Memory};
    const std::string copy = folder / "copy.db";
};

TEST_F(Backup, WhatWasLostComesBackVoidAndOnNoBoard) {
    journal.patternBatch("x", Mode::X509, 10);
    const auto first = journal.recorded("x", "one");
    must(journal->voidUnit(first.number, "flash replaced", "erika", db::VoidedFor::Rework));
    const auto id = [](const std::string& text) { return TestJournal::id(text); };
    const Bytes certificate = toBytes(asBytes("lost"));
    const std::vector<db::LostUnit> lost{{"x", first.id, "job", Slot::Primary, Bytes(16, 0x22), sha256("key 2"), certificate},
                                         {"x", id("x-0007"), "job", Slot::Primary, Bytes(16, 0x23), sha256("key 3"), {}},
                                         {"b", id("b-0500"), "job", Slot::Primary, {}, {}, {}}};
    for (const auto& one : lost) EXPECT_FALSE(must(journal->knows(one)));
    EXPECT_EQ(codeOf(journal->reconcile({{"none", id("x-0008"), "job", Slot::Primary, {}, {}, {}}}, "{}", "why", "erika")), "unknown-batch");
    const auto rows = must(journal->auditRows());
    must(journal->reconcile(lost, R"({"leaves":2})", "disk died", "erika"));
    EXPECT_EQ(must(journal->auditRows()), rows + 4);
    for (const auto& one : lost) EXPECT_TRUE(must(journal->knows(one)));
    must(journal->check());
    EXPECT_EQ(must(journal->intended("x")), 3u);
    EXPECT_EQ(must(journal->intended("b")), 21u);
    const auto back = must(journal->history(first.id)).back();
    EXPECT_EQ(back.state, db::UnitState::Void);
    EXPECT_EQ(back.certificate, certificate);
    EXPECT_EQ(back.supersedes, first.credential);
    EXPECT_EQ(back.voidReason, "disk died");
    EXPECT_EQ(codeOf(journal->reconcile({lost.front()}, "{}", "twice", "erika")), "internal");
    // a board gets the next free ID and not a lost one; a derived key is no other board's
    EXPECT_EQ(must(journal->reserve(TestJournal::reservation("x", "new"))).id.text(), "x-0002");
    auto other = TestJournal::reservation("b", "another", id("b-0500"));
    other.origin = db::KeyOrigin::Derived;
    EXPECT_EQ(codeOf(journal->reserve(other)), "id-held-by-other-board");
}

TEST_F(Backup, IsOneFileThatHoldsAllThatWasThere) {
    const auto made = backup();
    EXPECT_EQ(made.rows, must(journal->auditRows()));
    EXPECT_EQ(made.units, 20u);
    EXPECT_EQ(files(), std::vector<std::string>{"copy.db"});
    const auto found = must(db::checkBackup(copy, folder / "ready"));
    EXPECT_EQ(found.lastRow, made.lastRow);
    EXPECT_EQ(files(), (std::vector<std::string>{"copy.db", "ready"}));
}

TEST_F(Backup, IsOfOneMomentWhoeverWritesMeanwhile) {
    std::atomic<bool> stop{false};
    std::thread writer{[&] {
        for (int n = 100; !stop; ++n) journal.recorded("b", std::to_string(n));
    }};
    for (int n = 0; n < 5; ++n) {
        const auto made = db::backupJournal(journal.path(), copy, {});
        EXPECT_TRUE(made.ok()) << describe(made.error());
    }
    stop = true;
    writer.join();
    EXPECT_EQ(codeOf(db::checkBackup(copy, folder / "ready")), "ok");
    EXPECT_EQ(codeOf(journal->check()), "ok");
}

TEST_F(Backup, OfADamagedJournalLeavesTheOlderOneInItsPlace) {
    backup();
    const std::string older = must(readFile(copy));
    {
        SQLite::Database behind{journal.path(), SQLite::OPEN_READWRITE};
        behind.exec("UPDATE unit SET credential = zeroblob(32) WHERE number = 7");
    }
    EXPECT_EQ(codeOf(db::backupJournal(journal.path(), copy, {})), "records-altered");
    EXPECT_EQ(must(readFile(copy)), older);
    EXPECT_EQ(files(), std::vector<std::string>{"copy.db"});
    EXPECT_EQ(codeOf(db::backupJournal(journal.path(), journal.path(), {})), "bad-usage");
}

TEST_F(Backup, ThatWasTouchedIsFound) {
    backup();
    for (const char* deed : {"UPDATE unit SET state = 'ISSUED', finished = 0, lock_owed = 0 WHERE number = 3",
                             "DROP TRIGGER audit_stays; DELETE FROM audit WHERE number = 9",
                             "DROP TRIGGER audit_unchanged; UPDATE audit SET line = replace(line, 'F1', 'F2') WHERE number = 9",
                             "UPDATE batch SET used = 3"}) {
        const std::string touched = folder / "touched.db";
        fs::copy_file(copy, touched, fs::copy_options::overwrite_existing);
        SQLite::Database{touched, SQLite::OPEN_READWRITE}.exec(deed);
        EXPECT_EQ(codeOf(db::checkBackup(touched, folder / "ready")), "records-altered") << deed;
        EXPECT_FALSE(fs::exists(folder / "ready"));
    }
    must(writeFile(folder / "empty.db", ""));
    EXPECT_EQ(codeOf(db::checkBackup(folder / "empty.db", folder / "ready")), "bad-usage");
    must(writeFile(folder / "text.db", std::string(9000, 'x')));
    EXPECT_EQ(codeOf(db::checkBackup(folder / "text.db", folder / "ready")), "journal-fault");
    EXPECT_EQ(codeOf(db::checkBackup(folder / "none.db", folder / "ready")), "bad-usage");
}

TEST_F(Backup, PutBackKeepsWhatWasThereAndRefusesWhileItIsOpen) {
    const std::string place = folder / "journal.db", ready = folder / "ready", kept = folder / "kept";
    backup();
    fs::copy_file(copy, place);
    must(db::checkBackup(copy, ready));
    {
        const auto open = must(db::Journal::open(place, "test-line"));
        EXPECT_EQ(codeOf(db::replaceJournal(ready, place, kept)), "journal-busy");
        EXPECT_FALSE(fs::exists(kept));
        must(open->audit("later", "{}"));
    }
    const auto before = must(db::checkInPlace(place)).value();
    must(db::replaceJournal(ready, place, kept));
    EXPECT_EQ(must(db::checkInPlace(place)).value().rows + 1, before.rows);
    EXPECT_EQ(must(db::checkInPlace(kept)).value().lastRow, before.lastRow);

    // one that is damaged, and left with its -wal, goes as it is
    must(writeFile(place, std::string(9000, 'x')));
    must(writeFile(place + "-wal", "wal"));
    must(db::checkBackup(copy, ready));
    must(db::replaceJournal(ready, place, kept + "2"));
    EXPECT_EQ(codeOf(db::checkInPlace(place)), "ok");
    EXPECT_EQ(must(readFile(kept + "2")), std::string(9000, 'x'));
}

}  // namespace
}  // namespace keystamp::test
