// SPDX-License-Identifier: Apache-2.0
// Ports by their place on the bus, through libudev on a bus that a test plugs things into (tests/support/usb_bus.h).
#include <gtest/gtest.h>

#include "tests/flashing/board_process.h"
#include "tests/support/usb_bus.h"

namespace keystamp {
namespace {

using flashing::openLink;
using test::BoardProcess;
using test::soon;
using test::UsbBus;

/// Of the pseudo-terminal.
std::string portOf(const BoardProcess& process, std::size_t fixture = 0) { return process.link(fixture).substr(std::string{"serial:"}.size()); }

Result<Bytes> uidAt(const std::string& address) {
    auto link = openLink(address, soon());
    if (!link) return link.error();
    const auto info = (*flashing::openBoard("agent", *std::move(link)))->info(soon());
    if (!info) return info.error();
    return info->uid;
}

std::string refusal(const std::string& address) {
    const auto link = openLink(address, soon());
    if (link) return "opened";
    EXPECT_EQ(link.error().code, ErrorCode::LinkUnavailable);
    return link.error().detail;
}

TEST(UsbPlace, IsWhatIsPluggedInThereWhateverNumberItGot) {
    const BoardProcess boards({"--fixtures", "2"}, "pty");
    const Bytes first = *uidAt(boards.link(0));
    const Bytes second = *uidAt(boards.link(1));
    UsbBus bus;
    bus.plug("1-2.3", {portOf(boards, 0)});
    bus.plug("3-1", {portOf(boards, 1)});
    EXPECT_EQ(*uidAt("usb:1-2.3"), first);
    EXPECT_EQ(*uidAt("usb:3-1@9600"), second);
    EXPECT_EQ(*uidAt("usb:3-1:1.0"), second);
    // the cables were changed over
    bus.replug("1-2.3", {portOf(boards, 1)});
    bus.replug("3-1", {portOf(boards, 0)});
    EXPECT_EQ(*uidAt("usb:1-2.3"), second);
    EXPECT_EQ(*uidAt("usb:3-1"), first);
}

TEST(UsbPlace, SaysTheSerialNumberThatIsTheUidOfABoardWhoseConsoleHasNone) {
    const BoardProcess boards({"--driver", "az3166", "--stock"}, "pty");
    UsbBus bus;
    bus.plug("1-2.3", {portOf(boards)}, "0672FF535155878281183829");
    auto link = openLink("usb:1-2.3", soon());
    ASSERT_TRUE(link) << describe(link.error());
    const auto board = *flashing::openBoard("az3166", *std::move(link));
    const auto info = board->info(soon());
    ASSERT_TRUE(info) << describe(info.error());
    EXPECT_EQ(toHex(info->uid), "0672ff535155878281183829");
}

TEST(UsbPlace, WhereNothingIsNamesWhatIsElsewhere) {
    const BoardProcess boards({}, "pty");
    UsbBus bus;
    EXPECT_EQ(refusal("usb:1-2.3"), "no serial port is plugged in at usb:1-2.3; there is none on USB");
    bus.plug("1-2.4", {portOf(boards)});
    EXPECT_EQ(refusal("usb:1-2.3"), "no serial port is plugged in at usb:1-2.3; there is usb:1-2.4:1.0 (" + portOf(boards) + ")");
    EXPECT_EQ(refusal("usb:1-2"), "no serial port is plugged in at usb:1-2; there is usb:1-2.4:1.0 (" + portOf(boards) + ")");
    EXPECT_EQ(refusal("usb:1-2.4:1.1").substr(0, 44), "no serial port is plugged in at usb:1-2.4:1.");
}

TEST(UsbPlace, OfADeviceWithSeveralPortsIsNamedByInterface) {
    const BoardProcess boards({"--fixtures", "2"}, "pty");
    const Bytes second = *uidAt(boards.link(1));
    UsbBus bus;
    bus.plug("1-1", {portOf(boards, 0), portOf(boards, 1)});
    const std::string both = refusal("usb:1-1");
    EXPECT_EQ(both.substr(0, 33), "usb:1-1 has 2 serial ports, usb:1");
    EXPECT_NE(both.find("usb:1-1:1.1 (" + portOf(boards, 1) + ")"), std::string::npos) << both;
    EXPECT_EQ(*uidAt("usb:1-1:1.1"), second);
}

TEST(UsbPlace, WhoseDeviceCameBackIsALostLinkAndIsOpenedAnew) {
    const BoardProcess boards({"--fixtures", "2"}, "pty");
    UsbBus bus;
    bus.plug("1-2", {portOf(boards)});
    auto board = *flashing::openBoard("agent", *openLink("usb:1-2", soon()));
    ASSERT_TRUE(board->info(soon()));
    // nobody hangs this port up: only its place on the bus tells
    EXPECT_FALSE(board->lost());
    bus.replug("1-2", {portOf(boards)});
    EXPECT_TRUE(board->lost());
    for (int n = 0; n < 2; ++n) {
        const auto lost = board->info(soon());
        ASSERT_FALSE(lost);
        EXPECT_EQ(lost.error().code, ErrorCode::LinkLost);
        EXPECT_EQ(lost.error().detail, "what was plugged in at usb:1-2 went away and came back; it may be another board");
    }
    board.reset();
    EXPECT_TRUE(uidAt("usb:1-2").ok());
}

TEST(UsbPlace, WhoseDeviceIsGoneIsALostLink) {
    const BoardProcess boards({}, "pty");
    UsbBus bus;
    bus.plug("1-2", {portOf(boards)});
    const auto board = *flashing::openBoard("agent", *openLink("usb:1-2", soon()));
    ASSERT_TRUE(board->info(soon()));
    bus.unplug("1-2");
    const auto lost = board->info(soon());
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, ErrorCode::LinkLost);
    EXPECT_EQ(lost.error().detail, "what was plugged in at usb:1-2 went away");
}

}  // namespace
}  // namespace keystamp
