// SPDX-License-Identifier: Apache-2.0
// A CA's life.
#include "tests/hsm/contract.h"

namespace keystamp::test {
namespace {

TEST_P(SignerContract, TheActiveSlotIsRolledByASupervisor) {
    EXPECT_EQ(signer().status()->active, Slot::Primary);
    const hsm::Authority wrong{authority().supervisor, Secret::copyOf("not the passphrase")};
    EXPECT_EQ(codeOf(signer().rollTo(Slot::Secondary, wrong)), ErrorCode::PassphraseWrong);
    EXPECT_EQ(signer().status()->active, Slot::Primary);
    ASSERT_TRUE(signer().rollTo(Slot::Secondary, authority()));
    EXPECT_EQ(signer().status()->active, Slot::Secondary);
    ASSERT_TRUE(signer().rollTo(Slot::Secondary, authority()));
    ASSERT_TRUE(signer().rollTo(Slot::Primary, authority()));
    EXPECT_EQ(signer().status()->active, Slot::Primary);
}

TEST_P(SignerContract, ACrlIsSignedForASupervisor) {
    const hsm::Authority wrong{authority().supervisor, Secret::copyOf("not the passphrase")};
    EXPECT_EQ(codeOf(signer().signCrl(Slot::Primary, wrong)), ErrorCode::PassphraseWrong);
    EXPECT_FALSE(signer().signaturesByPurpose()->contains("crl"));
    const auto first = signer().signCrl(Slot::Primary, authority());
    ASSERT_TRUE(first) << describe(first.error());
    const auto second = signer().signCrl(Slot::Primary, authority());
    ASSERT_TRUE(second);
    EXPECT_GT(second->number, first->number);
    EXPECT_EQ(signer().signaturesByPurpose()->at("crl"), 2u);
}

TEST_P(SignerContract, ARenewalAsksForTheSameNameAndABadChainIsRefused) {
    const hsm::Authority wrong{authority().supervisor, Secret::copyOf("not the passphrase")};
    EXPECT_EQ(codeOf(signer().requestCa({Slot::Primary, {}, {}}, wrong)), ErrorCode::PassphraseWrong);
    EXPECT_EQ(codeOf(signer().requestCa({Slot::Primary, {}, "CN=another"}, authority())), ErrorCode::BadUsage);
    EXPECT_FALSE(signer().signaturesByPurpose()->contains("ca-request"));
    const auto made = signer().requestCa({Slot::Primary, {}, {}}, authority());
    ASSERT_TRUE(made) << describe(made.error());
    EXPECT_FALSE(made->newKey);
    const auto status = signer().status();
    EXPECT_EQ(made->subject, status->slots.front().subject);
    EXPECT_EQ(signer().signaturesByPurpose()->at("ca-request"), 1u);
    for (const std::string& chain : {std::string{}, status->slots.back().chainPem, status->rootPem})
        EXPECT_EQ(codeOf(signer().installCa(Slot::Primary, chain, authority())), ErrorCode::ChainRefused);
    EXPECT_EQ(codeOf(signer().installCa(Slot::Primary, status->slots.front().chainPem, wrong)), ErrorCode::PassphraseWrong);
    EXPECT_TRUE(signer().installCa(Slot::Primary, status->slots.front().chainPem, authority()));
}

TEST_P(SignerContract, AVerificationCodeGetsACertificateFromASupervisor) {
    const hsm::Authority wrong{authority().supervisor, Secret::copyOf("not the passphrase")};
    EXPECT_EQ(codeOf(signer().proveCa("0123456789ABCDEF", Slot::Secondary, wrong)), ErrorCode::PassphraseWrong);
    EXPECT_EQ(signer().signaturesByPurpose()->count("prove"), 0u);
    const auto certificate = signer().proveCa("0123456789ABCDEF", Slot::Secondary, authority());
    ASSERT_TRUE(certificate) << describe(certificate.error());
    EXPECT_FALSE(certificate->empty());
    EXPECT_EQ(codeOf(signer().proveCa("", Slot::Primary, authority())), ErrorCode::BadUsage);
    EXPECT_EQ(signer().signaturesByPurpose()->at("prove"), 1u);
}

}  // namespace
}  // namespace keystamp::test
