// SPDX-License-Identifier: Apache-2.0
#include "core/id_pattern.h"

#include <gtest/gtest.h>

namespace keystamp {
namespace {

DeviceId id(const char* text) { return *DeviceId::parse(text); }

TEST(IdPattern, PadsToItsWidthAndFindsTheNumberAgain) {
    const auto pattern = IdPattern::parse("acme-{seq:06}-x");
    ASSERT_TRUE(pattern);
    EXPECT_EQ(pattern->at(42)->text(), "acme-000042-x");
    EXPECT_EQ(pattern->at(1234567)->text(), "acme-1234567-x");
    EXPECT_EQ(pattern->numberOf(id("ACME-000042-X")), 42u);
    EXPECT_EQ(pattern->numberOf(id("acme-1234567-x")), 1234567u);
}

TEST(IdPattern, OtherSpellingsOfANumberAreOtherIds) {
    const auto pattern = IdPattern::parse("Acme-{seq:04}");
    ASSERT_TRUE(pattern);
    for (const char* other : {"acme-42", "acme-00042", "acme-", "acme-00a2", "acme", "acmf-0042", "acme-0042x"}) {
        const auto parsed = DeviceId::parse(other);
        EXPECT_FALSE(parsed && pattern->numberOf(*parsed)) << other;
    }
    EXPECT_EQ(pattern->numberOf(id("acme-0042")), 42u);
}

TEST(IdPattern, RefusesWhatMakesNoDeviceId) {
    for (const char* bad : {"acme", "{seq", "{seq}{seq}", "a b-{seq}", "-{seq}", "{seq:6}", "{seq:00}", "{seq:019}",
                            "{seq:0x}", "acme_{seq}"}) {
        EXPECT_FALSE(IdPattern::parse(bad)) << bad;
    }
    EXPECT_FALSE(IdPattern::parse(std::string(60, 'a') + "{seq:06}"));
}

}  // namespace
}  // namespace keystamp
