// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/claims.h"

#include <gtest/gtest.h>

#include "station/workflow/scan_text.h"

namespace keystamp::workflow {
namespace {

std::vector<FixtureConfig> fixtures(int count) {
    std::vector<FixtureConfig> made;
    for (int n = 1; n <= count; ++n) {
        const std::string name = "F" + std::to_string(n);
        made.push_back({name, "unix:/" + name, "agent", "FIX-" + std::to_string(n)});
    }
    return made;
}

TEST(Claims, ALabelScannedFirstClaimsTheNextScanAndOnlyThat) {
    Claims claims{fixtures(4)};
    const auto label = claims.scan("FIX-3\r\n");
    ASSERT_TRUE(label.ok());
    EXPECT_FALSE(label->has_value());
    EXPECT_EQ(claims.selected(), "F3");
    const auto board = claims.scan(" SN-1 \r");
    ASSERT_TRUE(board.ok() && board->has_value());
    EXPECT_EQ((*board)->fixture, "F3");
    EXPECT_EQ((*board)->payload, "SN-1");
    EXPECT_EQ(claims.scan("SN-2").error().code, ErrorCode::NoFixtureClaimed);
}

TEST(Claims, ALaterLabelReplacesAnEarlierOne) {
    Claims claims{fixtures(2)};
    ASSERT_TRUE(claims.scan("FIX-1").ok());
    ASSERT_TRUE(claims.scan("FIX-2").ok());
    EXPECT_EQ((*claims.scan("SN-1"))->fixture, "F2");
}

TEST(Claims, OneNewlyArrivedBoardIsMeantAndTwoAreRefusedByName) {
    Claims claims{fixtures(4)};
    EXPECT_EQ(claims.scan("SN-1").error().detail, "no board has newly arrived");
    claims.arrived("F2");
    EXPECT_EQ((*claims.scan("SN-1"))->fixture, "F2");
    claims.arrived("F4");
    const auto two = claims.scan("SN-1");
    ASSERT_FALSE(two.ok());
    EXPECT_EQ(two.error().code, ErrorCode::NoFixtureClaimed);
    EXPECT_EQ(two.error().detail, "2 boards have newly arrived, on F2, F4");
    claims.left("F2");
    EXPECT_EQ((*claims.scan("SN-1"))->fixture, "F4");
}

TEST(Claims, OneFixtureAloneNeedsNoLabel) {
    Claims claims{fixtures(1)};
    EXPECT_EQ((*claims.scan("SN-1"))->fixture, "F1");
}

TEST(Claims, ADamagedScanDoesNotUseUpTheLabel) {
    Claims claims{fixtures(2)};
    ASSERT_TRUE(claims.scan("FIX-2").ok());
    EXPECT_EQ(claims.scan("SN\x01").error().code, ErrorCode::BadScan);
    EXPECT_EQ((*claims.scan("SN-1"))->fixture, "F2");
}

TEST(Claims, AScanAtAFixtureIsForItAndAFixturesLabelIsNoBoard) {
    const Claims claims{fixtures(2)};
    EXPECT_EQ(claims.scanAt("F2", "SN-1\n")->fixture, "F2");
    EXPECT_EQ(claims.scanAt("F9", "SN-1").error().code, ErrorCode::UnknownFixture);
    EXPECT_EQ(claims.scanAt("F1", "FIX-1").error().code, ErrorCode::BadScan);
}

TEST(ScanText, BlanksAroundGoAndWhatIsDamagedIsRefusedInOneSentence) {
    EXPECT_EQ(*cleanScan("\t A-1 b \r\n"), "A-1 b");
    EXPECT_EQ(cleanScan(" \r\n").error().detail, "it is empty");
    EXPECT_EQ(cleanScan(std::string(129, 'a')).error().detail, "129 characters, at most 128");
    EXPECT_EQ(cleanScan("ab\x80").error().detail, "character 3 (0x80) is damaged or not plain text");
    EXPECT_EQ(cleanScan(std::string("a\0b", 3)).error().code, ErrorCode::BadScan);
    EXPECT_TRUE(cleanScan(std::string(128, 'a')).ok());
}

}  // namespace
}  // namespace keystamp::workflow
