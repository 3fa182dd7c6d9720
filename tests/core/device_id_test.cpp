// SPDX-License-Identifier: Apache-2.0
#include "core/device_id.h"

#include <gtest/gtest.h>

namespace keystamp {
namespace {

TEST(DeviceId, FoldsToLowerCase) {
    const auto id = DeviceId::parse("SN-007-888-ABC");
    ASSERT_TRUE(id);
    EXPECT_EQ(id->text(), "sn-007-888-abc");
}

TEST(DeviceId, TakesOneAndSixtyFourCharacters) {
    EXPECT_TRUE(DeviceId::parse("a"));
    EXPECT_TRUE(DeviceId::parse(std::string(64, '7')));
}

TEST(DeviceId, RefusesWhatIsOutsideTheRule) {
    for (const std::string& bad : {std::string{}, std::string(65, 'a'), std::string{"-a"}, std::string{"a-"},
                                  std::string{"a b"}, std::string{"a_b"}, std::string{"a.b"}, std::string{"=cmd"},
                                  std::string{"a\nb"}, std::string{"a\0b", 3}, std::string{"gerät"}}) {
        const auto id = DeviceId::parse(bad);
        ASSERT_FALSE(id) << bad;
        EXPECT_EQ(id.error().code, ErrorCode::BadDeviceId);
    }
}

TEST(DeviceId, MessageShowsControlCharactersHarmlessly) {
    EXPECT_NE(DeviceId::parse("a\x1b[2J").error().detail.find("\\x1b"), std::string::npos);
}

}  // namespace
}  // namespace keystamp
