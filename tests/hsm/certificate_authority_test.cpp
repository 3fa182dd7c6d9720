// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/certificate_authority.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <set>

#include "core/file.h"
#include "hsm/signer/signing.h"
#include "tests/hsm/made_certificate.h"
#include "tests/support/token_folder.h"

namespace keystamp::hsm {
namespace {

using std::chrono::hours;

const DeviceId kId = *DeviceId::parse("acme-000017");

// What another program says, and whether it was content.
bool isContent(const std::string& command, std::string& said) {
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return false;
    char line[512];
    while (fgets(line, sizeof line, pipe) != nullptr) said += line;
    return WEXITSTATUS(pclose(pipe)) == 0;
}

UtcTime timeOf(const ASN1_TIME* time) {
    std::tm parts{};
    EXPECT_EQ(ASN1_TIME_to_tm(time, &parts), 1);
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::from_time_t(timegm(&parts)));
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
        m_csr = test::makeCsr(m_deviceKey.get(), kId.text());
    }

    CertificateAuthority open(Slot slot = Slot::Primary) {
        return CertificateAuthority::open(*m_token, m_config, slot);
    }

    static Result<Bytes> prove(const CertificateAuthority& ca, const std::string& code) {
        const auto tbs = ca.prepareProof(code, newSerial(), utcNow());
        if (!tbs) return tbs.error();
        return ca.signProof(*tbs);
    }

    static Result<Bytes> issue(const CertificateAuthority& ca, BytesView csr, UtcTime now = utcNow()) {
        const auto draft = ca.prepare(kId, newSerial(), csr, now);
        if (!draft) return draft.error();
        return ca.sign(*draft);
    }

    // Another certificate for the primary CA's key in the HSM, and its root, in the configured files.
    void replaceCa(const test::CaRecipe& recipe, const test::CaRecipe& rootRecipe = {"root", "critical,CA:TRUE"},
                   const Bytes& ckaId = Bytes{0x01}) {
        const auto root = test::makeCa(rootRecipe);
        const auto key = test::parsePublicKey(*m_token->publicKey(ckaId));
        const auto ca = test::makeCa(recipe, &root, key.get());
        ASSERT_TRUE(writeFile(m_config.root, test::toPem(root.der())));
        ASSERT_TRUE(writeFile(m_config.slots[Slot::Primary].caCert, test::toPem(ca.der())));
    }

    test::TokenFolder m_folder;
    SignerConfig m_config;
    std::unique_ptr<Token> m_token;
    EvpKeyPtr m_deviceKey = test::newEcKey();
    Bytes m_csr;
};

TEST_F(CertificateAuthorityTest, LeafAndChainSatisfyOpensslAndGnutls) {
    for (const Slot slot : {Slot::Primary, Slot::Secondary}) {
        const auto ca = open(slot);
        ASSERT_TRUE(ca.info().usable) << ca.info().problem;
        const auto leaf = issue(ca, m_csr);
        ASSERT_TRUE(leaf) << describe(leaf.error());
        const std::string base = m_folder.path() + "/";
        ASSERT_TRUE(writeFile(base + "leaf.pem", test::toPem(*leaf)));
        ASSERT_TRUE(writeFile(base + "chain.pem", ca.info().chainPem));
        const std::string verify = "openssl verify -x509_strict -purpose sslclient -CAfile " + base + "ca/root.pem ";
        std::string said;
        EXPECT_TRUE(isContent(verify + "-untrusted " + base + "chain.pem " + base + "leaf.pem", said)) << said;
        EXPECT_FALSE(isContent(verify + base + "leaf.pem", said)) << "without its intermediate it must not verify";

        const std::string all = test::toPem(*leaf) + ca.info().chainPem;
        ASSERT_TRUE(writeFile(base + "all.pem", all));
        const std::string certtool =
            "certtool --verify --load-ca-certificate " + base + "ca/root.pem --infile " + base + "all.pem";
        EXPECT_TRUE(isContent(certtool, said)) << said;
    }
}

