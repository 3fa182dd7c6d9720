// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ecdsa_signature.h"

#include <gtest/gtest.h>

#include "tests/hsm/made_request.h"

namespace keystamp::hsm {
namespace {

using namespace test;

// A sloppy form shows only for some numbers (those whose first bit is set), so many are tried.
TEST(EcdsaSignature, EverySloppyFormIsRewrittenToTheOneInDer) {
    for (const char* curve : {"P-256", "P-384"}) {
        const auto key = newEcKey(curve);
        const std::size_t coordinate = curve == std::string_view{"P-256"} ? 32 : 48;
        int lacking = 0;
        for (int i = 0; i < 100; ++i) {
            const Bytes good = signedBy(key.get(), EVP_sha256(), asBytes("message"));
            ASSERT_TRUE(isEcdsaSignature(good));
            ASSERT_EQ(normalised(good, coordinate), good);
            for (const auto& loosen : {withoutPadding, withMuchPadding, withLongLengths}) {
                const Bytes loose = loosen(good);
                ASSERT_EQ(normalised(loose, coordinate), good);
                if (loose != good) ++lacking;
                ASSERT_EQ(isEcdsaSignature(loose), loose == good);
            }
            ASSERT_EQ(normalised(withZerosBehind(good), coordinate), good);
        }
        EXPECT_GT(lacking, 200) << "the forms are what they are called";
    }
}

TEST(EcdsaSignature, NoiseIsNeverRewritten) {
    for (const char* noise : {"", "30", "3000", "30020200",
                              "3004020002"
                              "00",
                              "300602010002010"
                              "1",
                              "0206020101020101", "3006040101020101", "300602010102010101"}) {
        EXPECT_FALSE(normalised(hex(noise), 32)) << noise;
    }
}

}  // namespace
}  // namespace keystamp::hsm
