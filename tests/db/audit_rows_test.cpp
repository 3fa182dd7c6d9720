// SPDX-License-Identifier: Apache-2.0
#include <SQLiteCpp/SQLiteCpp.h>

#include <nlohmann/json.hpp>

#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

std::vector<std::string> linesOf(db::Journal& journal) {
    std::vector<std::string> lines;
    must(journal.eachAuditRow([&](const db::AuditRow& row) {
        EXPECT_EQ(row.number, lines.size() + 1);
        lines.push_back(row.line);
        return Result<void>{};
    }));
    return lines;
}

std::vector<std::string> kindsOf(db::Journal& journal) {
    std::vector<std::string> kinds;
    for (const auto& line : linesOf(journal)) kinds.push_back(nlohmann::json::parse(line)["kind"]);
    return kinds;
}

TEST(AuditRows, EachNamesTheHashOfTheOneBefore) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    journal.recorded("b", "1");
    must(journal->audit("shift-end", R"({"who":"erika","count":3})"));
    const auto lines = linesOf(*journal);
    std::string before(64, '0');
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto row = nlohmann::json::parse(lines[i]);
        EXPECT_EQ(row["n"], i + 1);
        EXPECT_EQ(row["prev"], before);
        EXPECT_TRUE(parseUtc(row["time"]).ok());
        before = toHex(sha256(lines[i]));
    }
    EXPECT_EQ(nlohmann::json::parse(lines.back())["who"], "erika");
}

TEST(AuditRows, TellOfEverythingThatMustBeTold) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto unit = journal.recorded("b", "1");
    const auto bad = must(journal->reserve(TestJournal::reservation("b", "2")));
    must(journal->endJob(TestJournal::job(bad, db::Verdict::Fail, "board-refused")));
    must(journal->endJob(TestJournal::job(bad, db::Verdict::Error, "board-silent")));
    must(journal->voidUnit(bad.number, "refused", "station"));
    must(journal->setBatchState("b", db::BatchState::Closed, "erika"));
    const auto head = must(journal->head(0));
    must(journal->saveCheckpoint({head.origin, head.size, head.root, Bytes{1}}));
    EXPECT_EQ(kindsOf(*journal), (std::vector<std::string>{"batch-create", "issue", "record", "fail", "void", "batch-state", "checkpoint"}));
    const auto issue = nlohmann::json::parse(linesOf(*journal)[1]);
    EXPECT_EQ(issue["serial"], toHex(unit.serial));
    EXPECT_EQ(issue["credential"], toHex(unit.credential));
    EXPECT_EQ(issue["uid"], toHex(unit.uid));
}

TEST(AuditRows, ARefusedStepLeavesNone) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto unit = must(journal->reserve(TestJournal::reservation("b", "1")));
    EXPECT_EQ(codeOf(journal->issue(unit.number, Bytes{1}, sha256(BytesView{Bytes{1}}))), "internal");
    EXPECT_EQ(codeOf(journal->audit("x", "[1]")), "internal");
    EXPECT_EQ(codeOf(journal->audit("x", R"({"prev":"00"})")), "internal");
    EXPECT_EQ(codeOf(journal->audit("issue", R"({"unit":1})")), "internal");
    EXPECT_EQ(linesOf(*journal).size(), 1u);
}

TEST(AuditRows, CannotBeChangedOrDeletedThroughTheDatabase) {
    TestJournal journal;
    must(journal->audit("x", "{}"));
    SQLite::Database other{journal.path(), SQLite::OPEN_READWRITE};
    EXPECT_THROW(other.exec("UPDATE audit SET line = 'y'"), SQLite::Exception);
    EXPECT_THROW(other.exec("DELETE FROM audit"), SQLite::Exception);
}

TEST(AuditRows, TextThatIsNotUtf8DoesNotStopAJob) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto unit = must(journal->reserve(TestJournal::reservation("b", "1")));
    auto job = TestJournal::job(unit, db::Verdict::Fail, "board-refused");
    job.detail = "\xff\xfe\n\"";
    must(journal->endJob(job));
    EXPECT_EQ(must(journal->jobsOf(unit.id))[0].detail, job.detail);
    EXPECT_EQ(kindsOf(*journal).back(), "fail");
    must(journal->check());
}