TEST_F(CertificateAuthorityTest, ALeafHoldsWhatTheProfileSaysAndNothingOfTheRequestButItsKey) {
    m_config.profile.organisation = "Acme";
    m_config.profile.validity = hours{24 * 100};
    const auto ca = open();
    const Bytes csr = test::makeCsr(m_deviceKey.get(), "", EVP_sha256(), [](X509_REQ* request) {
        X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request), "OU", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>("smuggled"), -1, -1, 0);
        STACK_OF(X509_EXTENSION)* asked = sk_X509_EXTENSION_new_null();
        for (const auto& [nid, value] : {std::pair{NID_basic_constraints, "critical,CA:TRUE"},
                                         std::pair{NID_subject_alt_name, "DNS:smuggled"}}) {
            sk_X509_EXTENSION_push(asked, X509V3_EXT_conf_nid(nullptr, nullptr, nid, value));
        }
        X509_REQ_add_extensions(request, asked);
        sk_X509_EXTENSION_pop_free(asked, X509_EXTENSION_free);
    });
    const Serial serial = newSerial();
    const UtcTime now = utcNow() + hours{48};  // the demo's CA is two days old
    const auto draft = ca.prepare(kId, serial, csr, now);
    ASSERT_TRUE(draft) << describe(draft.error());
    const auto der = ca.sign(*draft);
    ASSERT_TRUE(der) << describe(der.error());
    EXPECT_EQ(asText(*der).find("smuggled"), std::string_view::npos);
    const auto leaf = fromDer<X509Ptr>(d2i_X509, *der);
    ASSERT_TRUE(leaf);
    EXPECT_EQ(X509_get_ext_count(leaf.get()), 5);
    EXPECT_EQ(toDer(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(leaf.get())), toDer(i2d_PUBKEY, m_deviceKey.get()));
    EXPECT_EQ(draft->keyHash, sha256(BytesView{toDer(i2d_PUBKEY, m_deviceKey.get())}));

    char subject[128];
    X509_NAME_oneline(X509_get_subject_name(leaf.get()), subject, sizeof subject);
    EXPECT_STREQ(subject, "/O=Acme/CN=acme-000017");
    const ASN1_INTEGER* number = X509_get0_serialNumber(leaf.get());
    EXPECT_EQ(Bytes(number->data, number->data + number->length), serial);
    EXPECT_EQ(timeOf(X509_get0_notBefore(leaf.get())), std::chrono::floor<std::chrono::seconds>(now - hours{24}));
    EXPECT_EQ(timeOf(X509_get0_notAfter(leaf.get())), timeOf(X509_get0_notBefore(leaf.get())) + hours{24 * 100});
    EXPECT_EQ(X509_check_purpose(leaf.get(), X509_PURPOSE_SSL_CLIENT, 0), 1);
    EXPECT_EQ(X509_check_purpose(leaf.get(), X509_PURPOSE_SSL_SERVER, 0), 0);
    EXPECT_EQ(X509_check_ca(leaf.get()), 0);
}

TEST_F(CertificateAuthorityTest, UsagesAndKeysAreTheProfiles) {
    m_config.profile.purposes.insert(KeyPurpose::ServerAuth);
    m_config.profile.keys = {KeyAlgorithm::P384};
    const auto ca = open();
    const auto refused = issue(ca, m_csr);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::CsrRefused);
    EXPECT_NE(refused.error().detail.find("the profile has no P-256 keys"), std::string::npos) << refused.error().detail;
    EXPECT_TRUE(m_folder.calls("C_Sign").empty());

    const auto leaf = issue(ca, test::makeCsr(test::newEcKey("P-384").get(), kId.text()));
    ASSERT_TRUE(leaf) << describe(leaf.error());
    const auto parsed = fromDer<X509Ptr>(d2i_X509, *leaf);
    EXPECT_EQ(X509_get_extended_key_usage(parsed.get()), static_cast<std::uint32_t>(XKU_SSL_CLIENT | XKU_SSL_SERVER));
    const auto proof = prove(ca, "code");
    EXPECT_TRUE(proof) << "the throw-away key of a proof is P-256, whatever leaves may have";
}

TEST_F(CertificateAuthorityTest, DatesStayWithinTheCas) {
    test::CaRecipe young;
    young.fromDay = 0;
    young.untilDay = 30;
    replaceCa(young);
    const auto ca = open();
    ASSERT_TRUE(ca.info().usable) << ca.info().problem;
    const auto leaf = fromDer<X509Ptr>(d2i_X509, *issue(ca, m_csr));
    EXPECT_EQ(timeOf(X509_get0_notBefore(leaf.get())), ca.info().notBefore);
    EXPECT_EQ(timeOf(X509_get0_notAfter(leaf.get())), ca.info().notAfter);
    for (const UtcTime now : {ca.info().notBefore - hours{1}, ca.info().notAfter + hours{1}}) {
        const auto refused = ca.prepare(kId, newSerial(), m_csr, now);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::SignerRefused);
    }
}

