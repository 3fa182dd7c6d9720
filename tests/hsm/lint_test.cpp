// SPDX-License-Identifier: Apache-2.0
// Each rule of the lint, broken alone by a certificate that OpenSSL made.
#include "hsm/signer/lint.h"

#include <gtest/gtest.h>
#include <openssl/ec.h>

#include "hsm/signer/certificate_authority.h"
#include "tests/hsm/made_certificate.h"

namespace keystamp::hsm {
namespace {

const test::MadeCa& ca() {
    static const test::MadeCa made = test::makeCa({});
    return made;
}

Result<void> lint(BytesView leaf, const Profile& profile = {}) {
    static const CaCertificatePtr parsed = *parseCaCertificate(ca().der());
    return lintCertificate(leaf, *parsed, profile, CertificateKind::Leaf);
}

using Change = std::function<void(X509*)>;

struct Broken {
    const char* name;
    const char* rule;  ///< what the lint's detail must begin with
    Change change;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

void replace(X509* leaf, int nid, const std::string& value) {
    test::removeExtension(leaf, nid);
    test::setExtension(leaf, ca().certificate.get(), nid, value);
}

Change withKey(const std::function<EvpKeyPtr()>& make) {
    return [make](X509* leaf) {
        const auto key = make();
        X509_set_pubkey(leaf, key.get());
        replace(leaf, NID_subject_key_identifier, "hash");
    };
}

EvpKeyPtr compressed() {
    auto key = test::newEcKey();
    EVP_PKEY_set_utf8_string_param(key.get(), "point-format", "compressed");
    return key;
}

EvpKeyPtr explicitCurve() {
    auto key = test::newEcKey();
    EVP_PKEY_set_utf8_string_param(key.get(), "encoding", "explicit");
    return key;
}

const Broken kBroken[] = {
    {"VersionOne", "version", [](X509* leaf) { X509_set_version(leaf, 0); }},
    {"VersionTwo", "version", [](X509* leaf) { X509_set_version(leaf, 1); }},
    {"NegativeSerial", "serial: negative", [](X509* leaf) { test::setSerial(leaf, randomBytes(16), true); }},
    {"ZeroSerial", "serial", [](X509* leaf) { test::setSerial(leaf, Bytes{0}); }},
    {"LongSerial", "serial: 25", [](X509* leaf) { test::setSerial(leaf, Bytes(25, 0x11)); }},
    {"ShortSerial", "serial: 8", [](X509* leaf) { test::setSerial(leaf, Bytes(8, 0x11)); }},
    {"OtherIssuer", "issuer",
     [](X509* leaf) {
         X509_NAME* name = X509_NAME_dup(X509_get_issuer_name(leaf));
         X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("x"), 1, -1, 0);
         X509_set_issuer_name(leaf, name);
         X509_NAME_free(name);
     }},
    {"IssuerOfAnotherStringType", "issuer",
     [](X509* leaf) {
         X509_NAME* name = X509_NAME_new();
         X509_NAME_add_entry_by_txt(name, "CN", V_ASN1_PRINTABLESTRING,
                                    reinterpret_cast<const unsigned char*>("test CA"), 7, -1, 0);
         X509_set_issuer_name(leaf, name);
         X509_NAME_free(name);
     }},
    {"BeginsBeforeTheCa", "validity: it begins", [](X509* leaf) { test::setValidity(leaf, -11L * 86400, 86400); }},
    {"EndsAfterTheCa", "validity: it ends after",
     [](X509* leaf) { test::setValidity(leaf, 400L * 86400, 4001L * 86400); }},
    {"EndsBeforeItBegins", "validity: it ends before", [](X509* leaf) { test::setValidity(leaf, 3600, 0); }},
    {"LongerThanTheProfile", "validity: longer", [](X509* leaf) { test::setValidity(leaf, 0, 3651L * 86400); }},
    {"GeneralizedTimeTooEarly", "der",
     [](X509* leaf) { ASN1_TIME_set_string(X509_getm_notAfter(leaf), "20300101000000Z"); }},
    {"CnInUpperCase", "subject",
     [](X509* leaf) {
         test::setSubject(leaf, {{"CN", "ACME-000017"}});
     }},
    {"CnIsNoDeviceId", "subject",
     [](X509* leaf) {
         test::setSubject(leaf, {{"CN", "acme_17"}});
     }},
    {"CnIsNoUtf8String", "subject",
     [](X509* leaf) {
         test::setSubject(leaf, {{"CN", "acme-000017"}}, V_ASN1_PRINTABLESTRING);
     }},
    {"NoSubject", "subject", [](X509* leaf) { test::setSubject(leaf, {}); }},
    {"TwoCns", "subject",
     [](X509* leaf) {
         test::setSubject(leaf, {{"CN", "acme-000017"}, {"CN", "acme-000018"}});
     }},
    {"OrganisationThatTheProfileLacks", "subject",
     [](X509* leaf) {
         test::setSubject(leaf, {{"O", "Acme"}, {"CN", "acme-000017"}});
     }},
    {"KeyOnAnotherCurve", "key", withKey([] { return test::newEcKey("secp256k1"); })},
    {"KeyOnP521", "key", withKey([] { return test::newEcKey("P-521"); })},
    {"CompressedPoint", "key", withKey(compressed)},
    {"ShortRsaKey", "key", withKey([] { return test::newRsaKey(1024); })},
    {"RsaKeyOfAnOddSize", "key: RSA of 2056", withKey([] { return test::newRsaKey(2056); })},
    {"RsaExponentOfThree", "key: its RSA exponent", withKey([] { return test::newRsaKey(2048, 3); })},
    {"CurveSpelledOut", "key: its EC key does not name", withKey(explicitCurve)},
    {"NoExtensions", "extensions",
     [](X509* leaf) {
         while (X509_get_ext_count(leaf) > 0) X509_EXTENSION_free(X509_delete_ext(leaf, 0));
     }},
    {"UnknownExtension", "extensions: one that",
     [](X509* leaf) { test::setExtension(leaf, ca().certificate.get(), NID_netscape_comment, "hello"); }},
    {"ExtensionTwice", "extensions: one occurs twice",
     [](X509* leaf) { test::setExtension(leaf, ca().certificate.get(), NID_ext_key_usage, "clientAuth"); }},
    {"NoBasicConstraints", "basic-constraints", [](X509* leaf) { test::removeExtension(leaf, NID_basic_constraints); }},
    {"BasicConstraintsNotCritical", "basic-constraints: not critical",
     [](X509* leaf) { replace(leaf, NID_basic_constraints, "CA:FALSE"); }},
    {"IsACa", "basic-constraints", [](X509* leaf) { replace(leaf, NID_basic_constraints, "critical,CA:TRUE"); }},
    {"NoKeyUsage", "key-usage", [](X509* leaf) { test::removeExtension(leaf, NID_key_usage); }},
    {"KeyUsageNotCritical", "key-usage: not critical",
     [](X509* leaf) { replace(leaf, NID_key_usage, "digitalSignature"); }},
    {"KeyUsageTooWide", "key-usage",
     [](X509* leaf) { replace(leaf, NID_key_usage, "critical,digitalSignature,keyEncipherment"); }},
    {"NoExtendedKeyUsage", "extended-key-usage", [](X509* leaf) { test::removeExtension(leaf, NID_ext_key_usage); }},
    {"ExtendedKeyUsageTooWide", "extended-key-usage",
     [](X509* leaf) { replace(leaf, NID_ext_key_usage, "clientAuth,serverAuth"); }},
    {"ExtendedKeyUsageOfAnother", "extended-key-usage",
     [](X509* leaf) { replace(leaf, NID_ext_key_usage, "serverAuth"); }},
    {"ExtendedKeyUsageAny", "extended-key-usage",
     [](X509* leaf) { replace(leaf, NID_ext_key_usage, "anyExtendedKeyUsage"); }},
    {"ExtendedKeyUsageCritical", "extended-key-usage",
     [](X509* leaf) { replace(leaf, NID_ext_key_usage, "critical,clientAuth"); }},
    {"NoSubjectKeyIdentifier", "subject-key-identifier",
     [](X509* leaf) { test::removeExtension(leaf, NID_subject_key_identifier); }},
    {"SubjectKeyIdentifierCritical", "subject-key-identifier: must not be critical",
     [](X509* leaf) { replace(leaf, NID_subject_key_identifier, "critical,hash"); }},
    {"OtherSubjectKeyIdentifier", "subject-key-identifier",
     [](X509* leaf) {
         replace(leaf, NID_subject_key_identifier, "00:11:22:33:44:55:66:77:88:99:00:11:22:33:44:55:66:77:88:99");
     }},
    {"NoAuthorityKeyIdentifier", "authority-key-identifier",
     [](X509* leaf) { test::removeExtension(leaf, NID_authority_key_identifier); }},
    {"AuthorityKeyIdentifierCritical", "authority-key-identifier: must not be critical",
     [](X509* leaf) { replace(leaf, NID_authority_key_identifier, "critical,keyid:always"); }},
    {"OtherAuthorityKeyIdentifier", "authority-key-identifier",
     [](X509* leaf) {
         static const test::MadeCa other = test::makeCa({});
         test::removeExtension(leaf, NID_authority_key_identifier);
         test::setExtension(leaf, other.certificate.get(), NID_authority_key_identifier, "keyid:always");
     }},
    {"AuthorityKeyIdentifierWithMore", "authority-key-identifier",
     [](X509* leaf) { replace(leaf, NID_authority_key_identifier, "keyid:always,issuer:always"); }},
};

class LintRule : public testing::TestWithParam<Broken> {};

TEST_P(LintRule, IsFoundBrokenAlone) {
    const auto found = lint(test::makeLeaf(ca(), GetParam().change));
    ASSERT_FALSE(found) << "passed";
    EXPECT_EQ(found.error().code, ErrorCode::LintFailed);
    EXPECT_TRUE(found.error().detail.starts_with(GetParam().rule)) << found.error().detail;
}

INSTANTIATE_TEST_SUITE_P(Every, LintRule, testing::ValuesIn(kBroken), [](const auto& each) { return each.param.name; });

TEST(Lint, ALeafThatOpensslMadeByTheProfileIsClean) {
    const auto found = lintLeaf(test::makeLeaf(ca()), ca().der(), Profile{});
    EXPECT_TRUE(found) << found.error().detail;
}

TEST(Lint, RsaAndP384KeysAreAllowed) {
    for (const auto& make : std::initializer_list<std::function<EvpKeyPtr()>>{[] { return test::newRsaKey(2048); },
                                                                              [] { return test::newEcKey("P-384"); }}) {
        const auto found = lint(test::makeLeaf(ca(), withKey(make)));
        EXPECT_TRUE(found) << found.error().detail;
    }
}

TEST(Lint, TheOrganisationIsTheProfiles) {
    Profile profile;
    profile.organisation = "Acme";
    EXPECT_TRUE(lint(test::makeLeaf(ca(),
                                    [](X509* leaf) {
                                        test::setSubject(leaf, {{"O", "Acme"}, {"CN", "a"}});
                                    }),
                     profile));
    for (const Change& change : {Change{[](X509* leaf) {
                                     test::setSubject(leaf, {{"O", "Bcme"}, {"CN", "a"}});
                                 }},
                                 Change{[](X509* leaf) {
                                     test::setSubject(leaf, {{"CN", "a"}, {"O", "Acme"}});
                                 }},
                                 Change{}}) {
        const auto found = lint(test::makeLeaf(ca(), change), profile);
        ASSERT_FALSE(found);
        EXPECT_TRUE(found.error().detail.starts_with("subject")) << found.error().detail;
    }
}

TEST(Lint, TheUsagesAreTheProfilesNeitherMoreNorLess) {
    Profile gateway;
    gateway.purposes.insert(KeyPurpose::ServerAuth);
    const auto with = [](const char* usages) {
        return test::makeLeaf(ca(), [usages](X509* leaf) { replace(leaf, NID_ext_key_usage, usages); });
    };
    EXPECT_TRUE(lint(with("clientAuth,serverAuth"), gateway));
    for (const char* usages : {"clientAuth", "serverAuth,clientAuth", "clientAuth,serverAuth,codeSigning"}) {
        const auto found = lint(with(usages), gateway);
        ASSERT_FALSE(found) << usages;
        EXPECT_TRUE(found.error().detail.starts_with("extended-key-usage")) << found.error().detail;
    }
}

TEST(Lint, AKeyThatTheProfileDoesNotHaveIsFound) {
    Profile profile;
    profile.keys = {KeyAlgorithm::Rsa3072};
    const auto found = lint(test::makeLeaf(ca()), profile);
    ASSERT_FALSE(found);
    EXPECT_TRUE(found.error().detail.starts_with("key: the profile has no P-256 keys")) << found.error().detail;
}

TEST(Lint, AnotherAlgorithmThanTheCasIsFound) {
    const auto found = lint(test::makeLeaf(ca(), {}, EVP_sha384()));
    ASSERT_FALSE(found);
    EXPECT_TRUE(found.error().detail.starts_with("algorithm: not the one")) << found.error().detail;
}

TEST(Lint, TwoAlgorithmsThatDisagreeAreFound) {
    Bytes leaf = test::makeLeaf(ca());
    const Bytes sha256Oid = *fromHex("2a8648ce3d040302");
    auto last = std::find_end(leaf.begin(), leaf.end(), sha256Oid.begin(), sha256Oid.end());
    ASSERT_NE(last, leaf.end());
    last[7] = 0x03;
    EXPECT_TRUE(lint(leaf).error().detail.starts_with("algorithm: the two")) << lint(leaf).error().detail;
}

TEST(Lint, WhatWouldEncodeOtherwiseIsFound) {
    const Bytes leaf = test::makeLeaf(ca());
    Bytes trailing = leaf;
    trailing.push_back(0);

    Bytes longLength{0x30, 0x83, 0x00};  // 30 82 hh ll, with one octet of length more than it takes
    longLength.insert(longLength.end(), leaf.begin() + 2, leaf.end());

    Bytes looseTrue = leaf;  // BOOLEAN TRUE is FF in DER, any but 00 in BER
    const Bytes critical = *fromHex("0101ff");
    auto at = std::search(looseTrue.begin(), looseTrue.end(), critical.begin(), critical.end());
    ASSERT_NE(at, looseTrue.end());
    at[2] = 0x01;

    for (const Bytes& bytes : {trailing, longLength, looseTrue, Bytes{}, Bytes{0x30, 0x80, 0x00, 0x00}}) {
        const auto found = lint(bytes);
        ASSERT_FALSE(found);
        EXPECT_TRUE(found.error().detail.starts_with("der")) << found.error().detail;
    }
}

TEST(Lint, ASignatureThatIsNoEcdsaSignatureIsFound) {
    Bytes leaf = test::makeLeaf(ca());
    const Bytes header = *fromHex("2a8648ce3d040302");
    const auto algorithm = std::find_end(leaf.begin(), leaf.end(), header.begin(), header.end());
    // BIT STRING: tag, length, unused bits, then SEQUENCE
    auto sequence = algorithm + 8 + 3;
    ASSERT_EQ(*sequence, 0x30);
    *sequence = 0x31;
    EXPECT_TRUE(lint(leaf).error().detail.starts_with("signature")) << lint(leaf).error().detail;
}

TEST(Lint, ATruncatedLeafNeverPassesAndNeverCrashes) {
    const Bytes leaf = test::makeLeaf(ca());
    for (std::size_t size = 0; size < leaf.size(); ++size) EXPECT_FALSE(lint(BytesView{leaf}.first(size))) << size;
}

TEST(Lint, AFlippedBitOutsideSerialKeyDatesAndSignatureIsFound) {
    const Bytes leaf = test::makeLeaf(ca());
    std::size_t passed = 0;
    for (std::size_t bit = 0; bit < leaf.size() * 8; ++bit) {
        Bytes flipped = leaf;
        flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1u << (bit % 8)));
        if (lint(flipped)) ++passed;
    }
    // free are: 16 octets of serial, about 70 of signature, some bits of CN and dates. The key is held by its
    // identifier
    EXPECT_LT(passed, (16u + 72u + 30u) * 8);
    EXPECT_GT(passed, 16u * 4) << "the test itself flips something that is free";
}

}  // namespace
}  // namespace keystamp::hsm
