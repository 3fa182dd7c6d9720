// SPDX-License-Identifier: Apache-2.0
// What the HSM may do to a token in use: sessions that vanish, other kinds of keys, many threads, a kill while it is
// made.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "core/file.h"
#include "hsm/signer/certificate_authority.h"
#include "hsm/signer/demo_token.h"
#include "hsm/signer/module.h"
#include "hsm/signer/signing.h"
#include "tests/hsm/made_certificate.h"
#include "tests/support/token_folder.h"

namespace keystamp::hsm {
namespace {

namespace fs = std::filesystem;

const DeviceId kId = *DeviceId::parse("acme-000017");
const Bytes kNewKey{0x31};

// The module beside the token that has it open: for doing to the token what only its owner could.
class Aside {
public:
    explicit Aside(const SignerConfig& config) : m_module(*Module::load(config)) {
        CK_SLOT_ID slots[8];
        CK_ULONG count = 8;
        if (call().C_GetSlotList(CK_TRUE, slots, &count) == CKR_OK) m_slot = slots[0];
    }
    const CK_FUNCTION_LIST& call() const { return m_module.call(); }
    CK_SLOT_ID slot() const { return m_slot; }

    void generate(CK_MECHANISM_TYPE type, std::vector<CK_ATTRIBUTE> publicHalf) const {
        CK_SESSION_HANDLE session = 0;
        ASSERT_EQ(call().C_OpenSession(m_slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session),
                  CKR_OK);
        CK_BBOOL yes = CK_TRUE;
        auto* id = const_cast<CK_BYTE_PTR>(kNewKey.data());
        std::vector<CK_ATTRIBUTE> privateHalf{
            {CKA_TOKEN, &yes, sizeof yes}, {CKA_SIGN, &yes, sizeof yes}, {CKA_ID, id, kNewKey.size()}};
        publicHalf.push_back({CKA_TOKEN, &yes, sizeof yes});
        publicHalf.push_back({CKA_ID, id, kNewKey.size()});
        CK_MECHANISM mechanism{type, nullptr, 0};
        CK_OBJECT_HANDLE publicKey = 0;
        CK_OBJECT_HANDLE privateKey = 0;
        ASSERT_EQ(call().C_GenerateKeyPair(session, &mechanism, publicHalf.data(), publicHalf.size(),
                                           privateHalf.data(), privateHalf.size(), &publicKey, &privateKey),
                  CKR_OK);
        call().C_CloseSession(session);
    }

private:
    Module m_module;
    CK_SLOT_ID m_slot = 0;
};

class TokenFault : public testing::Test {
protected:
    void SetUp() override {
        m_folder.logCalls();
        m_config = m_folder.config();
        auto token = Token::open(m_config);
        ASSERT_TRUE(token) << describe(token.error());
        m_token = std::move(token).value();
        ASSERT_TRUE(m_token->login(m_folder.pin()));
    }

    // A CA with the key kNewKey in the HSM, certified by a root of OpenSSL's.
    CertificateAuthority openNewCa() {
        const auto root = test::makeCa({"root", "critical,CA:TRUE"});
        const auto key = test::parsePublicKey(*m_token->publicKey(kNewKey));
        const auto ca = test::makeCa({}, &root, key.get());
        EXPECT_TRUE(writeFile(m_config.root, test::toPem(root.der())));
        EXPECT_TRUE(writeFile(m_config.slots[Slot::Primary].caCert, test::toPem(ca.der())));
        m_config.slots[Slot::Primary].caKey = kNewKey;
        return CertificateAuthority::open(*m_token, m_config, Slot::Primary);
    }

    void expectIssues(const CertificateAuthority& ca, const std::string& keyType) {
        ASSERT_TRUE(ca.info().usable) << ca.info().problem;
        EXPECT_EQ(ca.info().keyType, keyType);
        EXPECT_TRUE(ca.selfTest());
        const auto deviceKey = test::newEcKey();
        const auto draft = ca.prepare(kId, newSerial(), test::makeCsr(deviceKey.get(), kId.text()), utcNow());
        ASSERT_TRUE(draft) << describe(draft.error());
        const auto leaf = ca.sign(*draft);
        ASSERT_TRUE(leaf) << describe(leaf.error());
        const auto parsed = fromDer<X509Ptr>(d2i_X509, *leaf);
        const auto issuer = fromDer<X509Ptr>(d2i_X509, ca.info().certificate);
        EXPECT_EQ(X509_verify(parsed.get(), X509_get0_pubkey(issuer.get())), 1);
        EXPECT_EQ(toDer(i2d_re_X509_tbs, parsed.get()), draft->tbs);
        const auto proof = ca.prepareProof("CODE", newSerial(), utcNow());
        ASSERT_TRUE(proof) << describe(proof.error());
        EXPECT_TRUE(ca.signProof(*proof));
    }