TEST_F(CertificateAuthorityTest, ALeafBeyond2049HasTheRightKindOfTime) {
    m_config.profile.validity = hours{24 * 365 * 40};
    test::CaRecipe old;
    old.untilDay = 365 * 45;
    replaceCa(old, {"root", "critical,CA:TRUE", "critical,keyCertSign,cRLSign", "hash", -10, 365 * 50});
    const auto ca = open();
    ASSERT_TRUE(ca.info().usable) << ca.info().problem;
    const auto leaf = fromDer<X509Ptr>(d2i_X509, *issue(ca, m_csr));
    ASSERT_TRUE(leaf);
    EXPECT_EQ(X509_get0_notBefore(leaf.get())->type, V_ASN1_UTCTIME);
    EXPECT_EQ(X509_get0_notAfter(leaf.get())->type, V_ASN1_GENERALIZEDTIME);
}

TEST_F(CertificateAuthorityTest, OneLeafCostsOneSignature) {
    const auto ca = open();
    ASSERT_TRUE(ca.info().usable) << ca.info().problem;
    const auto draft = ca.prepare(kId, newSerial(), m_csr, utcNow());
    ASSERT_TRUE(draft) << describe(draft.error());
    EXPECT_TRUE(m_folder.calls("C_Sign").empty()) << "prepare signs nothing";
    ASSERT_TRUE(ca.sign(*draft));
    const auto signatures = m_folder.calls("C_Sign");
    ASSERT_EQ(signatures.size(), 1u);
    EXPECT_EQ(signatures[0].at("key"), "01");
    EXPECT_EQ(signatures[0].at("mech"), "CKM_ECDSA");
}

TEST_F(CertificateAuthorityTest, ADraftThatWasTamperedWithCostsNoSignature) {
    const auto ca = open();
    const auto draft = ca.prepare(kId, newSerial(), m_csr, utcNow());
    ASSERT_TRUE(draft);
    LeafDraft tampered = *draft;
    const Bytes endEntity = *fromHex("0101ff04023000");  // basic constraints: critical, empty
    const auto at = std::search(tampered.tbs.begin(), tampered.tbs.end(), endEntity.begin(), endEntity.end());
    ASSERT_NE(at, tampered.tbs.end());
    at[2] = 0x00;
    const auto refused = ca.sign(tampered);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::LintFailed);
    EXPECT_FALSE(ca.sign(LeafDraft{newSerial(), {}, toBytes(asBytes("sign this"))}));
    EXPECT_TRUE(m_folder.calls("C_Sign").empty());
}

TEST_F(CertificateAuthorityTest, FiveThousandLeavesAreCleanAndNoSerialIsTwice) {
    const auto ca = open();
    ASSERT_TRUE(ca.info().usable) << ca.info().problem;
    const Bytes csr = test::makeCsr(m_deviceKey.get(), "");
    std::set<Serial> serials;
    for (int i = 0; i < 5000; ++i) {
        const Serial serial = newSerial();
        const auto draft = ca.prepare(*DeviceId::parse("acme-" + std::to_string(i)), serial, csr, utcNow());
        ASSERT_TRUE(draft) << describe(draft.error());
        const auto leaf = ca.sign(*draft);
        ASSERT_TRUE(leaf) << describe(leaf.error());
        const auto clean = lintLeaf(*leaf, ca.info().certificate, m_config.profile);
        ASSERT_TRUE(clean) << clean.error().detail;
        EXPECT_TRUE(serials.insert(serial).second);
        // and as OpenSSL reads and writes it, TBS encoded anew
        const auto parsed = fromDer<X509Ptr>(d2i_X509, *leaf);
        ASSERT_TRUE(parsed);
        ASSERT_EQ(toDer(i2d_re_X509_tbs, parsed.get()), draft->tbs);
        ASSERT_EQ(toDer(i2d_X509, parsed.get()), *leaf);
    }
    EXPECT_EQ(m_folder.calls("C_Sign").size(), 5000u);
}

TEST_F(CertificateAuthorityTest, SerialsArePositiveMinimalAndHold128RandomBits) {
    for (int i = 0; i < 10000; ++i) {
        const Serial serial = newSerial();
        ASSERT_LE(serial.size(), 20u);
        ASSERT_GE(serial.size(), 17u);
        ASSERT_NE(serial[0], 0);
        ASSERT_LT(serial[0], 0x80);
    }
}

