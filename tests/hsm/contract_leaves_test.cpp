// SPDX-License-Identifier: Apache-2.0
// Serials and certificates.
#include <atomic>
#include <set>
#include <thread>

#include "tests/hsm/contract.h"

namespace keystamp::test {
namespace {

TEST_P(SignerContract, SerialsArePositiveShortAndNeverTheSame) {
    grant(Mode::X509);
    std::set<hsm::Serial> seen;
    for (int n = 0; n < 20; ++n) {
        const auto serial = signer().reserve("b1", deviceId("b1-0001"), "job");
        ASSERT_TRUE(serial) << describe(serial.error());
        EXPECT_LE(serial->size(), 20u);
        EXPECT_GT(serial->front(), 0);
        EXPECT_LT(serial->front(), 0x80);
        EXPECT_TRUE(seen.insert(*serial).second);
    }
}

TEST_P(SignerContract, NothingIsReservedOutsideTheGrant) {
    grant(Mode::X509);
    EXPECT_EQ(codeOf(signer().reserve("b2", deviceId("b1-0001"), "job")), ErrorCode::NotGranted);
    EXPECT_EQ(codeOf(signer().reserve("b1", deviceId("b1-0101"), "job")), ErrorCode::NotGranted);
    EXPECT_EQ(codeOf(signer().reserve("b1", deviceId("other"), "job")), ErrorCode::NotGranted);
    EXPECT_EQ(codeOf(signer().derive("b1", deviceId("b1-0001"), "job")), ErrorCode::NotGranted);
}

TEST_P(SignerContract, TheSameIntentGivesTheSameCertificateAndOneSignature) {
    grant(Mode::X509);
    const auto wanted = intent("b1-0001", newKey());
    const auto leaf = signer().issue(wanted);
    ASSERT_TRUE(leaf) << describe(leaf.error());
    EXPECT_FALSE(leaf->chainPem.empty());
    const auto again = signer().issue(wanted);
    ASSERT_TRUE(again) << describe(again.error());
    EXPECT_EQ(leaf->certificate, again->certificate);
    EXPECT_EQ(signer().signaturesByPurpose()->at("leaf"), 1u);
    const auto record = signer().serialRecord(wanted.serial);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->fate, hsm::SerialFate::Issued);
    ASSERT_TRUE(record->leaf);
    EXPECT_EQ(record->leaf->certificate, leaf->certificate);
    EXPECT_EQ(record->leaf->chainPem, leaf->chainPem);
}

TEST_P(SignerContract, AReplayWithAnotherKeyIdOrJobIsRefused) {
    grant(Mode::X509);
    const auto wanted = intent("b1-0001", newKey());
    ASSERT_TRUE(signer().issue(wanted));
    auto otherKey = wanted;
    otherKey.csr = newCsr(newKey(), "b1-0001");
    EXPECT_EQ(codeOf(signer().issue(otherKey)), ErrorCode::SignerRefused);
    auto otherId = wanted;
    otherId.id = deviceId("b1-0002");
    otherId.csr = newCsr(newKey(), "b1-0002");
    EXPECT_EQ(codeOf(signer().issue(otherId)), ErrorCode::SignerRefused);
    auto otherJob = wanted;
    otherJob.job = "another";
    EXPECT_EQ(codeOf(signer().issue(otherJob)), ErrorCode::SignerRefused);
    EXPECT_EQ(signer().counts("b1")->issued, 1u);
}

TEST_P(SignerContract, ASerialThatWasNotReservedIsRefused) {
    grant(Mode::X509);
    auto wanted = intent("b1-0001", newKey());
    wanted.serial.back() ^= 1;
    EXPECT_EQ(codeOf(signer().issue(wanted)), ErrorCode::SignerRefused);
    EXPECT_EQ(signer().serialRecord(wanted.serial)->fate, hsm::SerialFate::Unknown);
    EXPECT_EQ(signer().counts("b1")->intents, 0u);
}

TEST_P(SignerContract, AKeyIsCertifiedOnce) {
    grant(Mode::X509);
    const Bytes key = newKey();
    const auto first = intent("b1-0001", key);
    ASSERT_TRUE(signer().issue(first));
    EXPECT_EQ(codeOf(signer().issue(intent("b1-0002", key))), ErrorCode::KeySeenBefore);
    ASSERT_TRUE(signer().voidSerial(first.serial));
    EXPECT_EQ(codeOf(signer().issue(intent("b1-0001", key))), ErrorCode::KeySeenBefore);
    EXPECT_EQ(signer().counts("b1")->intents, 1u);
}

TEST_P(SignerContract, AnIdHasOneCertificateUntilItIsDeclaredVoid) {
    grant(Mode::X509);
    const auto first = intent("b1-0001", newKey());
    const auto rival = intent("b1-0001", newKey(), "another job");
    ASSERT_TRUE(signer().issue(first));
    EXPECT_EQ(codeOf(signer().issue(rival)), ErrorCode::SignerRefused);
    EXPECT_EQ(codeOf(signer().reserve("b1", deviceId("b1-0001"), "job")), ErrorCode::SignerRefused);
    EXPECT_FALSE(signer().serialRecord(first.serial)->isVoid);
    ASSERT_TRUE(signer().voidSerial(first.serial));
    EXPECT_TRUE(signer().voidSerial(first.serial)) << "again is no error";
    EXPECT_TRUE(signer().serialRecord(first.serial)->isVoid);
    EXPECT_EQ(signer().serialRecord(first.serial)->fate, hsm::SerialFate::Issued);
    EXPECT_TRUE(signer().issue(rival));
    EXPECT_EQ(codeOf(signer().voidSerial(Bytes{1, 2, 3})), ErrorCode::SignerRefused);
}

TEST_P(SignerContract, AVoidSerialIsNotIssued) {
    grant(Mode::X509);
    const auto wanted = intent("b1-0001", newKey());
    ASSERT_TRUE(signer().voidSerial(wanted.serial));
    EXPECT_EQ(codeOf(signer().issue(wanted)), ErrorCode::SignerRefused);
    EXPECT_EQ(signer().counts("b1")->intents, 0u);
}

TEST_P(SignerContract, VoidingDoesNotGoOnForEver) {
    grant(Mode::X509, 100);
    for (int n = 0; n < 8; ++n) {
        const auto wanted = intent("b1-0001", newKey());
        ASSERT_TRUE(signer().issue(wanted)) << n;
        ASSERT_TRUE(signer().voidSerial(wanted.serial));
    }
    EXPECT_EQ(codeOf(signer().reserve("b1", deviceId("b1-0001"), "job")), ErrorCode::CapReached);
    EXPECT_TRUE(signer().reserve("b1", deviceId("b1-0002"), "job"));
}

TEST_P(SignerContract, ACsrForAnotherNameOrThatDoesNotVerifyCostsNothing) {
    grant(Mode::X509);
    auto wanted = intent("b1-0001", newKey());
    const Bytes good = wanted.csr;
    wanted.csr = newCsr(newKey(), "b1-0002");
    EXPECT_EQ(codeOf(signer().issue(wanted)), ErrorCode::CsrRefused);
    wanted.csr = good;
    wanted.csr[wanted.csr.size() - 1] ^= 1;
    EXPECT_EQ(codeOf(signer().issue(wanted)), ErrorCode::CsrRefused);
    wanted.csr = {};
    EXPECT_EQ(codeOf(signer().issue(wanted)), ErrorCode::CsrRefused);
    EXPECT_EQ(signer().serialRecord(wanted.serial)->fate, hsm::SerialFate::Reserved);
    wanted.csr = good;
    EXPECT_TRUE(signer().issue(wanted));
}

TEST_P(SignerContract, TheCapHoldsForLeaves) {
    grant(Mode::X509, 2);
    auto third = intent("b1-0003", newKey());
    ASSERT_TRUE(signer().issue(intent("b1-0001", newKey())));
    ASSERT_TRUE(signer().issue(intent("b1-0002", newKey())));
    EXPECT_EQ(codeOf(signer().issue(third)), ErrorCode::CapReached);
    EXPECT_EQ(codeOf(signer().reserve("b1", deviceId("b1-0004"), "job")), ErrorCode::CapReached);
    const auto counts = signer().counts("b1");
    EXPECT_EQ(counts->cap, 2u);
    EXPECT_EQ(counts->reserved, 3u);
    EXPECT_EQ(counts->intents, 2u);
    EXPECT_EQ(counts->issued, 2u);
}

TEST_P(SignerContract, TheCapHoldsForManyAtOnce) {
    grant(Mode::X509, 5);
    std::vector<hsm::LeafIntent> intents;
    for (int n = 1; n <= 8; ++n) intents.push_back(intent("b1-000" + std::to_string(n), newKey()));
    std::atomic<int> issued{0};
    std::atomic<int> capped{0};
    std::vector<std::thread> threads;
    for (const auto& wanted : intents) {
        threads.emplace_back([&] {
            const auto leaf = signer().issue(wanted);
            if (leaf) ++issued;
            if (!leaf && leaf.error().code == ErrorCode::CapReached) ++capped;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(issued, 5);
    EXPECT_EQ(capped, 3);
}

TEST_P(SignerContract, OneIntentAskedManyTimesAtOnceIsSignedOnce) {
    grant(Mode::X509);
    const auto wanted = intent("b1-0001", newKey());
    std::vector<Bytes> leaves(8);
    std::vector<std::thread> threads;
    for (auto& leaf : leaves) {
        threads.emplace_back([&] {
            if (const auto issued = signer().issue(wanted)) leaf = issued->certificate;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::set<Bytes>(leaves.begin(), leaves.end()).size(), 1u);
    EXPECT_FALSE(leaves.front().empty());
    EXPECT_EQ(signer().signaturesByPurpose()->at("leaf"), 1u);
}

}  // namespace
}  // namespace keystamp::test
