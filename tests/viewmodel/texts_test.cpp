// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/texts.h"

#include <gtest/gtest.h>

namespace keystamp::viewmodel {
namespace {

TEST(Texts, EveryErrorHasACauseAndANextStepWithoutCommandsOrFiles) {
    for (int n = 0; n <= static_cast<int>(ErrorCode::Internal); ++n) {
        const auto code = static_cast<ErrorCode>(n);
        const auto text = textOf(code);
        EXPECT_FALSE(text.cause.isEmpty()) << name(code);
        EXPECT_TRUE(text.next.endsWith(QLatin1Char('.'))) << name(code);
        EXPECT_FALSE(text.cause.endsWith(QLatin1Char('.'))) << name(code);
        EXPECT_FALSE((text.cause + text.next).contains(QLatin1Char('`'))) << name(code);
        EXPECT_FALSE((text.cause + text.next).contains(QStringLiteral("--"))) << name(code);
    }
}

TEST(Texts, TimeIsShownAsPeopleReadIt) {
    using std::chrono::milliseconds;
    EXPECT_EQ(textOf(milliseconds{0}), QStringLiteral("0.0 s"));
    EXPECT_EQ(textOf(milliseconds{4'260}), QStringLiteral("4.2 s"));
    EXPECT_EQ(textOf(milliseconds{59'999}), QStringLiteral("59.9 s"));
    EXPECT_EQ(textOf(milliseconds{67'400}), QStringLiteral("1:07 min"));
}

TEST(Texts, ALongScanKeepsBothItsEnds) {
    const QString text = shown(std::string(100, 'a') + std::string(100, 'z'));
    EXPECT_LT(text.size(), 60);
    EXPECT_TRUE(text.startsWith(QLatin1Char('a')));
    EXPECT_TRUE(text.endsWith(QLatin1Char('z')));
}

}  // namespace
}  // namespace keystamp::viewmodel
