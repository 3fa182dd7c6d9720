// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/certificate_authority.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <set>

#include "core/file.h"
#include "tests/support/crypto.h"
#include "tests/support/token_folder.h"

namespace keystamp::hsm {
namespace {

const DeviceId kId = *DeviceId::parse("acme-000017");

std::string pem(BytesView der) {
    std::string text = "-----BEGIN CERTIFICATE-----\n";
    const std::string base64 = toBase64(der);
    for (std::size_t at = 0; at < base64.size(); at += 64) text += base64.substr(at, 64) + "\n";
    return text + "-----END CERTIFICATE-----\n";
}

// What another program says, and whether it was content.
bool isContent(const std::string& command, std::string& said) {
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return false;
    char line[512];
    while (fgets(line, sizeof line, pipe) != nullptr) said += line;
    return WEXITSTATUS(pclose(pipe)) == 0;
}

class CertificateAuthorityTest : public testing::Test {
protected:
    void SetUp() override {
        m_folder.logCalls();
        m_config = m_folder.config();
        auto token = Token::open(m_config);
        ASSERT_TRUE(token) << describe(token.error());
        m_token = std::move(token).value();
        ASSERT_TRUE(m_token->login(m_folder.pin()));
    }

    CertificateAuthority open(Slot slot = Slot::Primary) { return CertificateAuthority::open(*m_token, m_config, slot); }

    Result<Bytes> issue(const CertificateAuthority& ca, const DeviceId& id, BytesView csr, UtcTime now = utcNow()) {
        const auto draft = ca.prepare(id, newSerial(), csr, now);
        if (!draft) return draft.error();
        return ca.sign(*draft);
    }

    test::TokenFolder m_folder;
    SignerConfig m_config;
    std::unique_ptr<Token> m_token;
};

TEST_F(CertificateAuthorityTest, LeafAndChainSatisfyOpensslAndGnutls) {
    for (const Slot slot : {Slot::Primary, Slot::Secondary}) {
        const auto ca = open(slot);
        ASSERT_TRUE(ca.info().usable) << ca.info().problem;
        const auto leaf = issue(ca, kId, test::newCsr(test::newKey(), kId.text()));
        ASSERT_TRUE(leaf) << describe(leaf.error());
        const std::string base = m_folder.path() + "/";
        ASSERT_TRUE(writeFile(base + "leaf.pem", pem(*leaf)));
        ASSERT_TRUE(writeFile(base + "chain.pem", ca.info().chainPem));
        std::string said;
        EXPECT_TRUE(isContent("openssl verify -x509_strict -purpose sslclient -CAfile " + base + "ca/root.pem -untrusted " + base +
                              "chain.pem " + base + "leaf.pem", said)) << said;
        ASSERT_TRUE(writeFile(base + "all.pem", pem(*leaf) + ca.info().chainPem + *readFile(base + "ca/root.pem")));
        EXPECT_TRUE(isContent("certtool --verify --load-ca-certificate " + base + "ca/root.pem --infile " + base + "all.pem", said))
            << said;
    }
}

TEST_F(CertificateAuthorityTest, OneLeafCostsOneSignature) {
    const auto ca = open();
    ASSERT_TRUE(ca.info().usable) << ca.info().problem;
    const auto draft = ca.prepare(kId, newSerial(), test::newCsr(test::newKey(), kId.text()), utcNow());
    ASSERT_TRUE(draft) << describe(draft.error());
    EXPECT_TRUE(m_folder.calls("C_Sign").empty()) << "prepare signs nothing";
    ASSERT_TRUE(ca.sign(*draft));
    const auto signatures = m_folder.calls("C_Sign");
    ASSERT_EQ(signatures.size(), 1u);
    EXPECT_EQ(signatures[0].at("key"), "01");
    EXPECT_EQ(signatures[0].at("mech"), "CKM_ECDSA");
}

TEST_F(CertificateAuthorityTest, SignsAndVerifiesForItself) {
    for (const Slot slot : {Slot::Primary, Slot::Secondary}) EXPECT_TRUE(open(slot).selfTest());
}

}  // namespace
}  // namespace keystamp::hsm
