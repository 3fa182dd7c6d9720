// SPDX-License-Identifier: Apache-2.0
// Every form of a request that boards are known to write, and every way one can be malformed: which are taken, and by
// what reason the others are refused. Requests are put together by hand, so that each differs from a good one in one
// point.
#include <gtest/gtest.h>

#include "hsm/signer/csr.h"
#include "tests/hsm/made_request.h"

namespace keystamp::hsm {
namespace {

using namespace test;
using der::wrap;

const DeviceId kId = *DeviceId::parse("acme-000017");

using Spoil = void (*)(RequestParts&);
struct Form {
    const char* name;
    const char* refusal;  ///< empty: taken
    Spoil spoil;
};

void PrintTo(const Form& form, std::ostream* out) { *out << form.name; }

const Form kForms[] = {
    {"P256", "", [](RequestParts&) {}},
    {"P384", "", [](RequestParts& p) { p.use(newEcKey("P-384")); }},
    {"Rsa2048", "", [](RequestParts& p) { p.use(newRsaKey(2048)); }},
    {"Rsa3072", "", [](RequestParts& p) { p.use(newRsaKey(3072)); }},
    {"Rsa4096", "", [](RequestParts& p) { p.use(newRsaKey(4096)); }},
    {"NoName", "", [](RequestParts& p) { p.subject = hex("3000"); }},
    {"NameAsPrintableString", "",
     [](RequestParts& p) { p.subject = nameOf(asBytes(kId.text()), static_cast<der::Tag>(0x13)); }},
    {"VersionThatNobodyDefined", "", [](RequestParts& p) { p.version = hex("020102"); }},
    {"NoAttributes", "", [](RequestParts& p) { p.attributes.clear(); }},
    {"AttributesThatAreNone", "", [](RequestParts& p) { p.attributes = hex("a003020100"); }},
    {"AttributesThatDoNotParse", "", [](RequestParts& p) { p.attributes = hex("a0043084ffff"); }},
    {"AlgorithmWithParameters", "", [](RequestParts& p) { p.algorithm = hex("300c06082a8648ce3d0403020500"); }},
    {"IntegersWithoutPadding", "", [](RequestParts& p) { p.loosen = withoutPadding; }},
    {"IntegersWithMuchPadding", "", [](RequestParts& p) { p.loosen = withMuchPadding; }},
    {"SignatureWithLongLengths", "", [](RequestParts& p) { p.loosen = withLongLengths; }},
    {"SignatureInABufferOfFixedSize", "", [](RequestParts& p) { p.loosen = withZerosBehind; }},
    {"EverythingAtOnce", "",
     [](RequestParts& p) {
         p.loosen = [](const Bytes& s) { return withZerosBehind(withLongLengths(withoutPadding(s))); };
     }},

    {"NameOfAnother", "CN is another one", [](RequestParts& p) { p.subject = nameOf(asBytes("acme-000018")); }},
    {"NameInUpperCase", "CN is another one", [](RequestParts& p) { p.subject = nameOf(asBytes("ACME-000017")); }},
    {"NameWithANulBehind", "CN is another one",
     [](RequestParts& p) {
         p.subject = nameOf(asBytes(std::string_view{"acme-000017\0", 12}));
     }},
    {"NameThatIsNoText", "CN is no text",
     [](RequestParts& p) { p.subject = nameOf(asBytes("acme"), der::kOctetString); }},
    {"SubjectOfNoise", "subject does not parse", [](RequestParts& p) { p.subject = hex("30020500"); }},
    {"NoVersion", "its version is missing", [](RequestParts& p) { p.version.clear(); }},
    {"NoSubject", "its public key is missing", [](RequestParts& p) { p.subject.clear(); }},
    {"NoPublicKey", "its public key is missing", [](RequestParts& p) { p.publicKey.clear(); }},
    {"SomethingBehindTheAttributes", "something else than attributes",
     [](RequestParts& p) { p.behindThem = hex("0500"); }},
    {"AnotherThingForAttributes", "something else than attributes",
     [](RequestParts& p) { p.attributes = hex("a100"); }},
    {"SomethingBehindTheSignature", "not information, algorithm, signature",
     [](RequestParts& p) { p.behindSignature = hex("0500"); }},
    {"AlgorithmOfNoise", "algorithm is missing", [](RequestParts& p) { p.algorithm = hex("30020500"); }},
    {"SignatureOfBits", "not whole octets", [](RequestParts& p) { p.unusedBits = hex("01"); }},
    {"EmptySignature", "its signature is empty", [](RequestParts& p) { p.loosen = [](Bytes) { return Bytes{}; }; }},
    {"RsaPss", "not signed over SHA-2", [](RequestParts& p) { p.algorithm = hex("300b06092a864886f70d01010a"); }},
    {"EcdsaOverSha1", "not signed over SHA-2", [](RequestParts& p) { p.algorithm = hex("300906072a8648ce3d0401"); }},
    {"RsaOverMd5", "not signed over SHA-2",
     [](RequestParts& p) { p.algorithm = hex("300d06092a864886f70d0101040500"); }},
    {"AlgorithmOfAnotherKey", "another kind than its key",
     [](RequestParts& p) { p.algorithm = hex("300d06092a864886f70d01010b0500"); }},
    {"AnotherDigest", "does not verify", [](RequestParts& p) { p.algorithm = hex("300a06082a8648ce3d040303"); }},
    {"SignatureOfAnotherKey", "does not verify",
     [](RequestParts& p) { p.publicKey = toDer(i2d_PUBKEY, newEcKey().get()); }},
    {"OneNumber", "no pair of numbers",
     [](RequestParts& p) {
         p.loosen = [](const Bytes& s) { return wrap(der::kSequence, wrap(der::kInteger, numbersOf(s).first)); };
     }},
    {"ThreeNumbers", "no pair of numbers",
     [](RequestParts& p) {
         p.loosen = [](const Bytes& s) {
             const Bytes one = wrap(der::kInteger, numbersOf(s).first);
             return wrap(der::kSequence, {one, one, one});
         };
     }},
    {"NumberOfZero", "no pair of numbers",
     [](RequestParts& p) { p.loosen = [](const Bytes& s) { return ecdsa(hex("0000"), numbersOf(s).second); }; }},
    {"NumberLongerThanTheCurve", "no pair of numbers",
     [](RequestParts& p) {
         p.loosen = [](const Bytes& s) {
             auto [r, second] = numbersOf(s);
             r.insert(r.begin(), 0x01);
             r.resize(33, 0x01);
             return ecdsa(r, second);
         };
     }},
    {"NumbersWithoutASequence", "no pair of numbers",
     [](RequestParts& p) {
         p.loosen = [](const Bytes& s) {
             const auto [r, second] = numbersOf(s);
             Bytes raw = unsignedForm(r);
             const Bytes more = unsignedForm(second);
             raw.insert(raw.end(), more.begin(), more.end());
             return raw;
         };
     }},
    {"SomethingElseThanZerosBehind", "no pair of numbers",
     [](RequestParts& p) {
         p.loosen = [](Bytes s) {
             s.push_back(1);
             return s;
         };
     }},

    {"Rsa1024", "RSA of 1024 bits", [](RequestParts& p) { p.use(newRsaKey(1024)); }},
    {"RsaOfAnOddSize", "RSA of 2056 bits",
     [](RequestParts& p) { p.publicKey = rsaAround(modulus(257), hex("010001")); }},
    {"Rsa8192", "RSA of 8192 bits", [](RequestParts& p) { p.publicKey = rsaAround(modulus(1024), hex("010001")); }},
    {"RsaEvenModulus", "modulus is even",
     [](RequestParts& p) { p.publicKey = rsaAround(modulus(256, 0x02), hex("010001")); }},
    {"RsaNegativeModulus", "modulus is negative",
     [](RequestParts& p) {
         Bytes number = modulus(256);
         number.erase(number.begin());
         p.publicKey = rsaAround(number, hex("010001"));
     }},
    {"RsaExponent1", "exponent is weak", [](RequestParts& p) { p.publicKey = rsaAround(modulus(256), hex("01")); }},
    {"RsaExponent3", "exponent is weak", [](RequestParts& p) { p.publicKey = rsaAround(modulus(256), hex("03")); }},
    {"RsaExponentEven", "exponent is weak",
     [](RequestParts& p) { p.publicKey = rsaAround(modulus(256), hex("010002")); }},
    {"RsaExponentNegative", "exponent is weak",
     [](RequestParts& p) { p.publicKey = rsaAround(modulus(256), hex("810001")); }},
    {"RsaExponentHuge", "exponent is weak",
     [](RequestParts& p) { p.publicKey = rsaAround(modulus(256), hex("01000000000000000001")); }},
    {"RsaOfOneNumber", "not a modulus and an exponent",
     [](RequestParts& p) {
         const Bytes key = wrap(der::kSequence, wrap(der::kInteger, modulus(256)));
         p.publicKey = wrap(der::kSequence, {BytesView{hex("300d06092a864886f70d0101010500")},
                                             BytesView{wrap(der::kBitString, {BytesView{hex("00")}, key})}});
     }},
    {"Curve25519Kind", "neither P-256, P-384 nor RSA",
     [](RequestParts& p) {
         const EvpKeyPtr edwards{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
         p.publicKey = toDer(i2d_PUBKEY, edwards.get());
     }},
    {"Secp256k1", "neither P-256, P-384 nor RSA", [](RequestParts& p) { p.use(newEcKey("secp256k1")); }},
    {"P521", "neither P-256, P-384 nor RSA", [](RequestParts& p) { p.use(newEcKey("P-521")); }},
    {"CurveSpelledOut", "does not name its curve", [](RequestParts& p) { p.encodeKey("encoding", "explicit"); }},
    {"CompressedPoint", "compressed", [](RequestParts& p) { p.encodeKey("point-format", "compressed"); }},
    {"HybridPoint", "not in uncompressed form", [](RequestParts& p) { p.encodeKey("point-format", "hybrid"); }},
    {"PointAtInfinity", "not in uncompressed form", [](RequestParts& p) { p.publicKey = p256Around(hex("00")); }},
    {"PointOfZeros", "not on its curve",
     [](RequestParts& p) {
         Bytes point(65, 0);
         point[0] = 4;
         p.publicKey = p256Around(point);
     }},
    {"PointBeyondTheField", "not on its curve",
     [](RequestParts& p) {
         Bytes point(65, 0xff);
         point[0] = 4;
         p.publicKey = p256Around(point);
     }},
    {"PointOfTheTwistNextDoor", "not on its curve",
     [](RequestParts& p) { p.publicKey.back() = static_cast<std::uint8_t>(p.publicKey.back() ^ 1); }},
    {"KeyInLongLengths", "its public key is not DER",
     [](RequestParts& p) { p.publicKey.insert(p.publicKey.begin() + 1, 0x81); }},
};

class CsrForm : public testing::TestWithParam<Form> {};

TEST_P(CsrForm, IsTakenOrRefusedForItsReason) {
    RequestParts parts;
    GetParam().spoil(parts);
    const auto certified = certifiedKey(parts.csr(), kId);
    if (GetParam().refusal[0] == '\0') {
        ASSERT_TRUE(certified) << describe(certified.error());
        EXPECT_EQ(*certified, parts.publicKey);
        return;
    }
    ASSERT_FALSE(certified) << "taken";
    EXPECT_EQ(certified.error().code, ErrorCode::CsrRefused);
    EXPECT_NE(certified.error().detail.find(GetParam().refusal), std::string::npos) << certified.error().detail;
}

INSTANTIATE_TEST_SUITE_P(Every, CsrForm, testing::ValuesIn(kForms), [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace keystamp::hsm