    test::TokenFolder m_folder;
    SignerConfig m_config;
    std::unique_ptr<Token> m_token;
};

TEST_F(TokenFault, AnRsaCaIssues) {
    CK_ULONG bits = 2048;
    Aside{m_config}.generate(CKM_RSA_PKCS_KEY_PAIR_GEN, {{CKA_MODULUS_BITS, &bits, sizeof bits}});
    expectIssues(openNewCa(), "RSA 2048");
}

TEST_F(TokenFault, AP384CaIssuesOverSha384) {
    Bytes curve{0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};
    Aside{m_config}.generate(CKM_EC_KEY_PAIR_GEN, {{CKA_EC_PARAMS, curve.data(), curve.size()}});
    expectIssues(openNewCa(), "EC P-384");
}

TEST_F(TokenFault, TwoKeysOfOneIdAreNeverChosenBetween) {
    Bytes curve{0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};
    for (int i = 0; i < 2; ++i) {
        Aside{m_config}.generate(CKM_EC_KEY_PAIR_GEN, {{CKA_EC_PARAMS, curve.data(), curve.size()}});
    }
    const auto key = m_token->publicKey(kNewKey);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, ErrorCode::KeyMissing);
    EXPECT_NE(key.error().detail.find("several"), std::string::npos) << key.error().detail;
}

TEST_F(TokenFault, AfterItsSessionsVanishedATokenSaysThatThePinIsNeededAndTakesIt) {
    const auto before = m_token->hmac(Bytes{0x11}, asBytes("device"));
    ASSERT_TRUE(before);
    const Aside aside{m_config};
    ASSERT_EQ(aside.call().C_CloseAllSessions(aside.slot()), CKR_OK);  // which also ends the login
    const auto refused = m_token->hmac(Bytes{0x11}, asBytes("device"));
    ASSERT_FALSE(refused);
    EXPECT_FALSE(m_token->loggedIn() && refused.error().code == ErrorCode::PinNeeded);
    ASSERT_TRUE(m_token->login(m_folder.pin()));
    const auto after = m_token->hmac(Bytes{0x11}, asBytes("device"));
    ASSERT_TRUE(after) << describe(after.error());
    EXPECT_TRUE(after->equals(*before));
}

TEST_F(TokenFault, ACaSignatureThatFailsIsNotRepeated) {
    const auto ca = CertificateAuthority::open(*m_token, m_config, Slot::Primary);
    ASSERT_TRUE(ca.selfTest());  // libp11 has its session now
    const auto deviceKey = test::newEcKey();
    const auto draft = ca.prepare(kId, newSerial(), test::makeCsr(deviceKey.get(), kId.text()), utcNow());
    ASSERT_TRUE(draft);
    const std::size_t tries = m_folder.calls("C_SignInit").size();
    const Aside aside{m_config};
    ASSERT_EQ(aside.call().C_CloseAllSessions(aside.slot()), CKR_OK);
    const auto refused = ca.sign(*draft);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::HsmFault);
    EXPECT_EQ(refused.error().native, static_cast<long>(CKR_SESSION_HANDLE_INVALID));
    EXPECT_EQ(m_folder.calls("C_SignInit").size(), tries + 1);
}

TEST_F(TokenFault, ManyThreadsIssueAndDeriveAtOnce) {
    const auto ca = CertificateAuthority::open(*m_token, m_config, Slot::Primary);
    const auto deviceKey = test::newEcKey();
    const Bytes csr = test::makeCsr(deviceKey.get(), "");
    const auto expected = m_token->hmac(Bytes{0x11}, asBytes("device"));
    ASSERT_TRUE(expected);
    std::vector<std::thread> threads;
    std::atomic<int> failed{0};
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 25; ++i) {
                const auto draft = ca.prepare(kId, newSerial(), csr, utcNow());
                if (!draft || !ca.sign(*draft)) ++failed;
                const auto key = m_token->hmac(Bytes{0x11}, asBytes("device"));
                if (!key || !key->equals(*expected)) ++failed;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failed, 0);
}

// Killed at points spread over its making, again and again on what the last kill left: it ends whole.
TEST(DemoTokenFault, IsCompletedAfterKills) {
    const std::string folder = test::newFolder();
    test::writeStationToml(folder);
    const auto config = *loadSignerConfig(folder + "/station.toml");
    const auto make = [&](std::chrono::microseconds lives) {
        const pid_t child = fork();
        if (child == 0) {
            const auto made = openSecureHeap().ok() ? makeDemoToken(config) : Result<void>{Error{}};
            if (!made) std::fprintf(stderr, "%s\n", describe(made.error()).c_str());
            _exit(made ? 0 : 1);
        }
        std::this_thread::sleep_for(lives);
        if (lives.count() > 0) kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    };
    // each life is longer than the last, until one is long enough: the kills spread over however long it takes here
    int killed = 0;
    int outcome = -1;
    for (double lives = 1000; outcome != 0 && lives < 30e6; lives *= 1.25) {
        outcome = make(std::chrono::microseconds{static_cast<long>(lives)});
        ASSERT_NE(outcome, 1) << "refused after " << killed << " kills";
        if (outcome < 0) ++killed;
    }
    EXPECT_GT(killed, 0) << "the test must kill something";
    EXPECT_EQ(make(std::chrono::microseconds{0}), 0);

    const auto token = Token::open(config);
    ASSERT_TRUE(token) << describe(token.error());
    ASSERT_TRUE((*token)->login(*readSecretFile(config.pinFile)));
    for (const Slot slot : {Slot::Primary, Slot::Secondary}) {
        const auto ca = CertificateAuthority::open(**token, config, slot);
        EXPECT_TRUE(ca.info().usable) << ca.info().problem;
        EXPECT_TRUE(ca.info().groupKey);
        EXPECT_TRUE((*token)->hmac(config.slots.at(slot).groupKey, asBytes("device")));
    }
    EXPECT_TRUE(signWithAuditKey(**token, config.auditKey, "text"));
    fs::remove_all(folder);
}

}  // namespace
}  // namespace keystamp::hsm
