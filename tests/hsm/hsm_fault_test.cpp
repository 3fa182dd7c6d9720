// SPDX-License-Identifier: Apache-2.0
// An HSM that hangs, loses its device or its login: said in time, healed without anybody's hand, nothing signed twice.
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/file.h"
#include "tests/hsm/contract.h"
#include "tests/hsm/station_folder.h"
#include "tests/support/crypto.h"

namespace keystamp::test {
namespace {

class HsmFaults : public testing::Test {
protected:
    HsmFaults() {
        const std::string file = m_folder.token().configFile();
        std::string text = *readFile(file);
        const std::string softHsm = "/usr/lib/softhsm/libsofthsm2.so";
        text.replace(text.find(softHsm), softHsm.size(), KEYSTAMP_PKCS11_FAULT_SO);
        text.insert(text.find("SOFTHSM2_CONF"), "KEYSTAMP_PKCS11_FAULT_MODULE = \"" + softHsm + "\", KEYSTAMP_PKCS11_FAULT = \"" +
                                                    faultFile() + "\", ");
        EXPECT_TRUE(writeFile(file, text));
        m_signer = m_folder.connect();
        const auto opened = m_signer->openGrant(grantOf("b1", Mode::X509), m_folder.authority());
        EXPECT_TRUE(opened) << describe(opened.error());
    }
    std::string faultFile() const { return m_folder.token().path() + "/fault"; }
    void strike(const std::string& fault) { EXPECT_TRUE(writeFile(faultFile(), fault + "\n")); }
    void heal() { std::filesystem::remove(faultFile()); }

    hsm::LeafIntent reserved() {
        auto serial = m_signer->reserve("b1", deviceId("b1-0001"), "job");
        EXPECT_TRUE(serial) << describe(serial.error());
        return {"b1", "job", deviceId("b1-0001"), serial ? *serial : Bytes{}, m_csr};
    }
    /// The same board with a fresh serial, as a job does.
    bool issuesAgain() {
        return eventually([&] {
            const auto serial = m_signer->reserve("b1", deviceId("b1-0001"), "job");
            return serial && m_signer->issue({"b1", "job", deviceId("b1-0001"), *serial, m_csr});
        });
    }

