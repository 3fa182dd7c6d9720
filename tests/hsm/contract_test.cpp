// SPDX-License-Identifier: Apache-2.0
#include "tests/hsm/contract.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "tests/hsm/station_folder.h"
#include "tests/support/crypto.h"

namespace keystamp::test {
namespace {

using hsm::Signer;

class SignerContract : public testing::TestWithParam<SignerKind> {
protected:
    Signer& signer() { return m_house->signer(); }
    hsm::Authority authority() { return m_house->authority(); }
    void grant(Mode mode, std::uint64_t cap = 10) {
        const auto opened = signer().openGrant(grantOf("b1", mode, cap), authority());
        ASSERT_TRUE(opened) << describe(opened.error());
    }
    hsm::LeafIntent intent(const std::string& id, const Bytes& key, const std::string& job = "job") {
        auto serial = signer().reserve("b1", deviceId(id), job);
        EXPECT_TRUE(serial) << describe(serial.error());
        return {"b1", job, deviceId(id), serial ? *serial : Bytes{}, newCsr(key, id)};
    }
    void extend(const hsm::Grant& grant) {
        const auto second = m_house->second();
        const auto asked = signer().extendGrant(grant, authority());
        ASSERT_TRUE(asked) << describe(asked.error());
        const auto released = signer().releaseGrant(grant.batch, grant.cap, second);
        ASSERT_TRUE(released) << describe(released.error());
    }
    template <typename T>
    static ErrorCode codeOf(const Result<T>& result) {
        EXPECT_FALSE(result);
        return result ? ErrorCode::Internal : result.error().code;
    }

