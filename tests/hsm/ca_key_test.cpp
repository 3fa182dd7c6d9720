// SPDX-License-Identifier: Apache-2.0
// A CA's key and request, and what may take a slot's place, on a real token.
#include "hsm/signer/ca_key.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>

#include "core/file.h"
#include "hsm/signer/ca_install.h"
#include "hsm/signer/certificate_authority.h"
#include "hsm/signer/session.h"
#include "tests/hsm/made_certificate.h"
#include "tests/support/token_folder.h"

namespace keystamp::hsm {
namespace {

const Bytes kNew{0x0a};
const Bytes kAnother{0x0b};

// What a stock OpenSSL prints, or nothing where it is not content.
std::string openssl(const std::string& words) {
    FILE* pipe = popen(("openssl " + words + " 2>&1").c_str(), "r");
    std::string said;
    char line[512];
    while (pipe != nullptr && fgets(line, sizeof line, pipe) != nullptr) said += line;
    return pclose(pipe) == 0 ? said : std::string{};
}

class CaKey : public testing::Test {
protected:
    void SetUp() override {
        m_folder.logCalls();
        m_config = m_folder.config();
        auto token = Token::open(m_config);
        ASSERT_TRUE(token) << describe(token.error());
        m_token = std::move(token).value();
        ASSERT_TRUE(m_token->login(m_folder.pin()));
    }

    void make(const Bytes& id, PairKind kind) {
        const auto made = makeCaKey(*m_token, id, "test", kind);
        ASSERT_TRUE(made) << describe(made.error());
    }

    test::TokenFolder m_folder;
    SignerConfig m_config;
    std::unique_ptr<Token> m_token;
};

TEST_F(CaKey, IsMadeInTheHsmStaysThereAndSignsARequestThatOpensslTakes) {
    const auto subject = parseName("CN=Line 1 CA,O=Acme\\, Berlin,C=DE");
    ASSERT_TRUE(subject) << describe(subject.error());
    const std::pair<PairKind, std::string> kinds[] = {
        {PairKind::P256, "prime256v1"}, {PairKind::P384, "secp384r1"}, {PairKind::Rsa3072, "3072 bit"}};
    Bytes id = kNew;
    for (const auto& [kind, says] : kinds) {
        EXPECT_FALSE(*hasCaKey(*m_token, id));
        make(id, kind);
        EXPECT_TRUE(*hasCaKey(*m_token, id));
        const auto signatures = m_folder.calls("C_Sign").size();
        const auto csr = signCaRequest(*m_token, id, *subject);
        ASSERT_TRUE(csr) << describe(csr.error());
        EXPECT_EQ(m_folder.calls("C_Sign").size(), signatures + 1);
        const std::string file = m_folder.path() + "/request.der";
        ASSERT_TRUE(writeFile(file, asText(*csr)));
        const std::string text = openssl("req -inform DER -verify -noout -text -nameopt RFC2253 -in " + file);
        for (const std::string& part : {says, std::string{"Subject: CN=Line 1 CA,O=Acme\\, Berlin,C=DE"}, std::string{"CA:TRUE, pathlen:0"},
                                        std::string{"Certificate Sign, CRL Sign"}, std::string{"Subject Key Identifier"}}) {
            EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
        }
        ++id[0];
    }
}

TEST_F(CaKey, NeitherItsValueNorAGroupKeysCanBeRead) {
    make(kNew, PairKind::P256);
    ASSERT_TRUE(m_token->importSecretKey(kAnother, "group", Secret::copyOf(BytesView{Bytes(64, 7)}), false));
    const auto looked = m_token->withSession([&](Session& session) -> Result<void> {
        for (const auto& [kind, id] : {std::pair<CK_OBJECT_CLASS, Bytes>{CKO_PRIVATE_KEY, kNew}, {CKO_SECRET_KEY, kAnother}}) {
            const auto found = session.find(kind, id);
            EXPECT_TRUE(found && found->size() == 1);
            EXPECT_TRUE(*session.staysInside(found->front()));
        }
        // one that was made otherwise is told apart
        return session.generatePair(PairKind::P256, Bytes{0x0c}, "public halves leave");
    });
    ASSERT_TRUE(looked) << describe(looked.error());
    const auto open = m_token->withSession([](Session& session) -> Result<void> {
        const auto publicHalves = session.find(CKO_PUBLIC_KEY, Bytes{0x0c});
        EXPECT_FALSE(*session.staysInside(publicHalves->front()));
        return {};
    });
    EXPECT_TRUE(open);
}

TEST_F(CaKey, APublicHalfAloneIsNoKeyAndNothingIsMadeBesideIt) {
    make(kNew, PairKind::P256);
    const auto torn = m_token->withSession([](Session& session) {
        const auto found = session.find(CKO_PRIVATE_KEY, kNew);
        return session.destroy(found->front());
    });
    ASSERT_TRUE(torn);
    const auto there = hasCaKey(*m_token, kNew);
    ASSERT_FALSE(there);
    EXPECT_EQ(there.error().code, ErrorCode::SignerRefused);
}

TEST(CaName, IsRefusedWhereItIsNone) {
    for (const char* text : {"", "Acme", "O=Acme", "CN=", "CN=a,CN=b", "CN=a,C=DEU", "CN=a,X=b", "CN=a\n", "CN=a,", "CN=\xff", "=a",
                             "CN=12345678901234567890123456789012345678901234567890123456789012345"}) {
        const auto parsed = parseName(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, ErrorCode::BadUsage) << text;
    }
    EXPECT_TRUE(parseName("CN=a, O=b"));
}

class CaInstall : public CaKey {
protected:
    void SetUp() override {
        CaKey::SetUp();
        m_root = test::makeCa({"root", "critical,CA:TRUE"});
        ASSERT_TRUE(writeFile(m_config.root, test::toPem(m_root.der())));
    }
    test::MadeCa certify(const test::CaRecipe& recipe, const test::MadeCa& issuer, const Bytes& id = Bytes{0x01}) {
        const auto key = test::parsePublicKey(*m_token->publicKey(id));
        return test::makeCa(recipe, &issuer, key.get());
    }
    std::string refusal(const std::string& pem) {
        const auto checked = checkChain(*m_token, m_config, Slot::Primary, pem, utcNow());
        EXPECT_FALSE(checked);
        if (checked) return {};
        EXPECT_EQ(checked.error().code, ErrorCode::ChainRefused);
        return checked.error().detail;
    }
    std::string path() { return m_config.slots[Slot::Primary].caCert; }