    StationFolder m_folder;
    const Bytes m_csr = newCsr(newKey(), "b1-0001");
    std::unique_ptr<hsm::Signer> m_signer;
};

TEST_F(HsmFaults, AHungSignatureIsSaidInTimeAndIsNeverMadeAgain) {
    const auto intent = reserved();
    const auto before = m_signer->status()->worker;
    strike("C_Sign hang");
    const auto begun = std::chrono::steady_clock::now();
    const auto leaf = m_signer->issue(intent);
    const auto took = std::chrono::steady_clock::now() - begun;
    ASSERT_FALSE(leaf);
    // the worker is killed after 4 s; its successor knows what it had begun
    EXPECT_TRUE(leaf.error().code == ErrorCode::IntentLost || leaf.error().code == ErrorCode::SignerUnavailable) << describe(leaf.error());
    EXPECT_GE(took, std::chrono::seconds{3}) << "it really hung";
    heal();
    EXPECT_TRUE(eventually([&] { return m_signer->status() && m_signer->status()->loggedIn && m_signer->status()->worker != before; }));
    EXPECT_EQ(m_signer->issue(intent).error().code, ErrorCode::IntentLost);
    EXPECT_TRUE(issuesAgain());
    EXPECT_EQ(m_signer->counts("b1")->issued, 1u);
}

TEST_F(HsmFaults, ALostDeviceIsAnsweredAndAFreshWorkerTakesOver) {
    const auto intent = reserved();
    const auto before = m_signer->status()->worker;
    strike("C_Sign 30");  // CKR_DEVICE_ERROR
    const auto leaf = m_signer->issue(intent);
    ASSERT_FALSE(leaf);
    EXPECT_EQ(leaf.error().code, ErrorCode::HsmFault);
    EXPECT_EQ(leaf.error().native, 0x30);
    EXPECT_EQ(leaf.error().where, "C_Sign");
    heal();
    EXPECT_TRUE(issuesAgain());
    EXPECT_NE(m_signer->status()->worker, before);
    EXPECT_EQ(m_signer->serialRecord(intent.serial)->fate, hsm::SerialFate::Interrupted);
}

TEST_F(HsmFaults, ASignatureThatNobodyEverSawIsInTheLedger) {
    const auto noted = [&](const std::string& purpose) {
        return m_folder.ledger("SELECT count(*) FROM signature WHERE purpose = '" + purpose + "'").front();
    };
    // the HSM signs, and the worker dies before it knows
    const std::string signsAndDies = "C_Sign crash after #1";
    strike(signsAndDies);
    EXPECT_FALSE(m_signer->proveCa("code", Slot::Primary, m_folder.authority()));
    EXPECT_EQ(noted("prove"), "1");

    ASSERT_TRUE(eventually([&] { return m_signer->status() && m_signer->status()->loggedIn; }));
    MerkleFrontier tree;
    tree.append(merkleLeaf(asBytes("a")));
    strike(signsAndDies);
    ASSERT_TRUE(m_signer->signCheckpoint({"line-1", 1, tree.root()}, {})) << "the client asks again";
    EXPECT_EQ(noted("checkpoint"), "2");

    const nlohmann::json manifest{{"format", 1},
                                  {"batch", "b1"},
                                  {"files", {{"units.csv", std::string(64, 'a')}}},
                                  {"checkpoint", {{"origin", "line-1"}, {"size", 1}, {"root", toBase64(tree.root())}}}};
    strike(signsAndDies);
    ASSERT_TRUE(m_signer->signManifest(manifest.dump()));
    EXPECT_EQ(noted("manifest"), "2");
}

TEST_F(HsmFaults, ALoginThatTheHsmForgotIsMadeAgainByAFreshWorker) {
    const auto intent = reserved();
    strike("C_SignInit 101");  // CKR_USER_NOT_LOGGED_IN
    EXPECT_FALSE(m_signer->issue(intent));
    heal();
    EXPECT_TRUE(issuesAgain());
    EXPECT_EQ(m_signer->status()->state, "ready");
}

TEST_F(HsmFaults, ASessionThatIsLostWhileKeysAreReadIsNoMissingKey) {
    for (const char* lost : {"b0", "b3"}) {  // CKR_SESSION_CLOSED, CKR_SESSION_HANDLE_INVALID
        strike(std::string{"C_GetAttributeValue "} + lost);
        m_folder.kill("worker", SIGKILL);
        EXPECT_TRUE(eventually([&] { return m_signer->status() && m_signer->status()->state == "token-missing"; })) << lost;
        heal();
        EXPECT_TRUE(eventually([&] { return m_signer->status() && m_signer->status()->state == "ready"; })) << lost;
    }
    EXPECT_TRUE(issuesAgain());
}

TEST_F(HsmFaults, APinThatTheHsmDidNotJudgeIsNotCounted) {
    const auto counted = [&] { return m_folder.ledger("SELECT failures FROM pin_tries").front(); };
    strike("C_Login a0");  // CKR_PIN_INCORRECT
    m_folder.kill("worker", SIGKILL);
    ASSERT_TRUE(eventually([&] { return m_signer->status() && m_signer->status()->state == "pin-needed"; }));
    EXPECT_EQ(m_signer->login(m_folder.token().pin()).error().code, ErrorCode::PinWrong);
    EXPECT_EQ(counted(), "1");
    strike("C_Login 30");  // CKR_DEVICE_ERROR
    EXPECT_EQ(m_signer->login(m_folder.token().pin()).error().code, ErrorCode::HsmFault);
    EXPECT_EQ(counted(), "1");
    heal();
    EXPECT_TRUE(eventually([&] { return m_signer->login(m_folder.token().pin()).ok(); }));
    EXPECT_EQ(counted(), "0");
}

TEST_F(HsmFaults, AnHsmThatCannotBeOpenedIsTriedAgainUntilItCan) {
    strike("C_OpenSession 32");  // CKR_DEVICE_REMOVED
    m_folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return m_signer->status() && m_signer->status()->state == "token-missing"; }));
    EXPECT_FALSE(m_signer->selfTest());
    heal();
    EXPECT_TRUE(eventually([&] { return m_signer->status() && m_signer->status()->state == "ready"; }));
    EXPECT_TRUE(issuesAgain());
}

TEST_F(HsmFaults, AModuleThatHangsWhileItIsLoadedIsKilledAndStatusIsServedMeanwhile) {
    strike("C_Initialize hang");
    m_folder.kill("worker", SIGKILL);
    const auto status = m_signer->status();
    ASSERT_TRUE(status) << describe(status.error());
    EXPECT_EQ(status->state, "starting");
    heal();
    EXPECT_TRUE(eventually([&] { return m_signer->status() && m_signer->status()->state == "ready"; }));
}

TEST_F(HsmFaults, ASlowHsmDerivesForAnExportAndTheLineGoesOnMeanwhile) {
    std::vector<DeviceId> ids;
    for (int n = 1; n <= 140; ++n) ids.push_back(deviceId("export-" + std::to_string(n)));
    const auto worker = m_signer->status()->worker;
    strike("C_Sign slow");
    std::atomic<bool> over{false};
    Result<std::vector<hsm::DerivedKey>> derived = Error{ErrorCode::Internal, "not yet"};
    std::thread exporting{[&] {
        derived = m_signer->deriveFor(ids, {Slot::Primary, Slot::Secondary}, m_folder.authority());
        over = true;
    }};
    EXPECT_TRUE(eventually([&] { return m_folder.ledger("SELECT count(*) FROM derivation").front() != "0"; }));
    for (const char* id : {"b1-0001", "b1-0002", "b1-0003", "b1-0004", "b1-0005"}) {
        const auto serial = m_signer->reserve("b1", deviceId(id), "job");
        EXPECT_TRUE(serial) << describe(serial.error());
        if (!serial) break;
        const auto leaf = m_signer->issue({"b1", "job", deviceId(id), *serial, newCsr(newKey(), id)});
        EXPECT_TRUE(leaf) << describe(leaf.error());
    }
    EXPECT_FALSE(over) << "the line had to wait for the export";
    exporting.join();
    heal();
    ASSERT_TRUE(derived) << describe(derived.error());
    EXPECT_EQ(derived->size(), 2 * ids.size());
    EXPECT_EQ(m_signer->status()->worker, worker) << "it was killed for its slowness";
}

}  // namespace
}  // namespace keystamp::test
