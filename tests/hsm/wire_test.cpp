// SPDX-License-Identifier: Apache-2.0
#include "hsm/wire.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <random>

#include "core/file.h"

namespace keystamp::hsm::wire {
namespace {

struct Pair {
    Pair() {
        int ends[2] = {-1, -1};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
        left = UniqueFd{ends[0]};
        right = UniqueFd{ends[1]};
        EXPECT_TRUE(openSecureHeap());
    }
    UniqueFd left, right;
};

Deadline soon() { return Deadline::in(std::chrono::seconds{10}); }

TEST(Wire, AMessageArrivesWithItsSecretsBesideIt) {
    const Pair pair;
    const Secret pin = Secret::copyOf("1234");
    const Secret empty;
    ASSERT_TRUE(send(pair.left.get(), {{"op", "login"}, {"n", 7}}, {pin.view(), empty.view()}));
    const auto message = receive(pair.right.get(), soon());
    ASSERT_TRUE(message) << describe(message.error());
    EXPECT_EQ(message->body.at("n"), 7);
    ASSERT_EQ(message->secrets.size(), 2u);
    EXPECT_TRUE(message->secrets[0].equals(pin));
    EXPECT_TRUE(message->secrets[1].empty());
}

TEST(Wire, ALargeMessageGoesByDescriptor) {
    const Pair pair;
    const Bytes large(1u << 20, 0x42);
    ASSERT_TRUE(send(pair.left.get(), {{"op", "x"}, {"large", binary(large)}}));
    const auto message = receive(pair.right.get(), soon());
    ASSERT_TRUE(message) << describe(message.error());
    const Bytes arrived = message->body.at("large").get_binary();
    EXPECT_EQ(arrived, large);
}

TEST(Wire, ADescriptorThatItsSenderCouldStillChangeIsRefused) {
    const Pair pair;
    const UniqueFd open{::memfd_create("not sealed", MFD_CLOEXEC)};
    const Bytes body = Body::to_cbor({{"op", "x"}});
    ASSERT_EQ(::write(open.get(), body.data(), body.size()), static_cast<ssize_t>(body.size()));
    const Bytes frame = Body::to_cbor({{"memfd", body.size()}});
    iovec part{const_cast<std::uint8_t*>(frame.data()), frame.size()};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))]{};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int));
    const int fd = open.get();
    std::memcpy(CMSG_DATA(rights), &fd, sizeof fd);
    ASSERT_GT(::sendmsg(pair.left.get(), &header, 0), 0);
    const auto message = receive(pair.right.get(), soon());
    ASSERT_FALSE(message);
    EXPECT_EQ(message.error().code, ErrorCode::BadUsage);
}

TEST(Wire, AFrameThatIsTooLargeIsAnErrorAndNotAShorterMessage) {
    const Pair pair;
    const Bytes frame = Body::to_cbor({{"op", "x"}, {"large", binary(Bytes(kLargestFrame, 1))}});
    ASSERT_GT(::send(pair.left.get(), frame.data(), frame.size(), 0), 0);
    const auto message = receive(pair.right.get(), soon());
    ASSERT_FALSE(message);
    EXPECT_EQ(message.error().code, ErrorCode::BadUsage);
}

TEST(Wire, SilenceIsATimeoutAndAClosedSocketIsUnavailable) {
    Pair pair;
    EXPECT_EQ(receive(pair.right.get(), Deadline::in(std::chrono::milliseconds{1})).error().code, ErrorCode::Timeout);
    pair.left = UniqueFd{};
    EXPECT_EQ(receive(pair.right.get(), soon()).error().code, ErrorCode::SignerUnavailable);
    EXPECT_EQ(send(pair.right.get(), {{"op", "x"}}).error().code, ErrorCode::SignerUnavailable);
}

TEST(Wire, DeepNestingIsRefusedBeforeTheParserRecurses) {
    Bytes deep(kLargestFrame - 1, 0x81);
    deep.push_back(0x00);
    EXPECT_EQ(parse(deep).error().code, ErrorCode::BadUsage);
    EXPECT_TRUE(parse(Body::to_cbor({{"a", {{"b", {{"c", {1, 2, 3}}}}}}})));
}

TEST(Wire, AKeyTwiceOrALongNumberIsNoMessage) {
    EXPECT_TRUE(parse(Bytes{0xa2, 0x61, 'a', 0x01, 0x61, 'b', 0x01}));
    EXPECT_FALSE(parse(Bytes{0xa2, 0x61, 'a', 0x01, 0x61, 'a', 0x01}));
    EXPECT_FALSE(parse(Bytes{0xa1, 0x61, 'a', 0x18, 0x01}));
}

TEST(Wire, NothingButOneWholeMapIsAMessage) {
    const Bytes good = Body::to_cbor({{"op", "issue"}, {"serial", binary(Bytes(17, 9))}, {"id", "a-1"}});
    EXPECT_TRUE(parse(good));
    for (std::size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(parse(BytesView{good}.first(size))) << size;
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_FALSE(parse(longer));
    EXPECT_FALSE(parse(Body::to_cbor({1, 2})));
    EXPECT_FALSE(parse(Bytes{0xbf, 0xff}));        // a map of no definite length
    EXPECT_FALSE(parse(Bytes{0xc1, 0xa0}));        // a tag
    EXPECT_FALSE(parse(Bytes{0xa1, 0x01, 0x02}));  // a key that is no text
}

TEST(Wire, RandomBytesNeverBreakTheParser) {
    std::mt19937 dice{20261124};
    const Bytes seed = Body::to_cbor({{"op", "issue"}, {"n", {1, -2, 3.5, nullptr, true}}, {"b", binary(Bytes(40, 3))}});
    for (int n = 0; n < 20000; ++n) {
        Bytes bent = seed;
        for (int change = 0; change <= n % 4; ++change) bent[dice() % bent.size()] = static_cast<std::uint8_t>(dice());
        const auto body = parse(bent);
        EXPECT_TRUE(!body || body->is_object());
    }
}

TEST(Wire, AnErrorKeepsItsParts) {
    const Error error{ErrorCode::KeySeenBefore, "by b1-0001", 42, "C_Sign"};
    const Error back = toError(*parse(Body::to_cbor(fromError(error))));
    EXPECT_EQ(back.code, error.code);
    EXPECT_EQ(back.detail, error.detail);
    EXPECT_EQ(back.native, error.native);
    EXPECT_EQ(back.where, error.where);
}

}  // namespace
}  // namespace keystamp::hsm::wire