TEST_F(CertificateAuthorityTest, ProvesToACloudThatItHoldsTheKey) {
    const auto ca = open(Slot::Secondary);
    const std::string code = "A5C6BA7C5D6F4A0C8E5F3B2A190817263544536271809FAE";
    const auto proof = prove(ca, code);
    ASSERT_TRUE(proof) << describe(proof.error());
    const auto certificate = fromDer<X509Ptr>(d2i_X509, *proof);
    char name[128] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name, sizeof name);
    EXPECT_EQ(name, code);
    EXPECT_EQ(X509_get_ext_by_NID(certificate.get(), NID_ext_key_usage, -1), -1);
    EXPECT_EQ(timeOf(X509_get0_notAfter(certificate.get())) - timeOf(X509_get0_notBefore(certificate.get())),
              hours{24 * 30});
    ASSERT_TRUE(writeFile(m_folder.path() + "/proof.pem", test::toPem(*proof)));
    ASSERT_TRUE(writeFile(m_folder.path() + "/chain.pem", ca.info().chainPem));
    std::string said;
    EXPECT_TRUE(isContent("openssl verify -x509_strict -CAfile " + m_folder.path() + "/ca/root.pem -untrusted " +
                              m_folder.path() + "/chain.pem " + m_folder.path() + "/proof.pem",
                          said))
        << said;
    for (const std::string& bad : {std::string{}, std::string(65, 'A'), std::string{"a\nb"}, std::string{"ä"}}) {
        const auto refused = prove(ca, bad);
        ASSERT_FALSE(refused) << bad;
        EXPECT_EQ(refused.error().code, ErrorCode::BadUsage);
    }
}

TEST_F(CertificateAuthorityTest, ABadRequestIsRefusedBeforeAnythingIsSigned) {
    const auto ca = open();
    const auto refused = issue(ca, test::makeCsr(m_deviceKey.get(), "acme-000018"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::CsrRefused);
    const auto badSerial = ca.prepare(kId, Bytes(21, 0x11), m_csr, utcNow());
    ASSERT_FALSE(badSerial);
    EXPECT_EQ(badSerial.error().code, ErrorCode::LintFailed);
    EXPECT_TRUE(m_folder.calls("C_Sign").empty());
}

TEST_F(CertificateAuthorityTest, SignsAndVerifiesForItself) {
    for (const Slot slot : {Slot::Primary, Slot::Secondary}) EXPECT_TRUE(open(slot).selfTest());
    const std::string text = "keystamp\n7\nabc=\n";
    const auto signature = signWithAuditKey(*m_token, m_config.auditKey, text);
    ASSERT_TRUE(signature);
    const auto key = test::parsePublicKey(*m_token->publicKey(m_config.auditKey));
    EXPECT_TRUE(verifies(key.get(), EVP_sha256(), asBytes(text), *signature));
    EXPECT_FALSE(verifies(key.get(), EVP_sha256(), asBytes(text + "x"), *signature));
}

TEST_F(CertificateAuthorityTest, AGoodCaHasNoProblemAndSaysWhatItIs) {
    replaceCa({});
    const auto ca = open();
    EXPECT_TRUE(ca.info().usable);
    EXPECT_EQ(ca.info().problem, "");
    EXPECT_EQ(ca.info().subject, "CN=test CA");
    EXPECT_EQ(ca.info().keyType, "EC P-256");
    EXPECT_TRUE(ca.info().groupKey);
    EXPECT_EQ(ca.info().sha256, sha256(BytesView{ca.info().certificate}));
}

TEST_F(CertificateAuthorityTest, ACaMayBeBoundToPurposesThatHoldClientAuth) {
    for (const char* purposes : {"clientAuth", "serverAuth,clientAuth"}) {
        test::CaRecipe recipe;
        recipe.extendedKeyUsage = purposes;
        replaceCa(recipe);
        EXPECT_EQ(open().info().problem, "") << purposes;
    }
}

TEST_F(CertificateAuthorityTest, ACaBetweenItAndTheRootBindsItsLeavesToo) {
    const std::string both = "critical,keyCertSign,cRLSign";
    const auto root = test::makeCa({"root", "critical,CA:TRUE"});
    const auto between = test::makeCa({"between", "critical,CA:TRUE", both, "hash", -10, 4000, "serverAuth"}, &root);
    const auto key = test::parsePublicKey(*m_token->publicKey(Bytes{0x01}));
    const auto ca = test::makeCa({}, &between, key.get());
    ASSERT_TRUE(writeFile(m_config.root, test::toPem(root.der())));
    ASSERT_TRUE(writeFile(m_config.slots[Slot::Primary].caCert, test::toPem(ca.der()) + test::toPem(between.der())));
    const auto opened = open();
    EXPECT_FALSE(opened.info().usable);
    EXPECT_NE(opened.info().problem.find("extended key usage of CN=between leaves out clientAuth"), std::string::npos) << opened.info().problem;
}

TEST_F(CertificateAuthorityTest, ACaThatMustNotIssueSaysWhyAndSignsNothing) {
    struct Case {
        const char* says;
        test::CaRecipe ca;
        test::CaRecipe root{"root", "critical,CA:TRUE"};
    };
    const std::string both = "critical,keyCertSign,cRLSign";
    const Case cases[] = {
        {"expired", {"ca", "critical,CA:TRUE,pathlen:0", both, "hash", -10, -1}},
        {"not valid before", {"ca", "critical,CA:TRUE,pathlen:0", both, "hash", 1, 10}},
        {"no CA", {"ca", "critical,CA:FALSE"}},
        {"not critical", {"ca", "CA:TRUE,pathlen:0"}},
        {"path length", {"ca", "critical,CA:TRUE"}},
        {"path length", {"ca", "critical,CA:TRUE,pathlen:1"}},
        {"keyCertSign or cRLSign", {"ca", "critical,CA:TRUE,pathlen:0", "critical,keyCertSign"}},
        {"keyCertSign or cRLSign", {"ca", "critical,CA:TRUE,pathlen:0", "critical,cRLSign"}},
        {"key usage is not critical", {"ca", "critical,CA:TRUE,pathlen:0", "keyCertSign,cRLSign"}},
        {"subject key identifier", {"ca", "critical,CA:TRUE,pathlen:0", both, ""}},
        {"root is no CA", {}, {"root", "critical,CA:FALSE"}},
        {"chain to the root", {}, {"root", "critical,CA:TRUE", both, "hash", -10, -1}},
        {"extended key usage of CN=ca leaves out clientAuth", {"ca", "critical,CA:TRUE,pathlen:0", both, "hash", -10, 10, "serverAuth,emailProtection"}},
        {"extended key usage of CN=root leaves out clientAuth", {}, {"root", "critical,CA:TRUE", both, "hash", -10, 4000, "serverAuth"}},
    };
    for (const Case& each : cases) {
        replaceCa(each.ca, each.root);
        const auto ca = open();
        EXPECT_FALSE(ca.info().usable) << each.says;
        EXPECT_NE(ca.info().problem.find(each.says), std::string::npos) << each.says << ": " << ca.info().problem;
        const auto refused = issue(ca, m_csr);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::SignerRefused);
        EXPECT_FALSE(prove(ca, "code"));
        EXPECT_FALSE(ca.selfTest());
    }
    EXPECT_TRUE(m_folder.calls("C_Sign").empty());
}

