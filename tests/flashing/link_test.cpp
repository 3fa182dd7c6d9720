// SPDX-License-Identifier: Apache-2.0
// Addresses, and the socket links: bounded, complete, and plain about the other end's leaving.
#include "flashing/link/link.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <thread>

#include "core/file.h"
#include "tests/support/temp_folder.h"

namespace keystamp {
namespace {

using flashing::checkLinkAddress;
using flashing::Link;
using flashing::openLink;
using std::chrono::milliseconds;
using std::chrono::seconds;

Deadline soon() { return Deadline::in(seconds{60}); }

TEST(LinkAddress, WhatTheConfigurationDocumentsIsTaken) {
    for (const char* address : {"tcp:127.0.0.1:4000", "tcp:server.factory.example:23", "tcp:[::1]:4000", "unix:/run/board.sock",
                                "serial:/dev/ttyUSB0", "serial:/dev/serial/by-path/pci-0000:00:14.0-usb-0:3:1.0@921600", "usb:1-2", "usb:1-2.3.4", "usb:12-1.4:1.0",
                                "usb:1-2.3:1.2@921600"}) {
        const auto checked = checkLinkAddress(address);
        EXPECT_TRUE(checked) << describe(checked.error());
    }
}

TEST(LinkAddress, OneWithoutEndIsRefusedLikeAnyOther) {
    EXPECT_EQ(checkLinkAddress("usb:1-" + std::string(1'000'000, '1')).error().code, ErrorCode::BadConfig);
}

TEST(LinkAddress, AnythingElseIsBadConfigurationAndNamed) {
    for (const char* address : {"", "tcp:", "tcp:host", "tcp:host:0", "tcp:host:65536", "tcp:host:12x", "tcp::12", "unix:", "unix:board.sock",
                                "serial:ttyUSB0", "serial:/dev/ttyUSB0@", "serial:/dev/ttyUSB0@12", "serial:/dev/ttyUSB0@fast",
                                "usb:/dev/ttyUSB0", "usb:", "usb:1", "usb:1-", "usb:1-2.", "usb:1-2..3", "usb:1-2:", "usb:1-2:1", "usb:1-2:1.0:2",
                                "usb:1-2@", "usb:-1", "usb:a-1", "/dev/ttyUSB0"}) {
        const auto checked = checkLinkAddress(address);
        ASSERT_FALSE(checked) << address;
        EXPECT_EQ(checked.error().code, ErrorCode::BadConfig) << address;
        EXPECT_NE(checked.error().detail.find(address), std::string::npos) << checked.error().detail;
    }
}

/// A listening socket and the link that was opened to it.
class SocketLinks : public testing::TestWithParam<int> {
protected:
    void SetUp() override {
        if (GetParam() == AF_UNIX) listenUnix();
        else listenTcp();
        auto opened = openLink(m_address, soon());
        ASSERT_TRUE(opened) << describe(opened.error());
        m_link = std::move(*opened);
        m_peer = UniqueFd{::accept(m_listener.get(), nullptr, nullptr)};
        ASSERT_TRUE(m_peer);
    }

