// SPDX-License-Identifier: Apache-2.0
// The form of a CRL, as OpenSSL reads it back.
#include "hsm/signer/crl.h"

#include <gtest/gtest.h>
#include <openssl/x509v3.h>

#include "hsm/signer/der.h"
#include "hsm/signer/leaf_profile.h"
#include "tests/hsm/made_certificate.h"

namespace keystamp::hsm {
namespace {

X509CrlPtr built(std::uint64_t number, const std::vector<VoidLeaf>& revoked) {
    const auto ca = parseCaCertificate(test::makeCa({}).der());
    const UtcTime now = *parseUtc("2049-12-20T10:00:00.750Z");
    const Bytes tbs = buildCrlTbs(number, revoked, now, now + kCrlValidity, **ca);
    EXPECT_TRUE(der::isStrict(tbs));
    return fromDer<X509CrlPtr>(d2i_X509_CRL, assembleUnsigned(tbs, **ca));
}

std::string timeOf(const ASN1_TIME* time) {
    const auto* raw = reinterpret_cast<const char*>(ASN1_STRING_get0_data(time));
    return {raw, static_cast<std::size_t>(ASN1_STRING_length(time))};
}

TEST(CrlForm, IsVersion2WithNumberAndKeyIdentifierAndWithoutEntriesWhereThereAreNone) {
    const auto crl = built(0x80, {});
    ASSERT_TRUE(crl);
    EXPECT_EQ(X509_CRL_get_version(crl.get()), 1);
    EXPECT_EQ(X509_CRL_get_REVOKED(crl.get()), nullptr);
    const std::unique_ptr<ASN1_INTEGER, Releaser<ASN1_INTEGER_free>> number{
        static_cast<ASN1_INTEGER*>(X509_CRL_get_ext_d2i(crl.get(), NID_crl_number, nullptr, nullptr))};
    ASSERT_TRUE(number);
    EXPECT_EQ(ASN1_INTEGER_get(number.get()), 0x80);
    EXPECT_GE(X509_CRL_get_ext_by_NID(crl.get(), NID_authority_key_identifier, -1), 0);
    EXPECT_EQ(X509_CRL_get_ext_count(crl.get()), 2);
    // the form of a time changes with 2050
    EXPECT_EQ(timeOf(X509_CRL_get0_lastUpdate(crl.get())), "491220100000Z");
    EXPECT_EQ(timeOf(X509_CRL_get0_nextUpdate(crl.get())), "20500119100000Z");
}

TEST(CrlForm, HasAnEntryForEachSerialWithItsTime) {
    const UtcTime since = *parseUtc("2026-11-24T07:53:18.250Z");
    const auto crl = built(1, {{Bytes{0x7f, 0x01}, {}, since}, {Bytes{0x40}, {}, since}});
    ASSERT_TRUE(crl);
    STACK_OF(X509_REVOKED)* entries = X509_CRL_get_REVOKED(crl.get());
    ASSERT_EQ(sk_X509_REVOKED_num(entries), 2);
    const X509_REVOKED* first = sk_X509_REVOKED_value(entries, 0);
    EXPECT_EQ(ASN1_INTEGER_get(X509_REVOKED_get0_serialNumber(first)), 0x7f01);
    EXPECT_EQ(timeOf(X509_REVOKED_get0_revocationDate(first)), "261124075318Z");
    EXPECT_EQ(X509_REVOKED_get_ext_count(first), 0);
}

}  // namespace
}  // namespace keystamp::hsm
