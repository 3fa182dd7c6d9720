// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/group_key_halves.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace keystamp::hsm {
namespace {

Secret bytes(std::size_t count, std::uint8_t value) {
    Secret secret(count);
    std::fill(secret.bytes().begin(), secret.bytes().end(), value);
    return secret;
}

class Halves : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(openSecureHeap()); }

    ErrorCode codeOf(int half, const Secret& share, const std::string& by) {
        const auto entered = m_halves.enter(Slot::Primary, half, share, by);
        EXPECT_FALSE(entered);
        return entered ? ErrorCode::Internal : entered.error().code;
    }
    bool waits(int half, const Secret& share, const std::string& by) {
        const auto entered = m_halves.enter(Slot::Primary, half, share, by);
        return entered && !entered->has_value();
    }

    GroupKeyHalves::Clock::time_point m_now{};
    GroupKeyHalves m_halves{[this] { return m_now; }};
};

TEST_F(Halves, OfTwoPeopleMakeTheKeyByXorWhicheverComesFirst) {
    for (const int first : {1, 2}) {
        ASSERT_TRUE(waits(first, bytes(64, 0x0f), "anna"));
        const auto key = m_halves.enter(Slot::Primary, 3 - first, bytes(64, 0xaa), "bert");
        ASSERT_TRUE(key && key->has_value());
        EXPECT_TRUE((*key)->equals(bytes(64, 0xa5)));
        m_halves.forget(Slot::Primary);
        EXPECT_FALSE(m_halves.held(Slot::Primary));
    }
}

TEST_F(Halves, OfOnePersonAreRefusedAndTheFirstStays) {
    ASSERT_TRUE(waits(1, bytes(64, 1), "anna"));
    EXPECT_EQ(codeOf(2, bytes(64, 2), "anna"), ErrorCode::SignerRefused);
    EXPECT_EQ(m_halves.held(Slot::Primary)->supervisor, "anna");
    EXPECT_TRUE(m_halves.enter(Slot::Primary, 2, bytes(64, 2), "bert")->has_value());
}

TEST_F(Halves, AHalfIsReplacedByWhoeverEnteredItAndByNobodyElse) {
    ASSERT_TRUE(waits(1, bytes(64, 1), "anna"));
    ASSERT_TRUE(waits(1, bytes(64, 3), "anna"));
    EXPECT_EQ(codeOf(1, bytes(64, 9), "bert"), ErrorCode::SignerRefused);
    const auto key = m_halves.enter(Slot::Primary, 2, bytes(64, 2), "bert");
    ASSERT_TRUE(key && key->has_value());
    EXPECT_TRUE((*key)->equals(bytes(64, 1)));
}

TEST_F(Halves, ThatDoNotFitEachOtherAreRefused) {
    ASSERT_TRUE(waits(1, bytes(64, 1), "anna"));
    EXPECT_EQ(codeOf(2, bytes(32, 2), "bert"), ErrorCode::BadUsage);
    EXPECT_EQ(codeOf(2, bytes(64, 1), "bert"), ErrorCode::BadUsage) << "a key of zeros";
    EXPECT_EQ(codeOf(3, bytes(64, 2), "bert"), ErrorCode::BadUsage);
    EXPECT_EQ(codeOf(2, bytes(15, 2), "bert"), ErrorCode::BadUsage);
    EXPECT_EQ(codeOf(2, bytes(65, 2), "bert"), ErrorCode::BadUsage);
}

TEST_F(Halves, AreForgottenAfterAQuarterOfAnHour) {
    ASSERT_TRUE(waits(1, bytes(64, 1), "anna"));
    m_now += GroupKeyHalves::kLimit - std::chrono::seconds{1};
    m_halves.forgetOld();
    EXPECT_EQ(m_halves.held(Slot::Primary)->left, std::chrono::seconds{1});
    m_now += std::chrono::seconds{1};
    EXPECT_FALSE(m_halves.held(Slot::Primary));
    EXPECT_TRUE(waits(2, bytes(64, 2), "bert")) << "the first half must come again";
}

TEST_F(Halves, OfTwoSlotsDoNotMix) {
    ASSERT_TRUE(waits(1, bytes(64, 1), "anna"));
    const auto other = m_halves.enter(Slot::Secondary, 2, bytes(64, 2), "bert");
    ASSERT_TRUE(other);
    EXPECT_FALSE(other->has_value());
}

TEST_F(Halves, TheFirstStaysUntilTheKeyIsReallyIn) {
    ASSERT_TRUE(waits(1, bytes(64, 1), "anna"));
    ASSERT_TRUE(m_halves.enter(Slot::Primary, 2, bytes(64, 2), "bert")->has_value());
    // the HSM failed: bert tries again
    EXPECT_TRUE(m_halves.enter(Slot::Primary, 2, bytes(64, 2), "bert")->has_value());
}

}  // namespace
}  // namespace keystamp::hsm
