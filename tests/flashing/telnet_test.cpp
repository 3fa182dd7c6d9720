// SPDX-License-Identifier: Apache-2.0
// Telnet's stream comes apart wherever it is cut.
#include "flashing/link/telnet.h"

#include <gtest/gtest.h>

namespace keystamp {
namespace {

using namespace flashing::telnet;

TEST(Telnet, DataWithEveryByteComesBack) {
    Bytes data(256);
    for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::uint8_t>(i);
    Bytes stream(escapedSize(data));
    escape(data, stream);
    EXPECT_EQ(stream.size(), 257U);
    Decoder decoder;
    ASSERT_EQ(decoder.take(stream), data.size());
    EXPECT_TRUE(std::equal(data.begin(), data.end(), stream.begin()));
    EXPECT_TRUE(decoder.said().empty());
}

TEST(Telnet, CommandsAreTakenOutWhereverTheyAreCut) {
    // x, DO COM-PORT, SET-BAUD 0x00FF0001 (its FF doubled), NOP, y
    Bytes stream{'x', kIac, kDo, kComPort};
    const Bytes baud = comPort(kSetBaud, Bytes{0, 0xFF, 0, 1});
    stream.insert(stream.end(), baud.begin(), baud.end());
    stream.insert(stream.end(), {kIac, 0xF1, 'y'});
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        Decoder decoder;
        std::string data;
        std::vector<Said> said;
        Bytes parts[] = {{stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(cut)}, {stream.begin() + static_cast<std::ptrdiff_t>(cut), stream.end()}};
        for (Bytes& part : parts) {
            data += asText(BytesView{part}.first(decoder.take(part)));
            said.insert(said.end(), decoder.said().begin(), decoder.said().end());
        }
        EXPECT_EQ(data, "xy") << cut;
        ASSERT_EQ(said.size(), 2U) << cut;
        EXPECT_EQ(said[0].verb, kDo);
        EXPECT_EQ(said[0].option, kComPort);
        EXPECT_EQ(toHex(said[1].value), "0100ff0001");
    }
}

}  // namespace
}  // namespace keystamp