TEST_F(CertificateAuthorityTest, ACertificateForAnotherKeyIsFound) {
    replaceCa({}, {"root", "critical,CA:TRUE"}, Bytes{0x02});
    EXPECT_NE(open().info().problem.find("not for key 01"), std::string::npos) << open().info().problem;
    EXPECT_FALSE(open().info().usable);
}

TEST_F(CertificateAuthorityTest, AForeignRootIsFound) {
    const auto other = test::makeCa({"root", "critical,CA:TRUE"});
    ASSERT_TRUE(writeFile(m_config.root, test::toPem(other.der())));
    EXPECT_NE(open().info().problem.find("chain to the root"), std::string::npos) << open().info().problem;
}

TEST_F(CertificateAuthorityTest, FilesThatAreMissingOrNoCertificatesAreNamed) {
    const std::string path = m_config.slots[Slot::Primary].caCert;
    for (const std::string& content :
         {std::string{"no PEM"}, std::string{"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}}) {
        ASSERT_TRUE(writeFile(path, content));
        EXPECT_NE(open().info().problem.find(path), std::string::npos) << open().info().problem;
        EXPECT_FALSE(open().info().usable);
    }
    ASSERT_EQ(remove(path.c_str()), 0);
    EXPECT_NE(open().info().problem.find(path), std::string::npos);
    EXPECT_TRUE(open(Slot::Secondary).info().usable) << "the other slot works on";
}

TEST_F(CertificateAuthorityTest, AMissingKeyOrSlotIsNamed) {
    m_config.slots[Slot::Primary].caKey = Bytes{0x7f};
    EXPECT_NE(open().info().problem.find("7f"), std::string::npos) << open().info().problem;
    m_config.slots.erase(Slot::Primary);
    EXPECT_EQ(open().info().problem, "not configured");
    EXPECT_FALSE(open().prepare(kId, newSerial(), m_csr, utcNow()));
}

}  // namespace
}  // namespace keystamp::hsm
