// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/key_source.h"

#include <gtest/gtest.h>

#include "tests/support/crypto.h"
#include "tests/support/fake_ca.h"

namespace keystamp::workflow {
namespace {

TEST(KeySource, AStationMadeKeyIsPkcs8AndItsRequestVerifiesUnderTheDevicesName) {
    const auto made = makeStationKey(*DeviceId::parse("acme-000001"));
    ASSERT_TRUE(made.ok()) << describe(made.error());
    EXPECT_EQ(made->pkcs8.size(), 138u);
    const Bytes publicKey = test::publicKeyOf(made->pkcs8.view());  // aborts where OpenSSL cannot read the key
    EXPECT_EQ(test::publicKeyOfCsr(made->csr), publicKey);
    EXPECT_EQ(test::commonNameOfCsr(made->csr), "acme-000001");
    EXPECT_EQ(*keyHashOfCsr(made->csr), sha256(publicKey));
    // private half and public half belong together
    EXPECT_FALSE(test::signWith(made->pkcs8.view(), asBytes("x")).empty());
    EXPECT_FALSE(made->pkcs8.equals(makeStationKey(*DeviceId::parse("acme-000001"))->pkcs8));
}

TEST(KeySource, ARequestThatDoesNotParseIsRefused) {
    Bytes csr = test::newCsr(test::newKey(), "a");
    EXPECT_TRUE(keyHashOfCsr(csr).ok());
    csr.push_back(0);
    EXPECT_EQ(keyHashOfCsr(csr).error().code, ErrorCode::CsrRefused);
    EXPECT_EQ(keyHashOfCsr({}).error().code, ErrorCode::CsrRefused);
    EXPECT_EQ(keyHashOfCsr(asBytes("garbage")).error().code, ErrorCode::CsrRefused);
}

TEST(KeySource, AChainIsReadInItsOrder) {
    const auto root = test::newRoot("root");
    const auto ca = test::newIntermediate(root, "ca");
    const auto chain = certificatesOf(test::toPem(ca.certificate) + test::toPem(root.certificate));
    ASSERT_TRUE(chain.ok());
    ASSERT_EQ(chain->size(), 2u);
    EXPECT_EQ(chain->front(), ca.certificate);
    EXPECT_EQ(chain->back(), root.certificate);
    EXPECT_TRUE(certificatesOf("").ok());
    EXPECT_FALSE(certificatesOf("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").ok());
}

}  // namespace
}  // namespace keystamp::workflow
