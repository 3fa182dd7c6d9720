// SPDX-License-Identifier: Apache-2.0
// Whether it is ready, and what it tells of what was done.
#include <atomic>
#include <thread>

#include "tests/hsm/contract.h"

namespace keystamp::test {
namespace {

TEST_P(SignerContract, StatusSaysReadyAndBothSlots) {
    const auto status = signer().status();
    ASSERT_TRUE(status) << describe(status.error());
    EXPECT_TRUE(status->loggedIn);
    EXPECT_EQ(status->state, "ready");
    ASSERT_EQ(status->slots.size(), 2u);
    for (const auto& slot : status->slots) EXPECT_TRUE(slot.usable) << slot.problem;
    EXPECT_NE(status->auditKeyPem.find("BEGIN PUBLIC KEY"), std::string::npos);
}

TEST_P(SignerContract, ALoginToALoggedInTokenIsNoError) { EXPECT_TRUE(signer().login(m_house->rightPin())); }

TEST_P(SignerContract, TheFirstSupervisorIsEnrolledWhileThereIsNoneAndNobodyAfter) {
    EXPECT_TRUE(signer().status()->supervised);
    const hsm::Authority anna{"anna", Secret::copyOf("long enough")}, bert{"bert", Secret::copyOf("also long enough")};
    EXPECT_EQ(codeOf(signer().enrolFirstSupervisor(anna)), ErrorCode::SupervisorExists);

    m_house->forgetSupervisors();
    EXPECT_FALSE(signer().status()->supervised);
    EXPECT_EQ(codeOf(signer().enrolFirstSupervisor({"anna", Secret::copyOf("1234567")})), ErrorCode::BadUsage);
    EXPECT_EQ(codeOf(signer().enrolFirstSupervisor({"", Secret::copyOf("long enough")})), ErrorCode::BadUsage);
    EXPECT_EQ(codeOf(signer().openGrant(grantOf("b1", Mode::X509), anna)), ErrorCode::PassphraseWrong);
    EXPECT_FALSE(signer().status()->supervised) << "a stranger's try makes nobody a supervisor";

    ASSERT_TRUE(signer().enrolFirstSupervisor(anna));
    EXPECT_TRUE(signer().status()->supervised);
    EXPECT_EQ(codeOf(signer().enrolFirstSupervisor(bert)), ErrorCode::SupervisorExists);
    EXPECT_EQ(codeOf(signer().enrolFirstSupervisor({"anna", Secret::copyOf("another one of mine")})), ErrorCode::SupervisorExists);
    EXPECT_TRUE(signer().enrolFirstSupervisor(anna)) << "whose answer was lost may ask again";
    EXPECT_TRUE(signer().openGrant(grantOf("b1", Mode::X509), anna));
    EXPECT_EQ(codeOf(signer().openGrant(grantOf("b2", Mode::X509), bert)), ErrorCode::PassphraseWrong);
}

TEST_P(SignerContract, OfTwoWhoAreEnrolledFirstAtOnceOneIs) {
    m_house->forgetSupervisors();
    std::atomic<int> enrolled{0}, refused{0};
    std::vector<std::thread> threads;
    for (int n = 0; n < 4; ++n) {
        threads.emplace_back([&, n] {
            const auto done = signer().enrolFirstSupervisor({"person-" + std::to_string(n), Secret::copyOf("long enough")});
            if (done) ++enrolled;
            if (!done && done.error().code == ErrorCode::SupervisorExists) ++refused;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(enrolled, 1);
    EXPECT_EQ(refused, 3);
}

TEST_P(SignerContract, ASupervisorsActIsAStationsOwn) {
    const hsm::Authority wrong{authority().supervisor, Secret::copyOf("not the passphrase")};
    EXPECT_EQ(codeOf(signer().supervisorActs("unit-scrap", "x", wrong)), ErrorCode::PassphraseWrong);
    EXPECT_TRUE(signer().supervisorActs("unit-scrap", "x", authority()));
    EXPECT_TRUE(signer().supervisorActs("person-add", "erika, operator", authority()));
    EXPECT_EQ(codeOf(signer().supervisorActs("grant", "b1", authority())), ErrorCode::BadUsage) << "one of the signer's own";
}

TEST_P(SignerContract, WhatWasAskedForIsToldInOrderAndInParts) {
    grant(Mode::X509, 100);
    EXPECT_EQ(codeOf(signer().issuances("b2", 0)), ErrorCode::NotGranted);
    EXPECT_TRUE(signer().issuances("b1", 0)->empty());
    EXPECT_TRUE(signer().usedBatches()->empty());
    std::vector<hsm::Serial> serials;
    for (int n = 1; n <= static_cast<int>(hsm::kIssuancesAtOnce) + 3; ++n) {
        const auto wanted = intent("b1-00" + std::string(n < 10 ? "0" : "") + std::to_string(n), newKey());
        ASSERT_TRUE(signer().issue(wanted));
        serials.push_back(wanted.serial);
    }
    ASSERT_TRUE(signer().reserve("b1", deviceId("b1-0099"), "job")) << "a serial that was not used is none";
    ASSERT_TRUE(signer().voidSerial(serials.front()));
    std::vector<hsm::Serial> told;
    std::uint64_t after = 0;
    for (std::size_t part = hsm::kIssuancesAtOnce; part == hsm::kIssuancesAtOnce;) {
        const auto rows = signer().issuances("b1", after);
        ASSERT_TRUE(rows) << describe(rows.error());
        part = rows->size();
        for (const auto& row : *rows) {
            EXPECT_EQ(row.certificate, signer().serialRecord(row.serial)->leaf->certificate);
            EXPECT_EQ(row.isVoid, row.serial == serials.front());
            told.push_back(row.serial);
            after = row.number;
        }
    }
    EXPECT_EQ(told, serials);
    EXPECT_EQ(*signer().usedBatches(), std::vector<std::string>{"b1"});

    ASSERT_TRUE(signer().openGrant(grantOf("s1", Mode::Sas), authority()));
    for (const char* job : {"one", "two"}) ASSERT_TRUE(signer().derive("s1", deviceId("s1-0001"), job));
    ASSERT_TRUE(signer().derive("s1", deviceId("s1-0002"), "three"));
    const auto keys = signer().issuances("s1", 0);
    ASSERT_TRUE(keys);
    ASSERT_EQ(keys->size(), 2u) << "an ID has one key, however often it was derived";
    EXPECT_TRUE(keys->front().serial.empty());
    EXPECT_EQ(keys->back().id.text(), "s1-0002");
}

TEST_P(SignerContract, CountsOfABatchWithoutAGrantAreRefused) { EXPECT_EQ(codeOf(signer().counts("b1")), ErrorCode::NotGranted); }

TEST_P(SignerContract, TheSelfTestPasses) {
    const auto tested = signer().selfTest();
    EXPECT_TRUE(tested) << describe(tested.error());
    EXPECT_GT(signer().signaturesByPurpose()->at("self-test"), 0u);
}

INSTANTIATE_TEST_SUITE_P(Real, SignerContract, testing::Values(SignerKind{"real", makeRealHouse}));
INSTANTIATE_TEST_SUITE_P(Fake, SignerContract, testing::Values(SignerKind{"fake", makeFakeHouse}));

}  // namespace
}  // namespace keystamp::test
