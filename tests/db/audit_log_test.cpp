// SPDX-License-Identifier: Apache-2.0
// What is done to an exported log behind the station's back, and whether it is found.
#include "db/audit_log.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <thread>

#include "core/file.h"
#include "tests/support/crypto.h"
#include "tests/support/fake_ca.h"
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

/// A log of 1,000 rows, exported, with a signed checkpoint over all but its last row, which is the checkpoint's own.
class ExportedLog : public testing::Test {
protected:
    static constexpr int kUnits = 499;

    void SetUp() override {
        journal.patternBatch("b", Mode::X509, kUnits);
        for (int n = 0; n < kUnits; ++n) journal.recorded("b", std::to_string(n));
        const auto head = must(journal->head(0));
        checkpoint = {head.origin, head.size, head.root, {}};
        checkpoint.signature = signWith(key, asBytes(db::checkpointText(checkpoint)));
        must(journal->saveCheckpoint(checkpoint));
        must(db::exportAuditLog(*journal, path()));
        log = must(readFile(path()));
        for (std::size_t at = 0; at < log.size(); at = log.find('\n', at) + 1) starts.push_back(at);
        ASSERT_EQ(starts.size(), checkpoint.size + 1);
        ASSERT_EQ(starts.size(), 1000u);
    }
    std::string path() const { return journal.folder() / "audit.jsonl"; }
    std::string row(std::size_t n) const { return log.substr(starts[n], log.find('\n', starts[n]) + 1 - starts[n]); }
    std::string verify(const std::string& content) {
        std::ofstream{path(), std::ios::trunc} << content;
        return codeOf(db::verifyAuditFile(path(), checkpoint, std::nullopt));
    }

    TestJournal journal;
    const Bytes key = newKey();
    const std::string publicKey = publicKeyPem(key);
    db::Checkpoint checkpoint;
    std::string log;
    std::vector<std::size_t> starts;
};

TEST_F(ExportedLog, VerifiesAsItIsInTheFileAndInTheJournal) {
    const auto report = must(db::verifyAuditFile(path(), checkpoint, publicKey));
    EXPECT_EQ(report.rows, checkpoint.size + 1);
    EXPECT_EQ(report.root, must(journal->head(0)).root);
    EXPECT_EQ(must(db::verifyAuditLog(*journal, checkpoint, publicKey)).rows, checkpoint.size + 1);
    EXPECT_EQ(must(db::verifyAuditFile(path(), std::nullopt, std::nullopt)).rows, checkpoint.size + 1);
    EXPECT_EQ(must(db::parseCheckpoint(must(readFile(path() + ".checkpoint")))).signature, checkpoint.signature);
}

TEST_F(ExportedLog, EveryFlippedByteIsFound) {
    // Of the rows that the checkpoint is of: the first and last ones whole, of the others every 389th byte, or each with KEYSTAMP_FULL; a
    // different bit each time. In place, for there are many, and each verification reads a whole file: a file a core.
    const std::size_t end = starts.back();
    const std::size_t step = std::getenv("KEYSTAMP_FULL") != nullptr ? 1 : 389;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < end; at += (at < 1500 || at + 1500 > end) ? 1 : step) places.push_back(at);
    EXPECT_GT(places.size(), 3000u);
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::vector<std::size_t> missed;
    const auto flip = [&](const std::string& copy) {
        must(writeFile(copy, log));
        const UniqueFd file{::open(copy.c_str(), O_WRONLY | O_CLOEXEC)};
        for (std::size_t n = 0; (n = next++) < places.size();) {
            const std::size_t at = places[n];
            const char changed = static_cast<char>(log[at] ^ (1 << (at % 8)));
            const bool there = ::pwrite(file.get(), &changed, 1, static_cast<off_t>(at)) == 1;
            const bool found = there && codeOf(db::verifyAuditFile(copy, checkpoint, std::nullopt)) == "records-altered";
            const bool back = ::pwrite(file.get(), &log[at], 1, static_cast<off_t>(at)) == 1;
            const std::scoped_lock lock{mutex};
            if (!found || !back) missed.push_back(at);
        }
        EXPECT_EQ(codeOf(db::verifyAuditFile(copy, checkpoint, publicKey)), "ok") << "each byte is as it was";
    };
    std::vector<std::thread> flippers;
    for (unsigned n = 0; n < std::max(1u, std::thread::hardware_concurrency()); ++n) flippers.emplace_back(flip, path() + std::to_string(n));
    for (auto& flipper : flippers) flipper.join();
    for (const std::size_t at : missed) ADD_FAILURE() << "byte " << at;
    std::printf("%zu of %zu bytes flipped, %zu of them not found\n", places.size(), end, missed.size());
}