    test::MadeCa m_root;
};

TEST_F(CaInstall, TakesAChainWithOrWithoutItsRootAndKeepsOnlyTheChain) {
    ASSERT_EQ(std::remove(path().c_str()), 0);
    const auto between = test::makeCa({"between", "critical,CA:TRUE,pathlen:1"}, &m_root);
    const std::string chain = test::toPem(certify({"new"}, between).der()) + test::toPem(between.der());
    for (const std::string& text : {chain, "a comment\n" + chain + test::toPem(m_root.der())}) {
        const auto checked = checkChain(*m_token, m_config, Slot::Primary, text, utcNow());
        ASSERT_TRUE(checked) << describe(checked.error());
        EXPECT_EQ(checked->pem, chain);
        ASSERT_TRUE(putInPlace(path(), checked->pem));
        const auto ca = CertificateAuthority::open(*m_token, m_config, Slot::Primary);
        EXPECT_TRUE(ca.info().usable) << ca.info().problem;
    }
}

TEST_F(CaInstall, RefusesEachBadChainByItsReason) {
    ASSERT_EQ(std::remove(path().c_str()), 0);
    const auto stranger = test::makeCa({"stranger", "critical,CA:TRUE"});
    const auto between = test::makeCa({"between", "critical,CA:TRUE,pathlen:1"}, &m_root);
    const auto pem = [](const test::MadeCa& ca) { return test::toPem(ca.der()); };
    const std::string good = "critical,CA:TRUE,pathlen:0";
    const std::string both = "critical,keyCertSign,cRLSign";
    const std::pair<std::string, std::string> cases[] = {
        {"", "no certificate"},
        {"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no certificate"},
        {pem(m_root), "not for the primary slot's key 01"},
        {pem(certify({"new"}, m_root, Bytes{0x02})), "not for the primary slot's key 01"},
        {pem(certify({"new"}, stranger)), "chain to the root"},
        {pem(certify({"new"}, between)), "chain to the root"},
        {pem(certify({"new"}, between)) + pem(stranger), "was not issued by"},
        {pem(certify({"new"}, between)) + pem(m_root), "chain to the root"},
        {pem(between) + pem(certify({"new"}, between)), "not for the primary slot's key 01"},
        {pem(certify({"new", "critical,CA:TRUE"}, m_root)), "path length"},
        {pem(certify({"new", "critical,CA:TRUE,pathlen:1"}, m_root)), "path length"},
        {pem(certify({"new", good, "critical,cRLSign"}, m_root)), "keyCertSign"},
        {pem(certify({"new", good, both, "hash", -10, -1}, m_root)), "expired"},
        {pem(certify({"new", good, both, "hash", 1, 10}, m_root)), "not valid before"},
        {std::string(70000, 'x'), "bytes"},
    };
    for (const auto& [chain, says] : cases) {
        const std::string said = refusal(chain);
        EXPECT_NE(said.find(says), std::string::npos) << says << ": " << said;
    }
    EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(CaInstall, RefusesAWeakLink) {
    const auto weak = test::makeCa({"between", "critical,CA:TRUE,pathlen:1"}, &m_root, test::newRsaKey(1024).get());
    EXPECT_NE(refusal(test::toPem(certify({"new"}, m_root).der()) + test::toPem(weak.der())).find("RSA"), std::string::npos);
}

TEST_F(CaInstall, AKeyKeepsItsName) {
    ASSERT_TRUE(putInPlace(path(), test::toPem(certify({"first"}, m_root).der())));
    EXPECT_NE(refusal(test::toPem(certify({"second"}, m_root).der())).find("first"), std::string::npos);
    EXPECT_TRUE(checkChain(*m_token, m_config, Slot::Primary, test::toPem(certify({"first"}, m_root).der()), utcNow()));
}

TEST_F(CaInstall, WhatWasThereBeforeStaysBesideIt) {
    const auto before = readFile(path());
    ASSERT_TRUE(putInPlace(path(), "new\n"));
    EXPECT_EQ(*readFile(path()), "new\n");
    const std::string aside = path() + ".before-" + toHex(BytesView{sha256(asBytes(*before))}.first(4));
    EXPECT_EQ(*readFile(aside), *before);
}

}  // namespace
}  // namespace keystamp::hsm
