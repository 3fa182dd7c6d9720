// SPDX-License-Identifier: Apache-2.0
// Rules of the lint that no certificate of OpenSSL's breaks: a good leaf with one element written otherwise. What is
// signed does not fit any more, which is another judge's matter.
#include <gtest/gtest.h>

#include "hsm/signer/der.h"
#include "hsm/signer/lint.h"
#include "tests/hsm/made_request.h"

namespace keystamp::hsm {
namespace {

using namespace test;
using der::wrap;

// A certificate in its elements: those of the TBS, then algorithm and signature.
struct Elements {
    Bytes version, serial, algorithm, issuer, validity, subject, publicKey;
    Bytes identifiers;  // a good one has none
    std::vector<Bytes> extensions;
    Bytes outerAlgorithm;
    Bytes signature;  // its bit string's content

    Bytes certificate() const {
        Bytes all;
        for (const Bytes& one : extensions) all.insert(all.end(), one.begin(), one.end());
        const Bytes tbs = wrap(der::kSequence, {version, serial, algorithm, issuer, validity, subject, publicKey,
                                                identifiers, wrap(der::kContext3, wrap(der::kSequence, all))});
        return wrap(der::kSequence, {tbs, outerAlgorithm, wrap(der::kBitString, signature)});
    }
};

Bytes whole(std::optional<der::Element> element) { return element ? toBytes(element->whole) : Bytes{}; }

Elements takeApart(BytesView certificate) {
    der::Reader all{certificate};
    der::Reader outer{all.next()->content};
    der::Reader tbs{outer.next()->content};
    Elements parts;
    for (Bytes* each : {&parts.version, &parts.serial, &parts.algorithm, &parts.issuer, &parts.validity, &parts.subject,
                        &parts.publicKey}) {
        *each = whole(tbs.next());
    }
    der::Reader context{tbs.next()->content};
    der::Reader list{context.next()->content};
    while (!list.atEnd()) parts.extensions.push_back(whole(list.next()));
    parts.outerAlgorithm = whole(outer.next());
    parts.signature = toBytes(outer.next()->content);
    return parts;
}

// makeLeaf's order
constexpr std::size_t kBasicConstraints = 0;
constexpr std::size_t kKeyUsage = 1;
constexpr std::size_t kExtendedKeyUsage = 2;

Bytes extension(const char* oid, const char* critical, const char* value) {
    return wrap(der::kSequence,
                {BytesView{hex(oid)}, BytesView{hex(critical)}, BytesView{wrap(der::kOctetString, hex(value))}});
}

Bytes attributeOf(const char* oid, std::string_view text) {
    return wrap(der::kSequence, {BytesView{hex(oid)}, BytesView{wrap(der::kUtf8, asBytes(text))}});
}

Bytes datesOf(std::initializer_list<const char*> times) {
    Bytes all;
    for (const char* time : times) {
        const Bytes one = wrap(der::kUtcTime, asBytes(std::string_view{time}));
        all.insert(all.end(), one.begin(), one.end());
    }
    return wrap(der::kSequence, all);
}

struct Form {
    const char* name;
    const char* rule;  ///< what the lint's detail begins with
    void (*change)(Elements&);
};

void PrintTo(const Form& form, std::ostream* out) { *out << form.name; }

const Form kForms[] = {
    {"NoVersion", "version", [](Elements& e) { e.version.clear(); }},
    {"VersionFour", "version", [](Elements& e) { e.version = hex("a003020103"); }},
    {"SerialWithANeedlessZero", "der",
     [](Elements& e) { e.serial = hex("02120011223344556677889900112233445566778899"); }},
    {"SerialOfFifteenOctets", "serial: 15", [](Elements& e) { e.serial = wrap(der::kInteger, Bytes(15, 0x11)); }},
    {"SerialOfTwentyOneOctets", "serial: 21", [](Elements& e) { e.serial = wrap(der::kInteger, Bytes(21, 0x11)); }},
    {"OneDate", "validity: not two times", [](Elements& e) { e.validity = datesOf({"260101000000Z"}); }},
    {"ThreeDates", "validity: not two times",
     [](Elements& e) {
         e.validity = datesOf({"260101000000Z", "270101000000Z", "280101000000Z"});
     }},
    {"DateWithoutSeconds", "der",
     [](Elements& e) {
         e.validity = datesOf({"2601010000Z", "270101000000Z"});
     }},
    {"DateInAnotherZone", "der",
     [](Elements& e) {
         e.validity = datesOf({"260101000000+0100", "270101000000Z"});
     }},
    {"DateThatNoCalendarHas", "der",
     [](Elements& e) {
         e.validity = datesOf({"260230000000Z", "270101000000Z"});
     }},
    {"NamesOfOneSet", "subject: not one attribute each",
     [](Elements& e) {
         const Bytes both[] = {attributeOf("0603550403", "a"), attributeOf("060355040a", "Acme")};
         e.subject = wrap(der::kSequence, wrap(der::kSet, {both[0], both[1]}));
     }},
    {"AnotherNameInPlaceOfCn", "subject: not (O and) CN",
     [](Elements& e) { e.subject = wrap(der::kSequence, wrap(der::kSet, attributeOf("060355040b", "a"))); }},
    {"UniqueIdentifier", "extensions: none, or unique", [](Elements& e) { e.identifiers = hex("81020080"); }},
    {"KeyWithoutDer", "der", [](Elements& e) { e.publicKey.insert(e.publicKey.begin() + 1, 0x81); }},
    {"CriticalityOfDefaultWrittenOut", "extensions: a default",
     [](Elements& e) {
         e.extensions[kExtendedKeyUsage] = extension("0603551d25", "010100", "300a06082b06010505070302");
     }},
    {"ExtensionWithoutAValue", "extensions: one is not",
     [](Elements& e) { e.extensions[kKeyUsage] = wrap(der::kSequence, hex("0603551d0f")); }},
    {"NoCaWrittenOut", "basic-constraints: another value",
     [](Elements& e) { e.extensions[kBasicConstraints] = extension("0603551d13", "0101ff", "3003010100"); }},
    {"PathLengthOfALeaf", "basic-constraints: another value",
     [](Elements& e) { e.extensions[kBasicConstraints] = extension("0603551d13", "0101ff", "3003020100"); }},
    {"KeyUsageOfMoreBitsThanSet", "key-usage: another value",
     [](Elements& e) { e.extensions[kKeyUsage] = extension("0603551d0f", "0101ff", "03020080"); }},
    {"KeyUsageThatSignsCertificates", "key-usage: another value",
     [](Elements& e) { e.extensions[kKeyUsage] = extension("0603551d0f", "0101ff", "03020284"); }},
    {"SignatureOfNothing", "signature", [](Elements& e) { e.signature = hex("00"); }},
    {"SignatureOfBits", "signature",
     [](Elements& e) {
         e.signature.front() = 1;
         e.signature.back() &= 0xfe;
     }},
    {"SignatureOfOneNumber", "signature", [](Elements& e) { e.signature = hex("003003020101"); }},
    {"SignatureOfThreeNumbers", "signature", [](Elements& e) { e.signature = hex("003009020101020101020101"); }},
    {"SignatureOfANegativeNumber", "signature", [](Elements& e) { e.signature = hex("003006020181020101"); }},
    {"SignatureOfZero", "signature", [](Elements& e) { e.signature = hex("003006020100020101"); }},
    {"SignatureWithABufferBehind", "signature", [](Elements& e) { e.signature.push_back(0); }},
};

class LintForm : public testing::TestWithParam<Form> {};

TEST_P(LintForm, IsFoundAlone) {
    const auto ca = makeCa({});
    const auto parsed = *parseCaCertificate(ca.der());
    const Bytes good = makeLeaf(ca);
    Elements elements = takeApart(good);
    ASSERT_EQ(elements.certificate(), good) << "taken apart and put together it is the same";
    ASSERT_TRUE(lintCertificate(good, *parsed, Profile{}, CertificateKind::Leaf));
    GetParam().change(elements);
    const auto found = lintCertificate(elements.certificate(), *parsed, Profile{}, CertificateKind::Leaf);
    ASSERT_FALSE(found) << "passed";
    EXPECT_TRUE(found.error().detail.starts_with(GetParam().rule)) << found.error().detail;
}

INSTANTIATE_TEST_SUITE_P(Every, LintForm, testing::ValuesIn(kForms), [](const auto& each) { return each.param.name; });

// A proof is no leaf: it has no purposes, and its CN is a cloud's code.
TEST(Lint, ALeafIsNoProofAndAProofIsNoLeaf) {
    const auto ca = makeCa({});
    const auto parsed = *parseCaCertificate(ca.der());
    const auto lint = [&](const Bytes& certificate, CertificateKind kind) {
        const auto done = lintCertificate(certificate, *parsed, Profile{}, kind);
        return done ? std::string{} : done.error().detail;
    };
    const Bytes proof = makeLeaf(ca, [](X509* x509) {
        removeExtension(x509, NID_ext_key_usage);
        setSubject(x509, {{"CN", "A5C6BA7C"}});
        setValidity(x509, 0, 30L * 86400);
    });
    EXPECT_EQ(lint(proof, CertificateKind::Proof), "");
    EXPECT_TRUE(lint(proof, CertificateKind::Leaf).starts_with("subject: CN is no device ID"));
    EXPECT_TRUE(lint(makeLeaf(ca), CertificateKind::Proof).starts_with("validity: longer"));
    const Bytes withPurpose = makeLeaf(ca, [](X509* x509) { setValidity(x509, 0, 30L * 86400); });
    EXPECT_TRUE(lint(withPurpose, CertificateKind::Proof).starts_with("extensions: one that"));
}

}  // namespace
}  // namespace keystamp::hsm