    std::string m_address;
    UniqueFd m_listener;
    UniqueFd m_peer;
    std::unique_ptr<Link> m_link;

private:
    void listenUnix() {
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        const std::string path = m_folder / "s";
        std::memcpy(at.sun_path, path.data(), path.size());
        m_listener = UniqueFd{::socket(AF_UNIX, SOCK_STREAM, 0)};
        ASSERT_EQ(::bind(m_listener.get(), reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
        ASSERT_EQ(::listen(m_listener.get(), 1), 0);
        m_address = "unix:" + path;
    }
    void listenTcp() {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        m_listener = UniqueFd{::socket(AF_INET, SOCK_STREAM, 0)};
        ASSERT_EQ(::bind(m_listener.get(), reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
        ASSERT_EQ(::listen(m_listener.get(), 1), 0);
        ASSERT_EQ(::getsockname(m_listener.get(), reinterpret_cast<sockaddr*>(&at), &size), 0);
        m_address = "tcp:127.0.0.1:" + std::to_string(ntohs(at.sin_port));
    }
    test::TempFolder m_folder;
};

TEST_P(SocketLinks, BytesArriveAsSoonAsThereAreAny) {
    ASSERT_EQ(::write(m_peer.get(), "ab", 2), 2);
    Bytes buffer(100);
    const auto got = m_link->read(buffer, soon());
    ASSERT_TRUE(got) << describe(got.error());
    EXPECT_EQ(asText(BytesView{buffer}.first(*got)), "ab");
}

TEST_P(SocketLinks, AReadEndsWithItsDeadline) {
    Bytes buffer(10);
    const auto got = m_link->read(buffer, Deadline::in(milliseconds{20}));
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, ErrorCode::Timeout);
    const auto past = m_link->read(buffer, Deadline::in(milliseconds{0}));
    ASSERT_FALSE(past);
    EXPECT_EQ(past.error().code, ErrorCode::Timeout);
}

TEST_P(SocketLinks, WhatCameBeforeTheHangUpIsReadThenTheLinkIsLost) {
    ASSERT_EQ(::write(m_peer.get(), "last", 4), 4);
    m_peer = UniqueFd{};
    Bytes buffer(100);
    const auto got = m_link->read(buffer, soon());
    ASSERT_TRUE(got) << describe(got.error());
    EXPECT_EQ(*got, 4u);
    for (int i = 0; i < 2; ++i) {
        const auto lost = m_link->read(buffer, soon());
        ASSERT_FALSE(lost);
        EXPECT_EQ(lost.error().code, ErrorCode::LinkLost);
    }
}

TEST_P(SocketLinks, AWriteIsCompleteHoweverSlowlyTheOtherEndReads) {
    const Bytes sent = randomBytes(3'000'000);
    Bytes received;
    std::thread reader{[&] {
        Bytes buffer(7919);
        while (received.size() < sent.size()) {
            const ssize_t got = ::read(m_peer.get(), buffer.data(), buffer.size());
            if (got <= 0) break;
            received.insert(received.end(), buffer.begin(), buffer.begin() + got);
        }
    }};
    const auto written = m_link->write(sent, soon());
    EXPECT_TRUE(written) << describe(written.error());
    if (!written) m_link.reset();
    reader.join();
    EXPECT_EQ(received, sent);
}

TEST_P(SocketLinks, AWriteThatNobodyReadsEndsWithItsDeadline) {
    const auto written = m_link->write(Bytes(20'000'000), Deadline::in(milliseconds{50}));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::Timeout);
}

TEST_P(SocketLinks, AWriteToNobodyIsALostLinkAndNoSignal) {
    m_peer = UniqueFd{};
    Result<void> written;
    for (int i = 0; i < 1000 && written; ++i) written = m_link->write(Bytes(1000), soon());
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::LinkLost);
}

TEST_P(SocketLinks, DiscardedInputIsGone) {
    ASSERT_EQ(::write(m_peer.get(), "old", 3), 3);
    Bytes buffer(1);
    ASSERT_TRUE(m_link->read(buffer, soon()));  // it has arrived
    m_link->discardInput();
    ASSERT_EQ(::write(m_peer.get(), "new", 3), 3);
    buffer.resize(10);
    const auto got = m_link->read(buffer, soon());
    ASSERT_TRUE(got);
    EXPECT_EQ(buffer[0], 'n');
}

TEST_P(SocketLinks, WhereNobodyListensTheLinkIsUnavailable) {
    m_link.reset();
    m_peer = UniqueFd{};
    m_listener = UniqueFd{};
    const auto opened = openLink(m_address, soon());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::LinkUnavailable);
}

INSTANTIATE_TEST_SUITE_P(Over, SocketLinks, testing::Values(AF_UNIX, AF_INET),
                         [](const auto& each) { return std::string{each.param == AF_UNIX ? "unix" : "tcp"}; });

TEST(SerialLink, AFileThatIsNoSerialPortIsRefused) {
    for (const char* address : {"serial:/dev/null", "serial:/dev/keystamp-not-there", "serial:/etc/hostname"}) {
        const auto opened = openLink(address, soon());
        ASSERT_FALSE(opened) << address;
        EXPECT_EQ(opened.error().code, ErrorCode::LinkUnavailable) << address;
    }
}

}  // namespace
}  // namespace keystamp
