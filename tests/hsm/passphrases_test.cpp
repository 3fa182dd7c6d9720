// SPDX-License-Identifier: Apache-2.0
// Supervisors and their passphrases, wrong PINs: what the ledger remembers of them, and how long the next try waits.
#include "hsm/signer/passphrases.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/support/temp_folder.h"

namespace keystamp::hsm {
namespace {

class PassphraseRules : public testing::Test {
protected:
    std::unique_ptr<Ledger> reopen() {
        EXPECT_TRUE(openSecureHeap());
        auto ledger = Ledger::open(m_folder / "ledger.db", [this] { return m_now; });
        EXPECT_TRUE(ledger) << describe(ledger.error());
        return ledger ? std::move(*ledger) : nullptr;
    }

    test::TempFolder m_folder;
    UtcTime m_now = utcNow();
    std::unique_ptr<Ledger> m_ledger = reopen();
};

TEST_F(PassphraseRules, WrongPassphrasesAreAnsweredEverLaterAndNeverForEver) {
    Passphrases passphrases{*m_ledger, [this] { return m_now; }};
    ASSERT_TRUE(passphrases.enrol("anna", Secret::copyOf("correct horse")));
    const auto tried = [&](const char* text) { return passphrases.check({"anna", Secret::copyOf(text)}); };
    for (int n = 0; n < 3; ++n) EXPECT_EQ(tried("wrong").error().code, ErrorCode::PassphraseWrong);
    const auto early = tried("correct horse");
    ASSERT_FALSE(early) << "even the right one has to wait now";
    EXPECT_NE(early.error().detail.find("2 s"), std::string::npos) << early.error().detail;
    m_now += std::chrono::seconds{2};
    EXPECT_FALSE(tried("wrong"));
    m_now += std::chrono::seconds{3};
    EXPECT_FALSE(tried("correct horse")) << "4 s now";
    m_now += std::chrono::seconds{1};
    EXPECT_TRUE(tried("correct horse"));
    EXPECT_FALSE(tried("wrong"));
    EXPECT_TRUE(tried("correct horse")) << "a right one starts the count anew";
}

TEST_F(PassphraseRules, TriesAreRememberedAcrossARestart) {
    {
        Passphrases passphrases{*m_ledger, [this] { return m_now; }};
        ASSERT_TRUE(passphrases.enrol("anna", Secret::copyOf("correct horse")));
        for (int n = 0; n < 3; ++n) EXPECT_FALSE(passphrases.check({"anna", Secret::copyOf("wrong")}));
    }
    m_ledger.reset();
    m_ledger = reopen();
    Passphrases passphrases{*m_ledger, [this] { return m_now; }};
    EXPECT_FALSE(passphrases.check({"anna", Secret::copyOf("correct horse")}));
    m_now -= std::chrono::hours{1};
    EXPECT_TRUE(passphrases.check({"anna", Secret::copyOf("correct horse")})) << "a clock that went back locks nobody out";
}

TEST_F(PassphraseRules, StrangersWaitAsOne) {
    Passphrases passphrases{*m_ledger, [this] { return m_now; }};
    ASSERT_TRUE(passphrases.enrol("anna", Secret::copyOf("correct horse")));
    const auto tried = [&](const char* who) { return passphrases.check({who, Secret::copyOf("correct horse")}).error().detail; };
    for (const char* who : {"bert", "carl", ""}) EXPECT_EQ(tried(who).find("is taken in"), std::string::npos) << who;
    EXPECT_NE(tried("dora").find("is taken in 2 s"), std::string::npos);
    EXPECT_TRUE(passphrases.check({"anna", Secret::copyOf("correct horse")})) << "nobody else waits for them";
}

TEST_F(PassphraseRules, ManyPassphrasesAtOnceAreNotAllLookedAt) {
    // time stands still: on a busy machine the waits would pass between two of them
    Passphrases passphrases{*m_ledger, [this] { return m_now; }};
    std::atomic<int> unread{0};
    std::vector<std::thread> threads;
    for (int n = 0; n < 40; ++n) {
        threads.emplace_back([&] {
            const auto checked = passphrases.check({"nobody", Secret::copyOf("guess")});
            ASSERT_FALSE(checked);
            unread += checked.error().detail.find("none was looked at") != std::string::npos ? 1 : 0;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_GT(unread, 0);
    EXPECT_EQ((*m_ledger->supervisor(""))->tries.failures, 3u) << "three are read, then they wait";
}

TEST_F(PassphraseRules, OfTwoProgramsThatEnrolTheFirstSupervisorOneDoes) {
    SupervisorRow row;
    row.salt = row.hash = Bytes{1};
    ASSERT_TRUE(m_ledger->enrol("", row)) << "the row of strangers is nobody";
    // each has looked, and there was nobody
    EXPECT_FALSE(*m_ledger->supervised());
    const auto other = reopen();
    EXPECT_FALSE(*other->supervised());
    ASSERT_TRUE(other->enrolFirst("bert", row));
    const auto second = m_ledger->enrolFirst("anna", row);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::SupervisorExists);
    EXPECT_TRUE(*m_ledger->supervised());
    EXPECT_FALSE(*m_ledger->supervisor("anna"));
}

TEST_F(PassphraseRules, AShortPassphraseIsRefused) {
    Passphrases passphrases{*m_ledger};
    EXPECT_EQ(passphrases.enrol("anna", Secret::copyOf("short")).error().code, ErrorCode::BadUsage);
    EXPECT_EQ(passphrases.enrol("", Secret::copyOf("long enough")).error().code, ErrorCode::BadUsage);
}

TEST_F(PassphraseRules, WrongPinsAreRememberedAcrossARestart) {
    for (int n = 0; n < 4; ++n) ASSERT_TRUE(m_ledger->countPinTry());
    ASSERT_TRUE(m_ledger->uncountPinTry());
    m_ledger.reset();
    m_ledger = reopen();
    EXPECT_EQ(m_ledger->pinTries()->failures, 3u);
    EXPECT_EQ(leftToWait(*m_ledger->pinTries(), m_now + std::chrono::seconds{1}).count(), 1);
    ASSERT_TRUE(m_ledger->forgivePinTries());
    EXPECT_EQ(leftToWait(*m_ledger->pinTries(), m_now).count(), 0);
}

TEST(WaitAfter, GrowsToFiveMinutesAndNoFurther) {
    EXPECT_EQ(waitAfter(2).count(), 0);
    EXPECT_EQ(waitAfter(3).count(), 2);
    EXPECT_EQ(waitAfter(4).count(), 4);
    EXPECT_EQ(waitAfter(1000).count(), 300);
}

}  // namespace
}  // namespace keystamp::hsm
