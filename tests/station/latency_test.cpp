// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/latency.h"

#include <gtest/gtest.h>

namespace keystamp::test {
namespace {
using workflow::Latency;
using namespace std::chrono_literals;

TEST(Latency, SaysNothingBeforeTheFirstRequest) {
    const auto figures = Latency{}.figures();
    EXPECT_EQ(figures.requests, 0u);
    EXPECT_EQ(figures.p50, 0us);
}

TEST(Latency, TheMedianAndTheNinetyFifthAreRequestsThatWere) {
    Latency latency;
    for (int n = 100; n >= 1; --n) latency.add(n * 1ms);
    EXPECT_EQ(latency.figures().p50, 50ms);
    EXPECT_EQ(latency.figures().p95, 95ms);
    Latency one;
    one.add(7ms);
    EXPECT_EQ(one.figures().p50, 7ms);
    EXPECT_EQ(one.figures().p95, 7ms);
}

TEST(Latency, OldOnesGoAsNewOnesComeAndAllAreCounted) {
    Latency latency;
    for (int n = 0; n < 1024; ++n) latency.add(900ms);
    for (int n = 0; n < 1024; ++n) latency.add(2ms);
    EXPECT_EQ(latency.figures().p95, 2ms);
    EXPECT_EQ(latency.figures().requests, 2048u);
}

TEST(Latency, WhatFailsSlowlyCounts) {
    Latency latency;
    EXPECT_FALSE(latency.around([] { return false; }));
    EXPECT_EQ(latency.figures().requests, 1u);
}

}  // namespace
}  // namespace keystamp::test
