// SPDX-License-Identifier: Apache-2.0
#include "core/toml_text.h"

#include <gtest/gtest.h>

namespace keystamp {
namespace {

TEST(TomlText, MayHaveAnyLetterInQuotesAndComments) {
    for (const char* good : {"", "a = 1", "# größer\na = 'ä' # ö", "\xEF\xBB\xBF" "a = 1", "\"ключ\" = 1", "a = \"\\\"ä\"", "a = '''\nä'\n'''\nb = 1", "a = \"\"\"ä\"\"\"", "a = '\\'\nb = 'ä'"}) {
        EXPECT_TRUE(checkTomlText(good, "f.toml")) << good;
    }
}

TEST(TomlText, ALetterOutsideIsNamedByItsLine) {
    for (const char* bad : {"a = 1\nü = 2", "a = 'x'\n\xD1\x84 = 1", "# c\n\xC2\xA0" "a = 1", "a = '\\'\nb ä"}) {
        const auto checked = checkTomlText(bad, "f.toml");
        ASSERT_FALSE(checked) << bad;
        EXPECT_EQ(checked.error().code, ErrorCode::BadConfig);
        EXPECT_TRUE(checked.error().detail.starts_with("f.toml:2: ")) << checked.error().detail;
    }
}

}  // namespace
}  // namespace keystamp
