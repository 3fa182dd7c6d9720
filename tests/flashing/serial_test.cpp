// SPDX-License-Identifier: Apache-2.0
// The way through libserialport, over a pseudo-terminal that a preloaded library passes off as a serial port
// (tests/support/pty_as_serial.c).
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/flashing/board_process.h"

namespace keystamp {
namespace {

using test::BoardProcess;
using test::provision;
using test::soon;

const DeviceId kId = *DeviceId::parse("dev-1");

TEST(SerialPort, CarriesWholeSessionsOfBothKinds) {
    const BoardProcess process({"--feed", "20"}, "pty");
    ASSERT_TRUE(process.link().starts_with("serial:/dev/pts/")) << process.link();
    const auto board = process.connect();
    for (int i = 0; i < 18; ++i) {
        const auto done = provision(*board, i % 3 == 0 ? Mode::Sas : Mode::X509, kId, i % 3 == 1);
        ASSERT_TRUE(done) << i << ": " << describe(done.error());
        ASSERT_TRUE(board->lock(soon()));
    }
}

TEST(SerialPort, IsFoundThroughALinkAsUdevMakesThem) {
    const BoardProcess process({}, "pty:FOLDER/by-path");
    ASSERT_EQ(process.link(), "serial:" + process.folder() + "/by-path");
    const auto done = provision(*process.connect(), Mode::X509, kId);
    EXPECT_TRUE(done) << describe(done.error());
}

TEST(SerialPort, IsOpenedByOneStationAtATime) {
    const BoardProcess process({}, "pty");
    auto first = process.connect();
    const auto second = flashing::openLink(process.link(), soon());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::LinkUnavailable);
    EXPECT_NE(second.error().detail.find("another program has this port"), std::string::npos) << describe(second.error());
    first.reset();
    EXPECT_TRUE(process.connect()->info(soon()));
}

TEST(SerialPort, FindsTheSameBoardAfterItWasClosed) {
    const BoardProcess process({"--feed", "2"}, "pty");
    const auto before = process.connect()->info(soon());
    const auto after = process.connect()->info(soon());
    ASSERT_TRUE(before && after);
    EXPECT_EQ(before->uid, after->uid);
}

TEST(SerialPort, ThatIsClosedTakesABadBoardOff) {
    const BoardProcess process({"--feed", "2", "--fault", "refuses@1"}, "pty");
    const auto failed = provision(*process.connect(), Mode::Sas, kId);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::BoardRefused) << describe(failed.error());
    // the program hears of the closing a moment later than this one
    Result<void> done = failed;
    const Deadline limit = soon();
    while (!done && !limit.passed()) done = provision(*process.connect(), Mode::Sas, kId);
    EXPECT_TRUE(done) << describe(done.error());
}

TEST(SerialPort, WhoseBoardIsPulledOutIsALostLink) {
    BoardProcess process({}, "pty");
    const auto board = process.connect();
    ASSERT_TRUE(board->info(soon()));
    EXPECT_FALSE(board->lost());
    process.kill();
    EXPECT_TRUE(board->lost());
    const auto lost = board->info(soon());
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, ErrorCode::LinkLost) << describe(lost.error());
}

TEST(SerialPort, CarriesAnStm32sLoaderThoughAPseudoTerminalHasNoParity) {
    const BoardProcess process({"--driver", "stm32"}, "pty");
    const auto board = flashing::openBoard("stm32", *flashing::openLink(process.link() + "@57600", soon()), {{"page", "0x0801F800"}});
    ASSERT_TRUE(board);
    const auto credential = test::x509CredentialWithKey(kId);
    ASSERT_TRUE((*board)->info(soon()));
    ASSERT_TRUE((*board)->write(credential, soon()));
    const auto held = (*board)->info(soon());
    ASSERT_TRUE(held) << describe(held.error());
    EXPECT_EQ(held->credential, flashing::credentialDigest(credential));
}

TEST(SerialPort, TakesTheBaudRateOfTheConfiguration) {
    const BoardProcess process({}, "pty");
    for (const char* baud : {"@9600", "@921600"}) {
        const auto opened = flashing::openLink(process.link() + baud, soon());
        EXPECT_TRUE(opened) << describe(opened.error());
    }
}

}  // namespace
}  // namespace keystamp
