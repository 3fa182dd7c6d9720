// SPDX-License-Identifier: Apache-2.0
// Symmetric keys: derived, imported, in halves.
#include "tests/hsm/contract.h"

namespace keystamp::test {
namespace {

hsm::Grant listOf(std::vector<DeviceId> ids, std::uint64_t cap) {
    hsm::Grant grant;
    grant.batch = "i1";
    grant.mode = Mode::Imported;
    grant.cap = cap;
    grant.ids = std::move(ids);
    return grant;
}

std::vector<hsm::ImportedKey> imported(const std::string& id, std::uint8_t byte, std::size_t size = 32) {
    std::vector<hsm::ImportedKey> keys;
    keys.push_back({deviceId(id), Secret::copyOf(BytesView{Bytes(size, byte)})});
    return keys;
}

TEST_P(SignerContract, AKeyIsDerivedAgainTheSameAndCountsOnce) {
    grant(Mode::Sas, 2);
    const auto key = signer().derive("b1", deviceId("b1-0001"), "job 1");
    ASSERT_TRUE(key) << describe(key.error());
    EXPECT_EQ(key->key.size(), 32u);
    const auto again = signer().derive("b1", deviceId("b1-0001"), "job 2");
    ASSERT_TRUE(again);
    EXPECT_TRUE(key->key.equals(again->key));
    const auto other = signer().derive("b1", deviceId("b1-0002"), "job 3");
    ASSERT_TRUE(other);
    EXPECT_FALSE(key->key.equals(other->key));
    EXPECT_EQ(codeOf(signer().derive("b1", deviceId("b1-0003"), "job 4")), ErrorCode::CapReached);
    EXPECT_EQ(signer().counts("b1")->derived, 2u);
}

TEST_P(SignerContract, AnImportedKeyIsOpenedForItsIdUntilItIsForgotten) {
    const hsm::Grant grant = listOf({deviceId("a"), deviceId("b"), deviceId("c")}, 2);
    EXPECT_EQ(codeOf(signer().sealKeys("i1", imported("a", 1))), ErrorCode::NotGranted) << "before a supervisor has opened the batch";
    ASSERT_TRUE(signer().openGrant(grant, authority()));
    ASSERT_TRUE(signer().sealKeys("i1", imported("a", 1)));
    ASSERT_TRUE(signer().sealKeys("i1", imported("b", 2, 64)));
    ASSERT_TRUE(signer().sealKeys("i1", imported("c", 3, 16)));
    EXPECT_TRUE(signer().sealKeys("i1", imported("a", 1))) << "the same again";
    EXPECT_EQ(codeOf(signer().sealKeys("i1", imported("a", 9))), ErrorCode::SignerRefused) << "another key";
    EXPECT_EQ(codeOf(signer().sealKeys("i1", imported("d", 4))), ErrorCode::NotGranted);
    EXPECT_EQ(codeOf(signer().sealKeys("i1", imported("c", 3, 15))), ErrorCode::BadUsage);
    EXPECT_EQ(codeOf(signer().sealKeys("i1", {})), ErrorCode::BadUsage);
    EXPECT_EQ(signer().heldKeys("i1")->size(), 3u);

    const auto one = signer().unseal("i1", deviceId("a"), "job 1");
    ASSERT_TRUE(one) << describe(one.error());
    EXPECT_TRUE(one->key.equals(imported("a", 1).front().key));
    EXPECT_TRUE(signer().unseal("i1", deviceId("a"), "job 2")) << "a job that was interrupted goes on";
    EXPECT_TRUE(signer().unseal("i1", deviceId("b"), "job 3")->key.equals(imported("b", 2, 64).front().key));
    EXPECT_EQ(codeOf(signer().unseal("i1", deviceId("c"), "job 4")), ErrorCode::CapReached);
    EXPECT_EQ(codeOf(signer().unseal("i1", deviceId("d"), "job 5")), ErrorCode::NotGranted);
    EXPECT_EQ(codeOf(signer().derive("i1", deviceId("a"), "job")), ErrorCode::NotGranted) << "it is for imported keys";
    EXPECT_EQ(signer().counts("i1")->imported, 2u);
    EXPECT_EQ(signer().counts("i1")->derived, 0u);

    ASSERT_TRUE(signer().forgetKeys("i1", {deviceId("a")}));
    ASSERT_TRUE(signer().forgetKeys("i1", {deviceId("a")})) << "again";
    EXPECT_EQ(codeOf(signer().unseal("i1", deviceId("a"), "job 1")), ErrorCode::SignerRefused);
    EXPECT_TRUE(signer().sealKeys("i1", imported("a", 1))) << "no error, and yet gone";
    EXPECT_EQ(codeOf(signer().unseal("i1", deviceId("a"), "job 1")), ErrorCode::SignerRefused);
    EXPECT_EQ(signer().counts("i1")->held, 2u);
    EXPECT_EQ(codeOf(signer().forgetKeys("i2", {deviceId("a")})), ErrorCode::NotGranted);
    EXPECT_EQ(codeOf(signer().heldKeys("i2")), ErrorCode::NotGranted);
}

TEST_P(SignerContract, ImportedKeysNeedAListOfTheirIds) {
    EXPECT_EQ(codeOf(signer().openGrant(grantOf("i1", Mode::Imported), authority())), ErrorCode::BadUsage);
}

TEST_P(SignerContract, ASupervisorDerivesAnyIdFromTheSameKey) {
    grant(Mode::Sas);
    const auto key = signer().derive("b1", deviceId("b1-0001"), "job");
    const auto same = signer().deriveFor({deviceId("b1-0001")}, {Slot::Primary}, authority());
    ASSERT_TRUE(key && same) << describe(same.error());
    EXPECT_TRUE(key->key.equals(same->front().key));
    const auto second = signer().deriveFor({deviceId("b1-0001")}, {Slot::Secondary}, authority());
    ASSERT_TRUE(second);
    EXPECT_FALSE(key->key.equals(second->front().key));
    EXPECT_EQ(signer().counts("b1")->derived, 1u);
    const hsm::Authority wrong{authority().supervisor, Secret::copyOf("not the passphrase")};
    EXPECT_EQ(codeOf(signer().deriveFor({deviceId("b1-0001")}, {Slot::Primary}, wrong)), ErrorCode::PassphraseWrong);
}

TEST_P(SignerContract, ASupervisorDerivesManyIdsInOneRequest) {
    std::vector<DeviceId> ids;
    for (std::size_t n = 1; n <= hsm::kMostDerivedAtOnce; ++n) ids.push_back(deviceId("many-" + std::to_string(n)));
    const auto all = signer().deriveFor(ids, {Slot::Secondary, Slot::Primary}, authority());
    ASSERT_TRUE(all) << describe(all.error());
    ASSERT_EQ(all->size(), 2 * ids.size());
    for (const std::size_t n : {std::size_t{0}, std::size_t{29}, std::size_t{30}, ids.size() - 1}) {
        for (const auto& [slot, at] : {std::pair{Slot::Secondary, 2 * n}, std::pair{Slot::Primary, 2 * n + 1}}) {
            const auto alone = signer().deriveFor({ids[n]}, {slot}, authority());
            ASSERT_TRUE(alone) << describe(alone.error());
            EXPECT_EQ((*all)[at].slot, slot);
            EXPECT_TRUE((*all)[at].key.equals(alone->front().key)) << n;
        }
    }
    ids.push_back(deviceId("one-too-many"));
    EXPECT_EQ(codeOf(signer().deriveFor(ids, {Slot::Primary}, authority())), ErrorCode::BadUsage);
    EXPECT_EQ(codeOf(signer().deriveFor({}, {Slot::Primary}, authority())), ErrorCode::BadUsage);
    EXPECT_EQ(codeOf(signer().deriveFor({ids.front()}, {}, authority())), ErrorCode::BadUsage);
}

TEST_P(SignerContract, AnImportedGroupKeyDerivesMicrosoftsVector) {
    const auto key = Secret::fromBase64("8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==");
    ASSERT_TRUE(key);
    EXPECT_EQ(codeOf(signer().importGroupKey(Slot::Primary, *key, false, authority())), ErrorCode::SignerRefused);
    const auto imported = signer().importGroupKey(Slot::Primary, *key, true, authority());
    ASSERT_TRUE(imported) << describe(imported.error());
    const auto derived = signer().deriveFor({deviceId("sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6")}, {Slot::Primary}, authority());
    ASSERT_TRUE(derived) << describe(derived.error());
    EXPECT_EQ(derived->front().key.toBase64().text(), "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc=");
    EXPECT_EQ(codeOf(signer().importGroupKey(Slot::Primary, Secret::copyOf("short"), true, authority())), ErrorCode::BadUsage);
}

TEST_P(SignerContract, AGroupKeyComesInHalvesFromTwoPeopleAndNotFromOne) {
    const auto first = Secret::copyOf(BytesView{Bytes(64, 0x11)});
    const auto second = Secret::copyOf(BytesView{Bytes(64, 0x2a)});
    EXPECT_EQ(codeOf(signer().importGroupKeyHalf(Slot::Primary, 1, first, false, authority())), ErrorCode::SignerRefused) << "one is there";
    const hsm::Authority wrong{authority().supervisor, Secret::copyOf("not the passphrase")};
    EXPECT_EQ(codeOf(signer().importGroupKeyHalf(Slot::Primary, 1, first, true, wrong)), ErrorCode::PassphraseWrong);
    const auto held = signer().importGroupKeyHalf(Slot::Primary, 1, first, true, authority());
    ASSERT_TRUE(held) << describe(held.error());
    EXPECT_FALSE(held->complete);
    EXPECT_EQ(held->waitsFor, 2);
    EXPECT_EQ(signer().status()->slots.front().heldHalf, 1);
    const auto before = signer().deriveFor({deviceId("b1-0001")}, {Slot::Primary}, authority());
    EXPECT_EQ(codeOf(signer().importGroupKeyHalf(Slot::Primary, 2, second, true, authority())), ErrorCode::SignerRefused);
    EXPECT_EQ(codeOf(signer().importGroupKeyHalf(Slot::Primary, 3, second, true, authority())), ErrorCode::BadUsage);
    const auto after = signer().deriveFor({deviceId("b1-0001")}, {Slot::Primary}, authority());
    ASSERT_TRUE(before && after);
    EXPECT_TRUE(before->front().key.equals(after->front().key));
}

TEST_P(SignerContract, AWrappedGroupKeyNeedsAWrappingKey) {
    const auto refused = signer().importWrappedGroupKey(Slot::Primary, Bytes(256, 1), true, authority());
    EXPECT_EQ(codeOf(refused), ErrorCode::SignerRefused);
    EXPECT_NE(refused.error().detail.find("no wrapping key is configured"), std::string::npos) << refused.error().detail;
}

}  // namespace
}  // namespace keystamp::test
