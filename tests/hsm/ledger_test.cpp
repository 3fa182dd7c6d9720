// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ledger.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <random>
#include <thread>

#include "tests/support/temp_folder.h"

namespace keystamp::hsm {
namespace {

DeviceId device(int number) { return std::move(DeviceId::parse("b1-" + std::to_string(number))).value(); }

constexpr const char* kAsOfVersion4 = "DROP TABLE extension_id; DROP TABLE extension; DROP TABLE sealed; DROP TABLE crl; DROP INDEX serial_void; DROP TABLE pin_tries; DROP TRIGGER serial_ended; ALTER TABLE grant_ DROP COLUMN issued;"
                                       "ALTER TABLE grant_ DROP COLUMN interrupted;";

class LedgerRules : public testing::Test {
protected:
    LedgerRules() {
        EXPECT_TRUE(openSecureHeap());
        m_ledger = reopen();
    }
    std::unique_ptr<Ledger> reopen() {
        auto ledger = Ledger::open(m_folder / "ledger.db", [this] { return m_now; });
        EXPECT_TRUE(ledger) << describe(ledger.error());
        return ledger ? std::move(*ledger) : nullptr;
    }
    void grant(std::uint64_t cap, Mode mode = Mode::X509) {
        Grant grant;
        grant.batch = "b1";
        grant.mode = mode;
        grant.cap = cap;
        grant.pattern = "b1-{seq}";
        grant.first = 1;
        grant.last = 100000;
        ASSERT_TRUE(m_ledger->openGrant(grant, "anna"));
    }
    static Serial serial(int number) { return Serial{0x01, static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)}; }
    static LeafDraft draft(int number, int key) { return {serial(number), sha256("key " + std::to_string(key)), Bytes{1, 2, 3}}; }
    static LeafIntent intent(int number, int id) { return {"b1", "job", device(id), serial(number), {}}; }
    Result<void> reserveAndIntend(int number, int id, int key) {
        if (const auto done = m_ledger->reserve("b1", device(id), "job", serial(number)); !done) return done;
        return m_ledger->intend(intent(number, id), draft(number, key));
    }

    /// Running totals beside a count over the rows.
    void expectTotals(std::initializer_list<std::string> batches) {
        SQLite::Database database{m_folder / "ledger.db", SQLite::OPEN_READONLY};
        for (const std::string& batch : batches) {
            const auto rows = [&](const std::string& condition, const std::string& what = "count(*) FROM serial") {
                SQLite::Statement count{database, "SELECT " + what + " WHERE batch = ?1 AND " + condition};
                count.bind(1, batch);
                count.executeStep();
                return static_cast<std::uint64_t>(count.getColumn(0).getInt64());
            };
            const auto counts = m_ledger->counts(batch);
            ASSERT_TRUE(counts) << describe(counts.error());
            EXPECT_EQ(counts->reserved, rows("1"));
            EXPECT_EQ(counts->intents, rows("state <> 'reserved'"));
            EXPECT_EQ(counts->issued, rows("state = 'issued'"));
            EXPECT_EQ(counts->interrupted, rows("state = 'interrupted'"));
            EXPECT_EQ(counts->derived, rows("1", "count(DISTINCT id) FROM derivation"));
        }
    }

