// SPDX-License-Identifier: Apache-2.0
// Replies whose frame is right and whose CBOR is not: they cost their own request an error, and never the station.
#include <gtest/gtest.h>

#include "flashing/board.h"
#include "tests/support/scripted_link.h"
#include "tests/support/smp_reply.h"

namespace keystamp {
namespace {

/// A board that answers every request with this map.
Result<flashing::BoardInfo> infoFrom(const Bytes& map) {
    auto link = std::make_unique<test::ScriptedLink>([map](BytesView told) { return test::smpReply(told, map); });
    const auto board = flashing::openBoard("agent", std::move(link));
    return (*board)->info(Deadline::in(std::chrono::seconds{60}));
}

TEST(HostileReply, ALengthBeyondAllMemoryIsNonsense) {
    for (const char* hex : {"bbffffffffffffffff", "a163766572bbffffffffffffff00", "9bffffffffffffffff", "a1637665725bffffffffffffffff"}) {
        const auto info = infoFrom(*fromHex(hex));
        ASSERT_FALSE(info) << hex;
        EXPECT_EQ(info.error().code, ErrorCode::BoardNonsense) << hex;
    }
}

TEST(HostileReply, NestingAsDeepAsAMessageIsLongIsNonsense) {
    for (const std::uint8_t opens : {std::uint8_t{0x81}, std::uint8_t{0xC1}}) {  // arrays; tags
        const auto info = infoFrom(Bytes(8100, opens));
        ASSERT_FALSE(info);
        EXPECT_EQ(info.error().code, ErrorCode::BoardNonsense);
    }
}

}  // namespace
}  // namespace keystamp
