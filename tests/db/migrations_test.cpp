// SPDX-License-Identifier: Apache-2.0
// Journals that earlier versions left (tests/data/journal-N.sql, dumps of real ones) are brought to this one with all they hold.
#include <SQLiteCpp/SQLiteCpp.h>

#include "core/file.h"
#include "db/cloud_states.h"
#include "db/people.h"
#include "tests/support/journal.h"
#include "tests/support/temp_folder.h"

namespace keystamp::test {
namespace {

using db::UnitState;

class Migrations : public ::testing::Test {
protected:
    std::unique_ptr<db::Journal> from(int version) {
        const auto dump = readFile(KEYSTAMP_TEST_DATA "/journal-" + std::to_string(version) + ".sql", 1u << 20);
        EXPECT_TRUE(dump);
        SQLite::Database{m_path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE}.exec(*dump);
        auto journal = db::Journal::open(m_path, "test-line");
        EXPECT_TRUE(journal) << describe(journal.error());
        return journal ? std::move(*journal) : nullptr;
    }

    TempFolder m_folder;
    const std::string m_path = m_folder / "journal.db";
};

TEST_F(Migrations, Version1KeepsItsUnitsAndGoesOn) {
    const auto journal = from(1);
    ASSERT_TRUE(journal);
    must(journal->check());
    std::vector<std::string> states;
    must(journal->eachUnit("order-1", [&](const db::Unit& unit) -> Result<void> {
        states.emplace_back(name(unit.state));
        EXPECT_EQ(unit.voidedFor, db::VoidedFor::Nothing);
        EXPECT_EQ(unit.supersedes, Digest{});
        return {};
    }));
    EXPECT_EQ(states, (std::vector<std::string>{"RECORDED", "RECORDED", "ISSUED", "VOID"}));
    EXPECT_EQ(must(journal->batch("order-2")).batch.state, db::BatchState::Paused);
    // and it can do what is new
    const auto unit = must(journal->liveUnit(TestJournal::id("order-1-000001")));
    ASSERT_TRUE(unit);
    must(journal->voidUnit(unit->number, "cracked", "erika", db::VoidedFor::Scrap));
    must(journal->check());
    db::Reservation again;
    again.batch = "order-1";
    again.scan = "another label";
    again.uid = unit->uid;
    again.fixture = "F1";
    again.job = "job";
    EXPECT_EQ(codeOf(journal->reserve(again)), "board-scrapped");
}

TEST_F(Migrations, Version2TakesImportedUnitsAndNoOtherWord) {
    const auto journal = from(2);
    ASSERT_TRUE(journal);
    must(journal->check());
    EXPECT_EQ(must(journal->batch("order-1")).recorded, 2u);
    db::Batch batch;
    batch.name = "order-3";
    batch.mode = Mode::Imported;
    batch.scopeId = "0ne00ABCDEF";
    batch.count = 1;
    must(journal->createBatch(batch, {{TestJournal::id("pump-1"), "", {}}}));
    db::Reservation wanted;
    wanted.batch = "order-3";
    wanted.id = TestJournal::id("pump-1");
    wanted.scan = "pump-1";
    wanted.uid = TestJournal::uid("new board");
    wanted.fixture = "F1";
    wanted.job = "job";
    EXPECT_EQ(must(journal->reserve(wanted)).origin, db::KeyOrigin::Imported);
    must(journal->check());
    SQLite::Database database{m_path, SQLite::OPEN_READWRITE};
    EXPECT_THROW(database.exec("UPDATE batch SET mode = 'other'"), SQLite::Exception);
    EXPECT_THROW(database.exec("UPDATE unit SET origin = 'other'"), SQLite::Exception);
    EXPECT_EQ(database.execAndGet("PRAGMA integrity_check").getString(), "ok");
}

TEST_F(Migrations, Version3KeepsItsUnitsAndTakesPersons) {
    const auto journal = from(3);
    ASSERT_TRUE(journal);
    must(journal->check());
    EXPECT_EQ(must(journal->batch("order-1")).recorded, 1u);
    EXPECT_EQ(must(journal->batch("order-3")).recorded, 2u);
    EXPECT_EQ(must(journal->history(TestJournal::id("order-1-000001"))).at(0).voidedFor, db::VoidedFor::Rework);
    EXPECT_EQ(must(journal->jobsOf(TestJournal::id("order-2-000001"))).at(0).who, "") << "nobody could log in then";
    db::People people{*journal};
    EXPECT_TRUE(must(people.present()).empty());
    must(people.add("erika", db::Role::Operator, db::badgeDigest(asBytes("B-0001")), "demo"));
    db::Reservation wanted;
    wanted.batch = "order-1";
    wanted.scan = "new label";
    wanted.uid = TestJournal::uid("new board");
    wanted.fixture = "F1";
    wanted.job = "job";
    wanted.who = "erika";
    EXPECT_EQ(must(journal->reserve(wanted)).who, "erika");
    must(journal->check());
    SQLite::Database database{m_path, SQLite::OPEN_READWRITE};
    EXPECT_THROW(database.exec("DELETE FROM person"), SQLite::Exception);
    EXPECT_THROW(database.exec("UPDATE person SET role = 'other'"), SQLite::Exception);
}

TEST_F(Migrations, EvidenceMayBeThatABoardAcceptedItAndNoOtherWord) {
    const auto journal = from(3);
    ASSERT_TRUE(journal);
    SQLite::Database database{m_path, SQLite::OPEN_READWRITE};
    EXPECT_EQ(database.exec("UPDATE unit SET evidence = 'accepted' WHERE state = 'RECORDED' AND batch = 'order-1'"), 1);
    int accepted = 0;
    must(journal->eachUnit("order-1", [&](const db::Unit& unit) -> Result<void> {
        accepted += unit.evidence == db::Evidence::Accepted ? 1 : 0;
        return {};
    }));
    EXPECT_EQ(accepted, 1);
    EXPECT_THROW(database.exec("UPDATE unit SET evidence = 'hearsay'"), SQLite::Exception);
    EXPECT_EQ(database.execAndGet("PRAGMA integrity_check").getString(), "ok");
}

TEST_F(Migrations, Version4KeepsItsPersonsAndTakesExtensions) {
    const auto journal = from(4);
    ASSERT_TRUE(journal);
    must(journal->check());
    EXPECT_EQ(must(journal->batch("order-1")).recorded, 2u);
    EXPECT_FALSE(must(journal->batch("order-2")).extension.has_value());
    EXPECT_EQ(must(db::People{*journal}.present()).at(0).name, "erika");
    must(journal->extendBatch("order-2", 3, 1, {{TestJournal::id("pump-3"), "Pump three", {}}}, "one more", "anna"));
    EXPECT_EQ(must(journal->batch("order-2")).batch.count, 2u);
    must(journal->releaseBatch("order-2", "zoe"));
    EXPECT_EQ(must(journal->batch("order-2")).batch.count, 3u);
    EXPECT_EQ(must(journal->listed("order-2", TestJournal::id("pump-3"))).name, "Pump three");
    must(journal->check());
}

TEST_F(Migrations, BatchesMayRequireEvidence) {
    const auto journal = from(4);
    ASSERT_TRUE(journal);
    EXPECT_EQ(must(journal->batch("order-1")).batch.required, db::Evidence::None);
    for (const auto required : {db::Evidence::None, db::Evidence::Proof, db::Evidence::ReadBack, db::Evidence::Digest}) {
        db::Batch batch;
        batch.name = "strict-" + std::to_string(static_cast<int>(required));
        batch.scopeId = "0ne00ABCDEF";
        batch.pattern = batch.name + "-{seq}";
        batch.count = 1;
        batch.required = required;
        must(journal->createBatch(batch, {}));
        EXPECT_EQ(must(journal->batch(batch.name)).batch.required, required);
    }
    must(journal->check());
    SQLite::Database database{m_path, SQLite::OPEN_READWRITE};
    EXPECT_THROW(database.exec("UPDATE batch SET requires = 'other'"), SQLite::Exception);
}

TEST_F(Migrations, WhatTheCloudSaysAndSamplesAreKept) {
    const auto journal = from(4);
    ASSERT_TRUE(journal);
    EXPECT_EQ(must(journal->batch("order-1")).batch.sampleOf, 0u);
    EXPECT_EQ(must(journal->batch("order-1")).batch.stopped, "");
    must(db::CloudStates::keep(*journal, {{TestJournal::id("order-1-000001"), db::CloudState::Missing, "iotc-export"}}, "{}", "erika"));
    EXPECT_EQ(must(db::CloudStates{*journal}.of(TestJournal::id("order-1-000001")))->state, db::CloudState::Missing);
    must(journal->check());
    SQLite::Database database{m_path, SQLite::OPEN_READWRITE};
    EXPECT_THROW(database.exec("UPDATE cloud_device SET state = 'other'"), SQLite::Exception);
    EXPECT_THROW(database.exec("UPDATE batch SET sample = 2, sample_of = 1"), SQLite::Exception);
    EXPECT_THROW(database.exec("INSERT INTO sample VALUES(1, 'other', '', 0)"), SQLite::Exception);
}

}  // namespace
}  // namespace keystamp::test