    test::TempFolder m_folder;
    UtcTime m_now = utcNow();
    std::unique_ptr<Ledger> m_ledger;
};

TEST_F(LedgerRules, AnIntentCutOffByTheEndIsInterruptedAtTheNextStart) {
    grant(10);
    ASSERT_TRUE(reserveAndIntend(1, 1, 1));
    ASSERT_TRUE(reserveAndIntend(2, 2, 2));
    ASSERT_TRUE(m_ledger->issued(serial(2), Bytes{7}));
    m_ledger.reset();
    m_ledger = reopen();
    EXPECT_EQ(*m_ledger->takeOver(), 1u);
    EXPECT_EQ((*m_ledger->find(serial(1)))->state, SerialState::Interrupted);
    EXPECT_EQ((*m_ledger->find(serial(2)))->certificate, Bytes{7});
    EXPECT_EQ(m_ledger->issued(serial(1), Bytes{8}).error().code, ErrorCode::IntentLost) << "a late result is not taken";
}

TEST_F(LedgerRules, AnInterruptedKeyMayBeTriedAgainByTheSameDeviceOnly) {
    grant(10);
    ASSERT_TRUE(reserveAndIntend(1, 1, 77));
    ASSERT_TRUE(m_ledger->interrupted(serial(1)));
    EXPECT_EQ(reserveAndIntend(2, 2, 77).error().code, ErrorCode::KeySeenBefore);
    ASSERT_TRUE(m_ledger->reserve("b1", device(1), "job", serial(4)));
    EXPECT_TRUE(reserveAndIntend(3, 1, 77));
    EXPECT_EQ(m_ledger->intend(intent(4, 1), draft(4, 77)).error().code, ErrorCode::KeySeenBefore) << "now it is intended";
    ASSERT_TRUE(m_ledger->issued(serial(3), Bytes{7}));
    EXPECT_EQ(m_ledger->intend(intent(4, 1), draft(4, 77)).error().code, ErrorCode::KeySeenBefore) << "now it is issued";
}

TEST_F(LedgerRules, AnIntentIsTakenOnceAndOnlyAsReserved) {
    grant(10);
    ASSERT_TRUE(reserveAndIntend(1, 1, 1));
    EXPECT_EQ(m_ledger->intend(intent(1, 1), draft(1, 1)).error().code, ErrorCode::SignerRefused);
    ASSERT_TRUE(m_ledger->reserve("b1", device(2), "job", serial(2)));
    EXPECT_EQ(m_ledger->intend(intent(2, 3), draft(2, 2)).error().code, ErrorCode::SignerRefused);
    auto other = intent(2, 2);
    other.job = "another";
    EXPECT_EQ(m_ledger->intend(other, draft(2, 2)).error().code, ErrorCode::SignerRefused);
    EXPECT_EQ(m_ledger->counts("b1")->intents, 1u);
}

TEST_F(LedgerRules, InterruptedIntentsCountAgainstTheCap) {
    grant(2);
    ASSERT_TRUE(reserveAndIntend(1, 1, 1));
    ASSERT_TRUE(m_ledger->interrupted(serial(1)));
    ASSERT_TRUE(reserveAndIntend(2, 1, 1));
    EXPECT_EQ(reserveAndIntend(3, 2, 2).error().code, ErrorCode::CapReached);
    const auto counts = m_ledger->counts("b1");
    EXPECT_EQ(counts->intents, 2u);
    EXPECT_EQ(counts->interrupted, 1u);
}

TEST_F(LedgerRules, ARefusedRequestUndoesNothingOfItsNeighbours) {
    grant(50);
    ASSERT_TRUE(reserveAndIntend(1000, 1000, 1));
    std::atomic<int> good{0};
    std::atomic<int> bad{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 16; ++t) {
        threads.emplace_back([&, t] {
            for (int n = 0; n < 6; ++n) {
                const int number = t * 6 + n;
                const auto done = reserveAndIntend(number, number + 1, n % 2 == 0 ? 100 + number : 1);  // every other one with the seen key
                ++(done ? good : bad);
                EXPECT_TRUE(done || done.error().code == ErrorCode::KeySeenBefore);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 48);
    EXPECT_EQ(bad, 48);
    EXPECT_EQ(m_ledger->counts("b1")->intents, 49u);
    EXPECT_EQ(m_ledger->counts("b1")->reserved, 97u);
    EXPECT_EQ(m_ledger->signaturesByPurpose()->at("leaf"), 49u);
}

TEST_F(LedgerRules, WhatWasAcknowledgedSurvivesAKill) {
    grant(100000);
    m_ledger.reset();
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto ledger = Ledger::open(m_folder / "ledger.db");
        for (int n = 0; n < 60000; ++n) {
            if (!(*ledger)->reserve("b1", device(n + 1), "job", serial(n))) ::_exit(1);
            if (::write(pipe[1], &n, sizeof n) != sizeof n) ::_exit(1);
        }
        ::_exit(1);
    }
    ::close(pipe[1]);
    int last = -1;
    int seen = 0;
    while (::read(pipe[0], &last, sizeof last) == sizeof last && ++seen < 50) {
    }
    ::kill(child, SIGKILL);
    while (::read(pipe[0], &last, sizeof last) == sizeof last) {
    }
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    m_ledger = reopen();
    for (int n = 0; n <= last; ++n) ASSERT_TRUE(*m_ledger->find(serial(n))) << n << " of " << last;
}

TEST_F(LedgerRules, ALedgerOfANewerProgramIsLeftAlone) {
    m_ledger.reset();
    {
        SQLite::Database database{m_folder / "ledger.db", SQLite::OPEN_READWRITE};
        database.exec("PRAGMA user_version=99");
    }
    const auto ledger = Ledger::open(m_folder / "ledger.db");
    ASSERT_FALSE(ledger);
    EXPECT_EQ(ledger.error().code, ErrorCode::JournalFault);
}

TEST_F(LedgerRules, ADerivationIsNotedForEachJobAndCountedForEachId) {
    grant(1, Mode::Sas);
    ASSERT_TRUE(m_ledger->derived("b1", device(1), "one"));
    ASSERT_TRUE(m_ledger->derived("b1", device(1), "one"));
    ASSERT_TRUE(m_ledger->derived("b1", device(1), "two"));
    EXPECT_EQ(m_ledger->derived("b1", device(2), "three").error().code, ErrorCode::CapReached);
    EXPECT_EQ(m_ledger->counts("b1")->derived, 1u);
    EXPECT_EQ(m_ledger->reserve("b1", device(1), "job", serial(1)).error().code, ErrorCode::NotGranted);
}

TEST_F(LedgerRules, SerialsThatNobodyUsesComeToAnEnd) {
    grant(2);
    int number = 0;
    for (; number < 66; ++number) ASSERT_TRUE(m_ledger->reserve("b1", device(1), "job", serial(number))) << number;
    EXPECT_EQ(m_ledger->reserve("b1", device(1), "job", serial(number)).error().code, ErrorCode::CapReached);
    ASSERT_TRUE(m_ledger->voidSerial(serial(0)));
    EXPECT_EQ(m_ledger->reserve("b1", device(1), "job", serial(number)).error().code, ErrorCode::CapReached);
    ASSERT_TRUE(m_ledger->intend(intent(1, 1), draft(1, 1)));
    EXPECT_TRUE(m_ledger->reserve("b1", device(2), "job", serial(number))) << "one was used";
}

TEST_F(LedgerRules, AnIdIsHeldAcrossBatches) {
    grant(10);
    Grant second;
    second.batch = "b2";
    second.cap = 5;
    second.ids = {device(1)};
    ASSERT_TRUE(m_ledger->openGrant(second, "anna"));
    ASSERT_TRUE(reserveAndIntend(1, 1, 1));
    EXPECT_EQ(m_ledger->reserve("b2", device(1), "job", serial(2)).error().code, ErrorCode::SignerRefused) << "it is being signed";
    ASSERT_TRUE(m_ledger->issued(serial(1), Bytes{7}));
    EXPECT_EQ(m_ledger->reserve("b2", device(1), "job", serial(2)).error().code, ErrorCode::SignerRefused);
    ASSERT_TRUE(m_ledger->voidSerial(serial(1)));
    EXPECT_TRUE(m_ledger->reserve("b2", device(1), "job", serial(2)));
}

TEST_F(LedgerRules, ALedgerOfTheFirstVersionKeepsItsNewestLeaf) {
    grant(10);
    ASSERT_TRUE(reserveAndIntend(1, 1, 1));
    ASSERT_TRUE(m_ledger->issued(serial(1), Bytes{7}));
    ASSERT_TRUE(m_ledger->voidSerial(serial(1)));
    ASSERT_TRUE(reserveAndIntend(2, 1, 2));
    ASSERT_TRUE(m_ledger->issued(serial(2), Bytes{8}));
    m_ledger.reset();
    {
        SQLite::Database database{m_folder / "ledger.db", SQLite::OPEN_READWRITE};
        database.exec(std::string{kAsOfVersion4} + "DROP INDEX serial_live_once; DROP INDEX serial_by_id;"
                      "ALTER TABLE serial DROP COLUMN void_at;"
                      "ALTER TABLE grant_ DROP COLUMN unused; DROP TABLE active; DROP TABLE issuer; DROP TABLE identity;"
                      "PRAGMA user_version=1");
    }
    std::filesystem::remove(m_folder / "ledger.db.anchor");  // that version had none
    m_ledger = reopen();
    EXPECT_TRUE((*m_ledger->find(serial(1)))->isVoid);
    EXPECT_FALSE((*m_ledger->find(serial(2)))->isVoid);
}

TEST_F(LedgerRules, TheTotalsOfABatchAreItsRows) {
    grant(60);
    Grant second;
    second.batch = "b2";
    second.cap = 3;
    second.ids = {device(1), device(2)};
    ASSERT_TRUE(m_ledger->openGrant(second, "anna"));
    std::mt19937 dice{20261124};  // the same each time
    const auto roll = [&](int sides) { return static_cast<int>(dice() % static_cast<unsigned>(sides)); };
    int refused = 0;
    int interrupted = 0;
    for (int n = 0; n < 1500; ++n) {
        const std::string batch = roll(8) == 0 ? "b2" : "b1";
        const Serial old = serial(roll(n + 1));
        const int id = 1 + roll(40);
        Result<void> done;
        switch (roll(12)) {
            case 0: done = m_ledger->issued(old, Bytes{7}); break;
            case 1: done = m_ledger->interrupted(old); break;
            case 2: done = m_ledger->voidSerial(old); break;
            case 3: {
                const auto row = *m_ledger->find(old);
                if (row) done = m_ledger->intend({row->batch, row->job, *DeviceId::parse(row->id), old, {}}, {old, sha256(toHex(old)), Bytes{1}});
                break;
            }
            case 4:
                m_ledger.reset();
                m_ledger = reopen();
                interrupted += static_cast<int>(*m_ledger->takeOver());
                break;
            default:
                done = m_ledger->reserve(batch, device(id), "job", serial(n));
                if (done && roll(3) > 0) done = m_ledger->intend({batch, "job", device(id), serial(n), {}}, draft(n, n));
                if (done && roll(3) > 0) done = m_ledger->issued(serial(n), Bytes{7});
        }
        refused += done ? 0 : 1;
        if (n % 50 == 0) expectTotals({"b1", "b2"});
    }
    expectTotals({"b1", "b2"});
    EXPECT_GT(m_ledger->counts("b1")->issued, 10u);
    EXPECT_GT(refused, 100);
    EXPECT_GT(interrupted, 5);
}

TEST_F(LedgerRules, TheTotalOfASasBatchIsItsIds) {
    grant(20, Mode::Sas);
    for (int n = 0; n < 90; ++n) static_cast<void>(m_ledger->derived("b1", device(1 + n * 7 % 30), "job " + std::to_string(n)));
    expectTotals({"b1"});
    EXPECT_EQ(m_ledger->counts("b1")->derived, 20u);
}

TEST_F(LedgerRules, CountsLookAtNoRow) {
    grant(10);
    ASSERT_TRUE(reserveAndIntend(1, 1, 1));
    ASSERT_TRUE(m_ledger->issued(serial(1), Bytes{7}));
    SQLite::Database{m_folder / "ledger.db", SQLite::OPEN_READWRITE}.exec("DELETE FROM serial");
    EXPECT_EQ(m_ledger->counts("b1")->reserved, 1u);
    EXPECT_EQ(m_ledger->counts("b1")->issued, 1u);
}

TEST_F(LedgerRules, ALedgerWithoutTotalsGetsThem) {
    grant(10);
    for (int n = 1; n <= 6; ++n) ASSERT_TRUE(m_ledger->reserve("b1", device(n), "job", serial(n)));
    for (int n = 1; n <= 5; ++n) ASSERT_TRUE(m_ledger->intend(intent(n, n), draft(n, n)));
    for (int n = 1; n <= 2; ++n) ASSERT_TRUE(m_ledger->issued(serial(n), Bytes{7}));
    ASSERT_TRUE(m_ledger->interrupted(serial(3)));
    m_ledger.reset();
    SQLite::Database{m_folder / "ledger.db", SQLite::OPEN_READWRITE}.exec(std::string{kAsOfVersion4} + "PRAGMA user_version=4");
    m_ledger = reopen();
    EXPECT_EQ(m_ledger->counts("b1")->issued, 2u);
    EXPECT_EQ(m_ledger->counts("b1")->interrupted, 1u);
    EXPECT_EQ(*m_ledger->takeOver(), 2u) << "and counts on";
    expectTotals({"b1"});
}

TEST_F(LedgerRules, AKeyIsNotAskedForWithoutEnd) {
    grant(1, Mode::Sas);
    for (int n = 0; n < 64; ++n) ASSERT_TRUE(m_ledger->derived("b1", device(1), "job " + std::to_string(n)));
    EXPECT_EQ(m_ledger->derived("b1", device(1), "one more").error().code, ErrorCode::CapReached);
    EXPECT_TRUE(m_ledger->derived("b1", device(1), "job 3")) << "one that has asked may ask again";
}

}  // namespace
}  // namespace keystamp::hsm
