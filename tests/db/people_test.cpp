// SPDX-License-Identifier: Apache-2.0
#include "db/people.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <nlohmann/json.hpp>

#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

using db::Role;
using Json = nlohmann::json;

Digest badge(const std::string& code) { return db::badgeDigest(asBytes(code)); }

std::vector<Json> rowsOf(db::Journal& journal) {
    std::vector<Json> rows;
    must(journal.eachAuditRow([&](const db::AuditRow& row) {
        rows.push_back(Json::parse(row.line));
        return Result<void>{};
    }));
    return rows;
}

std::string whoIn(const Json& row) { return row.value("who", "nobody"); }

class People : public ::testing::Test {
protected:
    TestJournal m_journal;
    db::People m_people{*m_journal};
};

TEST_F(People, AreAddedAndRemovedEachWithAnAuditRow) {
    must(m_people.add("erika", Role::Operator, badge("B-0001"), "anna"));
    must(m_people.add("bert", Role::Auditor, badge("B-0002"), "anna"));
    must(m_people.remove("erika", "chris"));
    const auto present = must(m_people.present());
    ASSERT_EQ(present.size(), 1u);
    EXPECT_EQ(present[0].name, "bert");
    EXPECT_EQ(present[0].role, Role::Auditor);
    EXPECT_EQ(present[0].badge, badge("B-0002"));
    EXPECT_EQ(present[0].addedBy, "anna");
    const auto rows = rowsOf(*m_journal);
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0]["kind"], "person-add");
    EXPECT_EQ(rows[0]["person"], "erika");
    EXPECT_EQ(rows[0]["role"], "operator");
    EXPECT_EQ(rows[2]["kind"], "person-remove");
    EXPECT_EQ(rows[2]["who"], "chris");
    for (const Json& row : rows) EXPECT_EQ(row.dump().find("B-000"), std::string::npos) << "a badge's code is nobody's to read";
}

TEST_F(People, StandOnceByNameAndByBadgeWhileTheyAreHere) {
    must(m_people.add("erika", Role::Operator, badge("B-0001"), "anna"));
    EXPECT_EQ(codeOf(m_people.add("erika", Role::Auditor, badge("B-0002"), "anna")), "person-exists");
    const auto taken = m_people.add("bert", Role::Operator, badge("B-0001"), "anna");
    ASSERT_EQ(codeOf(taken), "person-exists");
    EXPECT_NE(taken.error().detail.find("erika"), std::string::npos);
    EXPECT_EQ(rowsOf(*m_journal).size(), 1u);
    must(m_people.remove("erika", "anna"));
    must(m_people.add("bert", Role::Operator, badge("B-0001"), "anna"));
    must(m_people.add("erika", Role::Operator, badge("B-0003"), "anna"));
    EXPECT_EQ(must(m_people.present()).size(), 2u);
}

TEST_F(People, WhoIsNotHereCannotBeRemoved) {
    EXPECT_EQ(codeOf(m_people.remove("erika", "anna")), "unknown-person");
    must(m_people.add("erika", Role::Operator, badge("B-0001"), "anna"));
    must(m_people.remove("erika", "anna"));
    EXPECT_EQ(codeOf(m_people.remove("erika", "anna")), "unknown-person");
    EXPECT_EQ(rowsOf(*m_journal).size(), 2u);
}

TEST_F(People, HaveNamesThatCanStandInALine) {
    for (const std::string name : {"", " erika", "erika ", "eri\nka", "eri\xff\xfe"}) {
        EXPECT_EQ(codeOf(m_people.add(name, Role::Operator, badge("B-0001"), "anna")), "bad-usage") << name;
    }
    EXPECT_EQ(codeOf(m_people.add(std::string(65, 'e'), Role::Operator, badge("B-0001"), "anna")), "bad-usage");
    must(m_people.add("Jörg Müller", Role::Operator, badge("B-0001"), "anna"));
}

