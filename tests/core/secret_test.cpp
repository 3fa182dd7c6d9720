// SPDX-License-Identifier: Apache-2.0
#include "core/secret.h"

#include <gtest/gtest.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"

namespace keystamp {
namespace {

class SecretTest : public testing::Test {
protected:
    static void SetUpTestSuite() { ASSERT_TRUE(openSecureHeap()); }
};

TEST_F(SecretTest, LivesInTheSecureHeap) {
    const auto secret = Secret::copyOf("hunter2");
    EXPECT_EQ(CRYPTO_secure_allocated(secret.view().data()), 1);
}

TEST_F(SecretTest, IsGivenBackWhenReleasedOrMoved) {
    const std::size_t before = CRYPTO_secure_used();
    {
        auto first = Secret::copyOf("hunter2");
        Secret second{std::move(first)};
        EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that it is empty is the claim
        second = Secret::copyOf("other");
        EXPECT_EQ(second.text(), "other");
    }
    EXPECT_EQ(CRYPTO_secure_used(), before);
}

TEST_F(SecretTest, WipesWhatItShrinksAway) {
    auto secret = Secret::copyOf("hunter2");
    const std::uint8_t* bytes = secret.view().data();
    secret.shrink(3);
    EXPECT_EQ(secret.text(), "hun");
    for (int i = 3; i < 7; ++i) EXPECT_EQ(bytes[i], 0);
}

TEST_F(SecretTest, Base64IsCanonicalOrRefused) {
    EXPECT_EQ(Secret::copyOf("foob").toBase64().text(), "Zm9vYg==");
    EXPECT_EQ(Secret::fromBase64("Zm9vYg==")->text(), "foob");
    for (const char* bad : {"", "Zm9vYh==", "Zm9vYg", "Zm9v Yg="}) EXPECT_FALSE(Secret::fromBase64(bad)) << bad;
}

TEST_F(SecretTest, IsReadLineByLineFromADescriptor) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const UniqueFd in{ends[0]};
    UniqueFd out{ends[1]};
    ASSERT_EQ(write(out.get(), "first\r\nsecond", 13), 13);
    out = UniqueFd{};
    EXPECT_EQ(readSecret(in.get(), {})->text(), "first");
    EXPECT_EQ(readSecret(in.get(), {})->text(), "second");
    EXPECT_FALSE(readSecret(in.get(), {}));
}

TEST_F(SecretTest, AFileThatOthersMayReadIsRefused) {
    const std::string path = testing::TempDir() + "secret." + std::to_string(getpid());
    ASSERT_TRUE(writeFile(path, "1234\n", 0400));
    EXPECT_EQ(readSecretFile(path)->text(), "1234");
    ASSERT_EQ(chmod(path.c_str(), 0440), 0);
    const auto refused = readSecretFile(path);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::BadConfig);
    unlink(path.c_str());
}

}  // namespace
}  // namespace keystamp
