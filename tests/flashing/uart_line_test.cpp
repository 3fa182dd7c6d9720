// SPDX-License-Identifier: Apache-2.0
#include "tests/support/uart_line.h"

#include <gtest/gtest.h>

namespace keystamp {
namespace {

using test::UartLine;
using namespace std::chrono_literals;

const UartLine::Time kStart{100s};

TEST(UartLine, AByteTakesTenBits) {
    UartLine line{115200};
    EXPECT_EQ(line.give(1, kStart), kStart + 86805ns);
    EXPECT_EQ(line.give(1, kStart), kStart + 173611ns) << "the next one waits for it";
    EXPECT_EQ(line.busy(), 173611ns);
}

TEST(UartLine, MegabytesByteByByteDoNotDrift) {
    UartLine line{921600};
    for (int i = 0; i < 9'216'000; ++i) line.give(1, kStart);
    EXPECT_EQ(line.end(), kStart + 100s);
}

TEST(UartLine, AnIdleLineBeginsWhenItIsGivenSomething) {
    UartLine line{9600};
    line.give(96, kStart);
    EXPECT_EQ(line.end(), kStart + 100ms);
    EXPECT_EQ(line.give(96, kStart + 50ms), kStart + 200ms);
    EXPECT_EQ(line.give(96, kStart + 500ms), kStart + 600ms);
    EXPECT_EQ(line.busy(), 300ms) << "what it was idle for is none of it";
}

TEST(UartLine, AnotherRateIsForWhatComesAfterIt) {
    UartLine line{9600};
    line.give(96, kStart);
    line.setBaud(96000, kStart + 10ms);
    EXPECT_EQ(line.give(96, kStart + 20ms), kStart + 110ms);
    EXPECT_EQ(line.busy(), 110ms);
}

}  // namespace
}  // namespace keystamp