TEST(AuditHead, ProvesThatItExtendsEveryHeadBefore) {
    TestJournal journal;
    std::vector<db::Journal::Head> heads{must(journal->head(0))};
    EXPECT_EQ(heads[0].size, 0u);
    for (int n = 0; n < 33; ++n) {
        must(journal->audit("x", R"({"v":)" + std::to_string(n) + "}"));
        heads.push_back(must(journal->head(0)));
        EXPECT_EQ(heads.back().origin, "test-line");
    }
    const auto& now = heads.back();
    for (const auto& old : heads) {
        const auto proven = must(journal->head(old.size));
        EXPECT_EQ(proven.root, now.root);
        EXPECT_TRUE(isExtension(old.size, old.root, now.size, now.root, proven.proof)) << old.size;
        if (old.size == 0 || old.size == now.size) continue;
        auto wrong = old.root;
        wrong[3] ^= 1;
        EXPECT_FALSE(isExtension(old.size, wrong, now.size, now.root, proven.proof)) << old.size;
    }
    EXPECT_EQ(codeOf(journal->head(34)), "records-altered");
}

TEST(AuditHead, NoHeadOfABrokenChain) {
    TestJournal journal;
    for (int n = 0; n < 9; ++n) must(journal->audit("x", "{}"));
    SQLite::Database other{journal.path(), SQLite::OPEN_READWRITE};
    other.exec("DROP TRIGGER audit_unchanged; DROP TRIGGER audit_stays; UPDATE audit SET line = replace(line, '\"x\"', '\"y\"') WHERE number = 4");
    const auto broken = journal->head(0);
    ASSERT_EQ(codeOf(broken), "records-altered");
    EXPECT_NE(broken.error().detail.find("row 4"), std::string::npos) << broken.error().detail;
    EXPECT_EQ(codeOf(journal->check()), "records-altered");
    other.exec("DELETE FROM audit WHERE number = 4");
    EXPECT_EQ(codeOf(journal->head(0)), "records-altered");
}

TEST(Checkpoints, TheLastOneIsKept) {
    TestJournal journal;
    EXPECT_FALSE(must(journal->lastCheckpoint()));
    EXPECT_FALSE(must(journal->lastTime()));
    must(journal->audit("x", "{}"));
    EXPECT_TRUE(must(journal->lastTime()));
    const auto head = must(journal->head(0));
    EXPECT_EQ(codeOf(journal->saveCheckpoint({head.origin, head.size + 1, head.root, Bytes{1}})), "internal");
    must(journal->saveCheckpoint({head.origin, head.size, head.root, Bytes{1, 2, 3}}));
    journal.reopen();
    const auto last = must(journal->lastCheckpoint());
    ASSERT_TRUE(last);
    EXPECT_EQ(last->origin, "test-line");
    EXPECT_EQ(last->size, 1u);
    EXPECT_EQ(last->root, head.root);
    EXPECT_EQ(last->signature, (Bytes{1, 2, 3}));
}

// Each is a way to lie about a unit behind the program's back.
TEST(Check, FindsUnitsThatDoNotAgreeWithTheAuditLog) {
    // the table's own CHECKs see the clumsiest; a liar turns them off
    const std::string unchecked = "PRAGMA ignore_check_constraints = ON; ";
    const std::vector<std::string> lies{
        "UPDATE unit SET state = 'RECORDED' WHERE id = 'b-0002'",
        "UPDATE unit SET state = 'ISSUED' WHERE id = 'b-0001'",
        "UPDATE unit SET state = 'VOID', void_from = 'RECORDED' WHERE id = 'b-0001'",
        "UPDATE unit SET state = 'ISSUED' WHERE id = 'b-0003'",
        "UPDATE unit SET credential = x'00' WHERE id = 'b-0001'",
        "UPDATE unit SET certificate = x'00' WHERE id = 'b-0001'",
        "DROP TRIGGER unit_stays; DELETE FROM unit WHERE id = 'b-0002'",
        "UPDATE batch SET used = used - 1",
        "PRAGMA foreign_keys = OFF; UPDATE unit SET batch = 'gone' WHERE id = 'b-0002'",
    };
    for (const auto& lie : lies) {
        TestJournal journal;
        journal.patternBatch("b", Mode::X509, 10);
        journal.recorded("b", "1");
        journal.advance(must(journal->reserve(TestJournal::reservation("b", "2"))), db::UnitState::Issued);
        must(journal->reserve(TestJournal::reservation("b", "3")));
        must(journal->check());
        SQLite::Database{journal.path(), SQLite::OPEN_READWRITE}.exec(unchecked + lie);
        EXPECT_NE(codeOf(journal->check()), "ok") << lie;
    }
}

}  // namespace
}  // namespace keystamp::test
