// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/csr.h"

#include <gtest/gtest.h>

#include "tests/hsm/made_certificate.h"

namespace keystamp::hsm {
namespace {

const DeviceId kId = *DeviceId::parse("acme-000017");

std::string refusal(BytesView csr) {
    const auto key = certifiedKey(csr, kId);
    if (key) return "accepted";
    EXPECT_EQ(key.error().code, ErrorCode::CsrRefused);
    return key.error().detail;
}

#define EXPECT_REFUSED(csr, why) EXPECT_NE(refusal(csr).find(why), std::string::npos) << refusal(csr)

TEST(Csr, GivesTheKeyThatSignedIt) {
    const std::initializer_list<std::function<EvpKeyPtr()>> makers{[] { return test::newEcKey("P-256"); },
                                                                   [] { return test::newEcKey("P-384"); },
                                                                   [] { return test::newRsaKey(2048); }};
    for (const auto& make : makers) {
        const auto key = make();
        for (const EVP_MD* digest : {EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
            const auto certified = certifiedKey(test::makeCsr(key.get(), kId.text(), digest), kId);
            ASSERT_TRUE(certified) << describe(certified.error());
            EXPECT_EQ(*certified, toDer(i2d_PUBKEY, key.get()));
        }
    }
}

TEST(Csr, ItsNameMayBeAbsentOrTheIdAndNothingElse) {
    const auto key = test::newEcKey();
    EXPECT_TRUE(certifiedKey(test::makeCsr(key.get(), ""), kId));
    EXPECT_REFUSED(test::makeCsr(key.get(), "acme-000018"), "CN");
    EXPECT_REFUSED(test::makeCsr(key.get(), "ACME-000017"), "CN");
    EXPECT_REFUSED(test::makeCsr(key.get(), "acme-000017 "), "CN");
    const auto twice = [](X509_REQ* request) {
        X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request), "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>("acme-000017"), -1, -1, 0);
    };
    EXPECT_REFUSED(test::makeCsr(key.get(), kId.text(), EVP_sha256(), twice), "more than one CN");
    const auto wide = [](X509_REQ* request) {
        X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request), "CN", V_ASN1_BMPSTRING,
                                   reinterpret_cast<const unsigned char*>("\0a\0c"), 4, -1, 0);
    };
    EXPECT_REFUSED(test::makeCsr(key.get(), "", EVP_sha256(), wide), "CN");
}

TEST(Csr, OtherNamesInItAreIgnored) {
    const auto key = test::newEcKey();
    const auto more = [](X509_REQ* request) {
        X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request), "O", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>("Zephyr"), -1, -1, 0);
    };
    EXPECT_TRUE(certifiedKey(test::makeCsr(key.get(), kId.text(), EVP_sha256(), more), kId));
}

TEST(Csr, ASignatureOfAnotherKeyOrAChangedRequestIsRefused) {
    const auto key = test::newEcKey();
    Bytes changed = test::makeCsr(key.get(), kId.text());
    changed.back() = static_cast<std::uint8_t>(changed.back() ^ 1);
    EXPECT_REFUSED(changed, "signature does not verify");

    // one board's request around another's key: both keys are P-256, so the bytes fit
    const auto other = test::newEcKey();
    const Bytes mine = toDer(i2d_PUBKEY, key.get());
    const Bytes theirs = toDer(i2d_PUBKEY, other.get());
    Bytes swapped = test::makeCsr(key.get(), kId.text());
    const auto at = std::search(swapped.begin(), swapped.end(), mine.begin(), mine.end());
    ASSERT_NE(at, swapped.end());
    std::copy(theirs.begin(), theirs.end(), at);
    EXPECT_REFUSED(swapped, "signature does not verify");
}

TEST(Csr, WeakAndUnknownKeysAreRefused) {
    const auto weak = test::newRsaKey(1024);
    EXPECT_REFUSED(test::makeCsr(weak.get(), kId.text()), "RSA of 1024 bits");
    const auto curve = test::newEcKey("secp256k1");
    EXPECT_REFUSED(test::makeCsr(curve.get(), kId.text()), "neither P-256, P-384 nor RSA");
    const EvpKeyPtr edwards{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
    EXPECT_REFUSED(test::makeCsr(edwards.get(), kId.text(), nullptr), "neither P-256, P-384 nor RSA");
}

TEST(Csr, APointThatIsNotOnTheCurveIsRefused) {
    const auto key = test::newEcKey();
    const Bytes spki = toDer(i2d_PUBKEY, key.get());
    Bytes csr = test::makeCsr(key.get(), kId.text());
    auto at = std::search(csr.begin(), csr.end(), spki.begin(), spki.end());
    ASSERT_NE(at, csr.end());
    at += static_cast<std::ptrdiff_t>(spki.size()) - 1;
    *at = static_cast<std::uint8_t>(*at ^ 1);
    EXPECT_REFUSED(csr, "not on its curve");
}

TEST(Csr, Sha1IsRefused) {
    const auto key = test::newEcKey();
    EXPECT_REFUSED(test::makeCsr(key.get(), kId.text(), EVP_sha1()), "not signed over SHA-2");
}

TEST(Csr, NoiseAndOversizeAreRefused) {
    const auto key = test::newEcKey();
    const Bytes csr = test::makeCsr(key.get(), kId.text());
    EXPECT_REFUSED(Bytes{}, "does not parse");
    EXPECT_REFUSED(Bytes(8193, 0x30), "8193 bytes");
    Bytes trailing = csr;
    trailing.push_back(0);
    EXPECT_REFUSED(trailing, "does not parse");
    for (std::size_t size = 1; size < csr.size(); ++size)
        EXPECT_NE(refusal(BytesView{csr}.first(size)), "accepted") << size;
    for (std::size_t bit = 0; bit < csr.size() * 8; bit += 13) {
        Bytes flipped = csr;
        flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1u << (bit % 8)));
        EXPECT_NE(refusal(flipped), "accepted") << bit;
    }
}

// Some boards' encoders write lengths longer than DER has them; their signature covers what they wrote.
TEST(Csr, LongLengthsOfABoardAreTolerated) {
    const auto key = test::newEcKey();
    const Bytes csr = test::makeCsr(key.get(), kId.text());
    ASSERT_EQ(csr[1], 0x81) << "a request of 128 to 255 bytes";
    Bytes loose{0x30, 0x82, 0x00};
    loose.insert(loose.end(), csr.begin() + 2, csr.end());
    const auto certified = certifiedKey(loose, kId);
    ASSERT_TRUE(certified) << describe(certified.error());
    EXPECT_EQ(*certified, toDer(i2d_PUBKEY, key.get()));
}

}  // namespace
}  // namespace keystamp::hsm
