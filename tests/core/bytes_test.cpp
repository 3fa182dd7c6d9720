// SPDX-License-Identifier: Apache-2.0
#include "core/bytes.h"

#include <gtest/gtest.h>

#include "core/clock.h"

namespace keystamp {
namespace {

TEST(Base64, SpellsAsRfc4648) {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},         {"f", "Zg=="},     {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},  {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : vectors) {
        EXPECT_EQ(toBase64(asBytes(plain)), coded);
        const auto back = fromBase64(coded);
        ASSERT_TRUE(back) << coded;
        EXPECT_EQ(asText(BytesView{*back}), plain);
    }
}

TEST(Base64, RefusesEveryOtherSpelling) {
    for (const char* bad : {"Zg", "Zg=", "Zg===", "Zh==", "Z===", " Zm9", "Zm9v\n", "Zm9v====", "Zm=v", "====", "Zm_v"}) {
        EXPECT_FALSE(fromBase64(bad)) << bad;
    }
}

TEST(Hex, GoesThereAndBack) {
    EXPECT_EQ(toHex(BytesView{*fromHex("00fFa5")}), "00ffa5");
    EXPECT_EQ(toHexUpper(BytesView{*fromHex("00ffa5")}), "00FFA5");
    EXPECT_FALSE(fromHex("0"));
    EXPECT_FALSE(fromHex("0g"));
}

TEST(UtcText, IsReadBackAsWritten) {
    const auto time = parseUtc("2026-02-28T23:59:59.007Z");
    ASSERT_TRUE(time);
    EXPECT_EQ(toText(*time), "2026-02-28T23:59:59.007Z");
    EXPECT_EQ(dayOf(*time), "2026-02-28");
    for (const char* bad : {"2026-02-30T00:00:00.000Z", "2026-02-28 23:59:59.007Z", "2026-02-28T23:59:59Z", ""}) {
        EXPECT_FALSE(parseUtc(bad)) << bad;
    }
}

}  // namespace
}  // namespace keystamp
