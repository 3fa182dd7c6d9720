// SPDX-License-Identifier: Apache-2.0
// Grants: opened, widened, released.
#include "tests/hsm/contract.h"

namespace keystamp::test {
namespace {

TEST_P(SignerContract, AGrantNeedsTheSupervisorsPassphrase) {
    const hsm::Authority wrong{authority().supervisor, Secret::copyOf("not the passphrase")};
    EXPECT_EQ(codeOf(signer().openGrant(grantOf("b1", Mode::X509), wrong)), ErrorCode::PassphraseWrong);
    const hsm::Authority stranger{"nobody", authority().passphrase.clone()};
    EXPECT_EQ(codeOf(signer().openGrant(grantOf("b1", Mode::X509), stranger)), ErrorCode::PassphraseWrong);
    EXPECT_EQ(codeOf(signer().reserve("b1", deviceId("b1-0001"), "job")), ErrorCode::NotGranted);
}

TEST_P(SignerContract, TheSameGrantAgainIsNoErrorAndAnotherIsRefused) {
    grant(Mode::X509);
    EXPECT_TRUE(signer().openGrant(grantOf("b1", Mode::X509), authority()));
    EXPECT_EQ(codeOf(signer().openGrant(grantOf("b1", Mode::X509, 11), authority())), ErrorCode::SignerRefused);
}

TEST_P(SignerContract, AListedGrantHoldsItsIdsAndNoOther) {
    hsm::Grant listed;
    listed.batch = "b1";
    listed.cap = 5;
    listed.ids = {deviceId("left"), deviceId("right")};
    ASSERT_TRUE(signer().openGrant(listed, authority()));
    EXPECT_TRUE(signer().openGrant(listed, authority()));
    EXPECT_TRUE(signer().reserve("b1", deviceId("right"), "job"));
    EXPECT_EQ(codeOf(signer().reserve("b1", deviceId("middle"), "job")), ErrorCode::NotGranted);
}

TEST_P(SignerContract, AGrantIsWidenedByASupervisorAndInNothingElse) {
    hsm::Grant grant;
    grant.batch = "wide";
    grant.cap = 2;
    grant.pattern = "wide-{seq:04}";
    grant.first = 1;
    grant.last = 2;
    EXPECT_EQ(codeOf(signer().extendGrant(grant, authority())), ErrorCode::NotGranted);
    ASSERT_TRUE(signer().openGrant(grant, authority()));
    hsm::Grant more = grant;
    more.cap = 3;
    more.last = 3;
    const hsm::Authority wrong{authority().supervisor, Secret::copyOf("not the passphrase")};
    EXPECT_EQ(codeOf(signer().extendGrant(more, wrong)), ErrorCode::PassphraseWrong);
    EXPECT_EQ(codeOf(signer().derive("wide", deviceId("wide-0003"), "job")), ErrorCode::NotGranted);
    EXPECT_EQ(codeOf(signer().reserve("wide", deviceId("wide-0003"), "job")), ErrorCode::NotGranted);
    extend(more);
    ASSERT_TRUE(signer().extendGrant(more, authority())) << "again is no error";
    EXPECT_TRUE(signer().reserve("wide", deviceId("wide-0003"), "job"));
    EXPECT_EQ(signer().counts("wide")->cap, 3u);
    EXPECT_EQ(codeOf(signer().extendGrant(grant, authority())), ErrorCode::SignerRefused) << "it takes something away";
    for (auto change : {+[](hsm::Grant& g) { g.mode = Mode::Sas; }, +[](hsm::Grant& g) { g.slot = Slot::Secondary; },
                        +[](hsm::Grant& g) { g.pattern = "other-{seq:04}"; }, +[](hsm::Grant& g) { g.first = 0; },
                        +[](hsm::Grant& g) { g.pattern.clear(), g.first = g.last = 0, g.ids = {deviceId("wide-0001")}; }}) {
        hsm::Grant other = more;
        other.cap = 9;
        change(other);
        EXPECT_EQ(codeOf(signer().extendGrant(other, authority())), ErrorCode::SignerRefused);
    }

    hsm::Grant list;
    list.batch = "listed";
    list.cap = 1;
    list.ids = {deviceId("l-1"), deviceId("l-2")};
    ASSERT_TRUE(signer().openGrant(list, authority()));
    hsm::Grant replaced = list;
    replaced.ids = {deviceId("l-1"), deviceId("l-3"), deviceId("l-4")};
    EXPECT_EQ(codeOf(signer().extendGrant(replaced, authority())), ErrorCode::SignerRefused) << "l-2 is missing";
    list.ids.push_back(deviceId("l-3"));
    extend(list);
    EXPECT_TRUE(signer().reserve("listed", deviceId("l-3"), "job"));
}

TEST_P(SignerContract, NothingIsGivenBeyondTheOldGrantBeforeASecondSupervisorReleasesTheWiderOne) {
    hsm::Grant grant;
    grant.batch = "two";
    grant.mode = Mode::Sas;
    grant.cap = 1;
    grant.ids = {deviceId("l-1"), deviceId("l-2")};
    ASSERT_TRUE(signer().openGrant(grant, authority()));
    ASSERT_TRUE(signer().derive("two", deviceId("l-1"), "job"));
    EXPECT_EQ(codeOf(signer().derive("two", deviceId("l-2"), "job")), ErrorCode::CapReached);
    hsm::Grant more = grant;
    more.cap = 3;
    more.ids.push_back(deviceId("l-3"));
    EXPECT_EQ(codeOf(signer().extendGrant(more, authority())), ErrorCode::SecondSupervisor) << "nobody else could release it";
    const auto second = m_house->second();
    EXPECT_EQ(codeOf(signer().releaseGrant("two", 3, second)), ErrorCode::SignerRefused) << "nothing waits";
    EXPECT_EQ(codeOf(signer().releaseGrant("none", 3, second)), ErrorCode::NotGranted);

    ASSERT_TRUE(signer().extendGrant(more, authority()));
    EXPECT_EQ(signer().counts("two")->cap, 1u);
    EXPECT_EQ(signer().counts("two")->awaited, 3u);
    EXPECT_EQ(codeOf(signer().derive("two", deviceId("l-2"), "job")), ErrorCode::CapReached);
    EXPECT_EQ(codeOf(signer().derive("two", deviceId("l-3"), "job")), ErrorCode::NotGranted);
    EXPECT_EQ(codeOf(signer().releaseGrant("two", 3, authority())), ErrorCode::SecondSupervisor) << "who asked";
    const hsm::Authority wrong{second.supervisor, Secret::copyOf("not the passphrase")};
    EXPECT_EQ(codeOf(signer().releaseGrant("two", 3, wrong)), ErrorCode::PassphraseWrong);
    EXPECT_EQ(codeOf(signer().releaseGrant("two", 4, second)), ErrorCode::SignerRefused) << "they were shown another one";
    EXPECT_EQ(codeOf(signer().derive("two", deviceId("l-3"), "job")), ErrorCode::NotGranted) << "still";

    ASSERT_TRUE(signer().releaseGrant("two", 3, second));
    ASSERT_TRUE(signer().releaseGrant("two", 3, second)) << "again is no error";
    EXPECT_EQ(signer().counts("two")->cap, 3u);
    EXPECT_EQ(signer().counts("two")->awaited, 0u);
    EXPECT_TRUE(signer().derive("two", deviceId("l-3"), "job"));
}

TEST_P(SignerContract, AKeyThatCameWithAnExtensionWaitsForItsRelease) {
    hsm::Grant grant;
    grant.batch = "keys";
    grant.mode = Mode::Imported;
    grant.cap = 1;
    grant.ids = {deviceId("l-1")};
    ASSERT_TRUE(signer().openGrant(grant, authority()));
    const auto keysOf = [](const std::string& id) {
        std::vector<hsm::ImportedKey> keys;
        keys.push_back({deviceId(id), Secret::copyOf("0123456789abcdef0123456789abcdef")});
        return keys;
    };
    EXPECT_EQ(codeOf(signer().sealKeys("keys", keysOf("l-2"))), ErrorCode::NotGranted);
    const auto second = m_house->second();
    grant.cap = 2;
    grant.ids.push_back(deviceId("l-2"));
    ASSERT_TRUE(signer().extendGrant(grant, authority()));
    ASSERT_TRUE(signer().sealKeys("keys", keysOf("l-2")));
    EXPECT_EQ(codeOf(signer().sealKeys("keys", keysOf("l-3"))), ErrorCode::NotGranted);
    EXPECT_EQ(codeOf(signer().unseal("keys", deviceId("l-2"), "job")), ErrorCode::NotGranted);
    ASSERT_TRUE(signer().releaseGrant("keys", 2, second));
    EXPECT_TRUE(signer().unseal("keys", deviceId("l-2"), "job"));
}

TEST_P(SignerContract, AnExtensionThatWaitsIsReplacedByAnotherButNeverLosesAnId) {
    hsm::Grant grant;
    grant.batch = "twice";
    grant.cap = 1;
    grant.ids = {deviceId("l-1")};
    ASSERT_TRUE(signer().openGrant(grant, authority()));
    const auto second = m_house->second();
    hsm::Grant typo = grant;
    typo.cap = 1000;
    ASSERT_TRUE(signer().extendGrant(typo, authority()));
    hsm::Grant meant = grant;
    meant.cap = 10;
    meant.ids.push_back(deviceId("l-2"));
    ASSERT_TRUE(signer().extendGrant(meant, authority()));
    EXPECT_EQ(codeOf(signer().releaseGrant("twice", 1000, second)), ErrorCode::SignerRefused);
    EXPECT_EQ(codeOf(signer().extendGrant(typo, authority())), ErrorCode::SignerRefused) << "l-2 is missing";
    // whoever asked last is who may not release it
    meant.cap = 11;
    ASSERT_TRUE(signer().extendGrant(meant, second));
    EXPECT_EQ(codeOf(signer().releaseGrant("twice", 11, second)), ErrorCode::SecondSupervisor);
    ASSERT_TRUE(signer().releaseGrant("twice", 11, authority()));
    EXPECT_EQ(signer().counts("twice")->cap, 11u);
}

}  // namespace
}  // namespace keystamp::test