    std::unique_ptr<SignerHouse> m_house = GetParam().make();
};

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

TEST_P(SignerContract, ASupervisorsActIsAStationsOwn) {
    const hsm::Authority wrong{authority().supervisor, Secret::copyOf("not the passphrase")};
    EXPECT_EQ(codeOf(signer().supervisorActs("unit-scrap", "x", wrong)), ErrorCode::PassphraseWrong);
    EXPECT_TRUE(signer().supervisorActs("unit-scrap", "x", authority()));
    EXPECT_TRUE(signer().supervisorActs("person-add", "erika, operator", authority()));
    EXPECT_EQ(codeOf(signer().supervisorActs("grant", "b1", authority())), ErrorCode::BadUsage) << "one of the signer's own";
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

TEST_P(SignerContract, ACheckpointIsSignedOnlyAsAnExtension) {
    std::vector<Digest> leaves;
    MerkleFrontier tree;
    const auto grow = [&](const std::string& row) {
        leaves.push_back(merkleLeaf(asBytes(row)));
        tree.append(leaves.back());
    };
    for (const char* row : {"a", "b", "c"}) grow(row);
    EXPECT_FALSE(*signer().lastCheckpoint());
    const TreeHead first{"line-1", 3, tree.root()};
    ASSERT_TRUE(signer().signCheckpoint(first, {}));
    EXPECT_TRUE(signer().signCheckpoint(first, {})) << "the same head is signed again";
    for (const char* row : {"d", "e"}) grow(row);
    const TreeHead second{"line-1", 5, tree.root()};
    EXPECT_EQ(codeOf(signer().signCheckpoint(second, {})), ErrorCode::RecordsAltered);
    auto proof = consistencyProof(leaves, 3);
    auto bent = proof;
    bent.front()[0] ^= 1;
    EXPECT_EQ(codeOf(signer().signCheckpoint(second, bent)), ErrorCode::RecordsAltered);
    EXPECT_EQ(codeOf(signer().signCheckpoint({"line-2", 5, tree.root()}, proof)), ErrorCode::RecordsAltered);
    const auto checkpoint = signer().signCheckpoint(second, proof);
    ASSERT_TRUE(checkpoint) << describe(checkpoint.error());
    EXPECT_FALSE(checkpoint->signature.empty());
    EXPECT_EQ(codeOf(signer().signCheckpoint(first, {})), ErrorCode::RecordsAltered) << "a shorter log";
    const auto last = signer().lastCheckpoint();
    ASSERT_TRUE(last && *last);
    EXPECT_EQ((*last)->head.size, 5u);
    EXPECT_EQ((*last)->head.root, tree.root());
}

TEST_P(SignerContract, ALogThatLostRowsIsSignedOnlyWhereItSaysSoAndASupervisorAgrees) {
    MerkleFrontier before;
    for (const char* row : {"a", "b", "c"}) before.append(merkleLeaf(asBytes(row)));
    const hsm::Authority by = authority();
    // the log after the loss: its second row admits it
    const auto logOf = [&](const std::string& line) {
        MerkleFrontier tree;
        tree.append(merkleLeaf(asBytes("a")));
        tree.append(merkleLeaf(asBytes(line)));
        return TreeHead{"line-1", 2, tree.root()};
    };
    const nlohmann::json honest{{"n", 2}, {"kind", "journal-reconcile"}, {"reason", "disk died"}, {"who", by.supervisor},
                                {"checkpoint", {{"size", 3}, {"root", toBase64(before.root())}}}};
    const auto ask = [&](const std::string& line, const hsm::Authority& who) {
        return signer().signSetBackLog(logOf(line), {line, 2, {merkleLeaf(asBytes("a"))}}, who);
    };
    EXPECT_EQ(codeOf(ask(honest.dump(), by)), ErrorCode::BadUsage) << "nothing was signed, nothing can be lost";
    ASSERT_TRUE(signer().signCheckpoint({"line-1", 3, before.root()}, {}));

    const auto without = [&](const char* key, const nlohmann::json& value) {
        auto row = honest;
        row[key] = value;
        return row.dump();
    };
    const nlohmann::json otherRoot{{"size", 3}, {"root", toBase64(sha256("x"))}};
    const nlohmann::json otherSize{{"size", 2}, {"root", toBase64(before.root())}};
    for (const std::string& line : {without("n", 1), without("kind", "void"), without("reason", " "), without("who", "somebody"),
                                    without("checkpoint", otherRoot), without("checkpoint", otherSize), std::string{"b"}}) {
        EXPECT_EQ(codeOf(ask(line, by)), ErrorCode::SignerRefused) << line;
    }
    const std::string line = honest.dump();
    const Digest a = merkleLeaf(asBytes("a"));
    EXPECT_EQ(codeOf(signer().signSetBackLog(logOf("b"), {line, 2, {a}}, by)), ErrorCode::SignerRefused) << "it does not stand in that log";
    EXPECT_EQ(codeOf(signer().signSetBackLog(logOf(line), {line, 1, {a}}, by)), ErrorCode::SignerRefused);
    TreeHead elsewhere = logOf(line);
    elsewhere.origin = "line-2";
    EXPECT_EQ(codeOf(signer().signSetBackLog(elsewhere, {line, 2, {a}}, by)), ErrorCode::RecordsAltered);
    EXPECT_EQ(codeOf(ask(line, {by.supervisor, Secret::copyOf("not the passphrase")})), ErrorCode::PassphraseWrong);
    EXPECT_EQ((*signer().lastCheckpoint())->head.size, 3u) << "nothing of this was signed";

    ASSERT_TRUE(ask(line, by));
    EXPECT_EQ((*signer().lastCheckpoint())->head.size, 2u);
    EXPECT_EQ(codeOf(ask(line, by)), ErrorCode::SignerRefused) << "the last checkpoint is another one now";
    EXPECT_EQ(codeOf(signer().signCheckpoint({"line-1", 3, before.root()}, {})), ErrorCode::RecordsAltered) << "the log that was given up";
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

TEST_P(SignerContract, AManifestIsSignedOnlyWhereItNamesTheLastCheckpoint) {
    grant(Mode::X509);
    nlohmann::json manifest{{"format", 1}, {"batch", "b1"}, {"files", {{"units.csv", std::string(64, 'a')}}}};
    MerkleFrontier tree;
    tree.append(merkleLeaf(asBytes("a")));
    manifest["checkpoint"] = {{"origin", "line-1"}, {"size", 1}, {"root", toBase64(tree.root())}};
    EXPECT_FALSE(signer().signManifest(manifest.dump())) << "nothing was signed yet";
    ASSERT_TRUE(signer().signCheckpoint({"line-1", 1, tree.root()}, {}));
    const auto signature = signer().signManifest(manifest.dump());
    ASSERT_TRUE(signature) << describe(signature.error());
    EXPECT_FALSE(signature->empty());
    for (const char* text : {"", "not a manifest", "[1]", "{\"format\":1}"}) EXPECT_FALSE(signer().signManifest(text)) << text;
    auto other = manifest;
    other["checkpoint"]["size"] = 2;
    EXPECT_FALSE(signer().signManifest(other.dump()));
    other = manifest;
    other["format"] = 2;
    EXPECT_FALSE(signer().signManifest(other.dump()));
    other = manifest;
    other["batch"] = "b2";
    EXPECT_EQ(codeOf(signer().signManifest(other.dump())), ErrorCode::NotGranted);
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