TEST_F(ExportedLog, EveryDroppedDoubledSwappedOrCutRowIsFound) {
    // every fifth row and the last, or each with KEYSTAMP_FULL
    const std::size_t step = std::getenv("KEYSTAMP_FULL") != nullptr ? 1 : 5;
    for (std::size_t n = 0; n < checkpoint.size; n = n + step < checkpoint.size || n + 1 == checkpoint.size ? n + step : checkpoint.size - 1) {
        const std::size_t length = row(n).size();
        ASSERT_EQ(verify(std::string{log}.erase(starts[n], length)), "records-altered") << "without row " << n + 1;
        ASSERT_EQ(verify(std::string{log}.insert(starts[n], row(n))), "records-altered") << "row " << n + 1 << " twice";
        if (n + 1 < checkpoint.size) {
            const std::string swapped = log.substr(0, starts[n]) + row(n + 1) + row(n) + log.substr(starts[n + 2]);
            ASSERT_EQ(verify(swapped), "records-altered") << "rows " << n + 1 << " and " << n + 2;
        }
        ASSERT_EQ(verify(log.substr(0, starts[n])), "records-altered") << "cut before row " << n + 1;
        ASSERT_EQ(verify(log.substr(0, starts[n] + length - 1)), "records-altered") << "cut in row " << n + 1;
    }
    EXPECT_EQ(verify(log.substr(0, starts.back())), "ok") << "the row after the checkpoint is nobody's promise";
    EXPECT_EQ(verify(log + "\n"), "records-altered");
    EXPECT_EQ(verify(""), "records-altered");
}

TEST_F(ExportedLog, ALogThatIsWholeButAnotherOneIsFound) {
    // written anew from one row on, with all hashes right: only the checkpoint tells
    TestJournal other;
    other.patternBatch("b", Mode::X509, kUnits);
    for (int n = 0; n < kUnits; ++n) other.recorded("b", std::to_string(n));
    must(other->audit("x", "{}"));
    must(db::exportAuditLog(*other, path()));
    EXPECT_EQ(codeOf(db::verifyAuditFile(path(), std::nullopt, std::nullopt)), "ok");
    EXPECT_EQ(codeOf(db::verifyAuditFile(path(), checkpoint, publicKey)), "records-altered");
}

TEST_F(ExportedLog, TheMessageNamesTheRow) {
    std::string changed = log;
    changed[starts[17] + 60] = static_cast<char>(changed[starts[17] + 60] ^ 1);
    must(writeFile(path(), changed));
    const auto found = db::verifyAuditFile(path(), checkpoint, publicKey);
    ASSERT_FALSE(found.ok());
    EXPECT_NE(found.error().detail.find("row 18"), std::string::npos) << found.error().detail;
}

TEST_F(ExportedLog, ACheckpointThatWasNotSignedOrChangedIsFound) {
    const std::string file = db::checkpointFile(checkpoint);
    EXPECT_EQ(codeOf(db::verifyAuditFile(path(), checkpoint, publicKeyPem(newKey()))), "records-altered");
    for (std::size_t at = 0; at < file.size(); ++at) {
        std::string changed = file;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        const auto parsed = db::parseCheckpoint(changed);
        if (!parsed) continue;
        EXPECT_EQ(codeOf(db::verifyAuditFile(path(), *parsed, publicKey)), "records-altered") << "byte " << at;
    }
    EXPECT_EQ(codeOf(db::verifyAuditFile(path(), checkpoint, std::string{"no key"})), "bad-usage");
}

TEST_F(ExportedLog, ChangesInTheJournalItselfAreFound) {
    SQLite::Database behind{journal.path(), SQLite::OPEN_READWRITE};
    behind.exec("DROP TRIGGER audit_unchanged; DROP TRIGGER audit_stays");
    const std::vector<std::string> deeds{
        "UPDATE audit SET line = replace(line, '\"F1\"', '\"F2\"') WHERE number = 50",
        "DELETE FROM audit WHERE number = 50",
        "DELETE FROM audit WHERE number >= 50",
        "UPDATE audit SET number = number + 1000 WHERE number >= 50",
        "UPDATE audit SET line = line || ' ' WHERE number = (SELECT max(number) - 1 FROM audit)",
    };
    for (const auto& deed : deeds) {
        behind.exec("CREATE TEMP TABLE kept AS SELECT * FROM audit");
        behind.exec(deed);
        EXPECT_EQ(codeOf(db::verifyAuditLog(*journal, checkpoint, publicKey)), "records-altered") << deed;
        behind.exec("DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; DROP TABLE kept");
    }
    EXPECT_EQ(codeOf(db::verifyAuditLog(*journal, checkpoint, publicKey)), "ok");
}

// Stock OpenSSL accepts what an auditor finds in the checkpoint's file.
TEST_F(ExportedLog, StockOpensslVerifiesTheCheckpoint) {
    must(writeFile(journal.folder() / "audit.pub.pem", publicKey));
    const std::string command = "cd '" + journal.folder().path() +
                                "' && head -n 3 audit.jsonl.checkpoint >text && sed -n 's/^— signature //p' audit.jsonl.checkpoint | "
                                "base64 -d >sig && openssl dgst -sha256 -verify audit.pub.pem -signature sig text >/dev/null 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace keystamp::test