// Each is a way to let somebody in behind the program's back.
TEST_F(People, WhomTheAuditLogDoesNotKnowAreFound) {
    const std::vector<std::string> lies{
        "INSERT INTO person(name, role, badge, added_by, added_at) VALUES('eve', 'operator', zeroblob(32), 'anna', 0)",
        "UPDATE person SET role = 'supervisor' WHERE name = 'bert'",
        "UPDATE person SET name = 'eve' WHERE name = 'bert'",
        "UPDATE person SET removed_at = NULL WHERE name = 'erika'",
        "UPDATE person SET removed_at = 1 WHERE name = 'bert'",
    };
    for (const auto& lie : lies) {
        TestJournal journal;
        db::People people{*journal};
        must(people.add("erika", Role::Operator, badge("B-0001"), "anna"));
        must(people.add("bert", Role::Operator, badge("B-0002"), "anna"));
        must(people.remove("erika", "anna"));
        must(journal->check());
        SQLite::Database{journal.path(), SQLite::OPEN_READWRITE}.exec(lie);
        EXPECT_EQ(codeOf(journal->check()), "records-altered") << lie;
    }
    EXPECT_EQ(codeOf(m_journal->audit("person-add", R"({"person":"eve","role":"operator"})")), "internal");
}

TEST(BadgeDigest, IsWhatAnyPbkdf2Makes) {
    // openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt pass:B-0001 -kdfopt salt:keystamp-badge-v1 -kdfopt iter:10000 PBKDF2
    EXPECT_EQ(toHex(badge("B-0001")), "3d6a8ee934351ac35c243687de08f8ccb55cf954d4fe90855f48803a5acec07a");
}

class WorkOfPersons : public ::testing::Test {
protected:
    void SetUp() override { m_journal.patternBatch("b", Mode::X509, 10); }
    db::Unit reserved(const std::string& board, const std::string& who) {
        auto wanted = TestJournal::reservation("b", board);
        wanted.who = who;
        return must(m_journal->reserve(wanted));
    }
    static db::JobRecord job(const db::Unit& unit, db::Verdict verdict, const std::string& who) {
        auto one = TestJournal::job(unit, verdict);
        one.who = who;
        return one;
    }
    TestJournal m_journal;
};

TEST_F(WorkOfPersons, IsInTheAuditLogUnderTheirNames) {
    // a name that would end the row early, were it not written with care
    const std::string who = "x\",\"credential\":\"00";
    const auto unit = reserved("1", who);
    m_journal.advance(unit, db::UnitState::Verified);
    must(m_journal->record(unit.number, job(unit, db::Verdict::Pass, who)));
    const auto bad = reserved("2", "bert");
    must(m_journal->endJob(job(bad, db::Verdict::Fail, "bert")));
    const auto rows = rowsOf(*m_journal);
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(rows[1]["kind"], "issue");
    EXPECT_EQ(whoIn(rows[1]), who);
    EXPECT_EQ(rows[2]["kind"], "record");
    EXPECT_EQ(whoIn(rows[2]), who);
    EXPECT_EQ(rows[3]["kind"], "fail");
    EXPECT_EQ(whoIn(rows[3]), "bert");
    EXPECT_EQ(must(m_journal->jobsOf(unit.id)).at(0).who, who);
    must(m_journal->check());
}

TEST_F(WorkOfPersons, GoesOnUnderTheNameOfWhoeverTakesItUp) {
    const auto unit = reserved("1", "erika");
    m_journal.advance(unit, db::UnitState::Verified);
    must(m_journal->resume(unit.number, "F2", "another job", "bert"));
    EXPECT_EQ(must(m_journal->liveUnit(unit.id))->who, "bert");
    must(m_journal->record(unit.number, job(unit, db::Verdict::Pass, "bert")));
    const auto rows = rowsOf(*m_journal);
    EXPECT_EQ(whoIn(rows[1]), "erika");
    EXPECT_EQ(whoIn(rows[2]), "bert");
}

TEST_F(WorkOfPersons, WithoutAPersonNamesNobody) {
    m_journal.recorded("b", "1");
    for (const Json& row : rowsOf(*m_journal)) {
        EXPECT_EQ(row.contains("who"), row["kind"] == "batch-create") << row;
    }
}

}  // namespace
}  // namespace keystamp::test
