// SPDX-License-Identifier: Apache-2.0
// What the relay hands on and when, without a clock or a connection.
#include "tests/support/relay_way.h"

#include <gtest/gtest.h>

namespace keystamp {
namespace {

using test::RelayWay;
using namespace flashing::telnet;
using namespace std::chrono_literals;

const RelayWay::Time kStart{100s};

/// Everything that is due, each slice at its time.
Bytes drain(RelayWay& way, RelayWay::Time now, std::vector<RelayWay::Time>* times = nullptr) {
    Bytes all;
    while (const auto due = way.due(now)) {
        now = std::max(now, *due);
        const Bytes part = way.through(now);
        way.drop(part.size());
        all.insert(all.end(), part.begin(), part.end());
        if (times != nullptr) times->push_back(now);
    }
    return all;
}

TEST(RelayWay, ByteForByteInSlicesOfAMillisecondAtMost) {
    RelayWay way{115200, false};
    Bytes sent(1152);
    for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<std::uint8_t>(i);
    way.take(sent, kStart);
    std::vector<RelayWay::Time> times;
    EXPECT_EQ(drain(way, kStart, &times), sent);
    EXPECT_EQ(times.back(), kStart + 100ms) << "the last byte when a UART would have sent it";
    for (std::size_t i = 1; i < times.size(); ++i) EXPECT_LE(times[i] - times[i - 1], 1ms);
    EXPECT_EQ(way.bytes(), 1152U);
}

TEST(RelayWay, NothingIsHandedOnBeforeItsTime) {
    RelayWay way{115200, false};
    way.take(asBytes("ab"), kStart);
    EXPECT_TRUE(way.through(kStart + 86us).empty());
    EXPECT_EQ(way.through(kStart + 87us), toBytes(asBytes("a")));
    EXPECT_EQ(way.through(kStart + 174us), toBytes(asBytes("ab")));
}

TEST(RelayWay, WithoutARateNothingIsHeldBack) {
    RelayWay way{0, false};
    way.take(asBytes("at once"), kStart);
    EXPECT_EQ(asText(way.through(kStart)), "at once");
}

TEST(RelayWay, DripsByteByByte) {
    RelayWay way{9600, false};
    way.setDrips();
    way.take(asBytes("drip"), kStart);
    std::vector<RelayWay::Time> times;
    EXPECT_EQ(asText(drain(way, kStart, &times)), "drip");
    EXPECT_EQ(times.size(), 4U);
}

TEST(RelayWay, WhatTelnetAddsTakesNoTimeAndSetsTheRate) {
    RelayWay way{9600, true};
    Bytes stream{'x', kIac, kIac};  // an FF among the data
    const Bytes command = comPort(kSetBaud, Bytes{0, 0x0E, 0x10, 0});
    stream.insert(stream.end(), command.begin(), command.end());
    const auto baud = way.take(stream, kStart);
    EXPECT_EQ(baud, 921600);
    EXPECT_EQ(way.bytes(), 2U);
    EXPECT_EQ(way.end(), kStart + 2083333ns);
    EXPECT_EQ(drain(way, kStart), stream) << "all of it is handed on as it came";
    EXPECT_EQ(way.take(comPort(kSetControl, Bytes{kRtsOn}), kStart + 1s), std::nullopt);
}

}  // namespace
}  // namespace keystamp
