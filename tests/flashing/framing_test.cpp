// SPDX-License-Identifier: Apache-2.0
// The console framing, as the station has it and as the agent has it. Vector: see flashing/PROTOCOL.md.
#include "flashing/smp/framing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "flashing/agent/frame.h"
#include "flashing/agent/port/host/host_port.h"

namespace keystamp {
namespace {

using flashing::smp::Deframer;
using flashing::smp::frame;

const std::string kHello = "Hello, world!";
const std::string kHelloFrame = "\x06\x09" "AA9IZWxsbywgd29ybGQhet4=\n";

/// What the agent writes for a message.
Bytes agentFrame(BytesView message) {
    ks_port port;
    ks_host_init(&port);
    Bytes out;
    port.context = &out;
    port.send = [](void* context, const std::uint8_t* bytes, std::size_t length) {
        auto& to = *static_cast<Bytes*>(context);
        to.insert(to.end(), bytes, bytes + length);
    };
    ks_send_frame(&port, message.data(), message.size());
    ks_host_free(&port);
    return out;
}

/// Messages that the station's deframer finds, fed in pieces of at most `piece` bytes.
std::vector<Bytes> stationFinds(BytesView stream, std::size_t piece, int* broken = nullptr) {
    Deframer deframer;
    std::vector<Bytes> found;
    while (!stream.empty()) {
        BytesView part = stream.first(std::min(piece, stream.size()));
        stream = stream.subspan(part.size());
        while (!part.empty()) {
            const auto what = deframer.take(part);
            if (what == Deframer::Found::Message) found.push_back(toBytes(deframer.message()));
            if (what == Deframer::Found::Broken && broken != nullptr) ++*broken;
        }
    }
    return found;
}

std::vector<Bytes> agentFinds(BytesView stream) {
    auto deframer = std::make_unique<ks_deframer>();
    std::vector<Bytes> found;
    for (const std::uint8_t byte : stream) {
        const std::size_t length = ks_deframe(deframer.get(), byte);
        if (length > 0) found.emplace_back(deframer->bytes + 2, deframer->bytes + 2 + length);
    }
    return found;
}

std::vector<Bytes> just(Bytes message) { return {1, std::move(message)}; }
/// The same at each run, so that no CRC is met by chance one day.
Bytes someBytes(std::mt19937& random, std::size_t size) {
    Bytes bytes(size);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    return bytes;
}
void append(Bytes& to, BytesView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

TEST(Framing, BothSidesWriteTheKnownFrame) {
    EXPECT_EQ(asText(frame(asBytes(kHello))), kHelloFrame);
    EXPECT_EQ(asText(agentFrame(asBytes(kHello))), kHelloFrame);
}

TEST(Framing, BothSidesReadTheKnownFrame) {
    const std::vector<Bytes> expected{toBytes(asBytes(kHello))};
    EXPECT_EQ(stationFinds(asBytes(kHelloFrame), 1), expected);
    EXPECT_EQ(agentFinds(asBytes(kHelloFrame)), expected);
}

TEST(Framing, TheCrcIsXmodems) {
    EXPECT_EQ(flashing::smp::crc16(asBytes("123456789")), 0x31C3);
    const std::string text = "123456789";
    EXPECT_EQ(ks_crc16(0, asBytes(text).data(), text.size()), 0x31C3);
}

TEST(Framing, BothSidesMakeTheSameLinesOfAtMost127BytesAndReadEachOthers) {
    for (std::size_t size = 1; size <= KS_MESSAGE_MAX; size += size < 300 ? 1 : 97) {
        const Bytes message = randomBytes(size);
        const Bytes ours = frame(message);
        ASSERT_EQ(ours, agentFrame(message)) << size;
        ASSERT_EQ(ours.size(), flashing::smp::frameSize(size));
        std::size_t line = 0;
        for (const std::uint8_t byte : ours) {
            ++line;
            ASSERT_LE(line, flashing::smp::kLineMax);
            if (byte == '\n') line = 0;
        }
        ASSERT_EQ(agentFinds(ours), just(message));
        ASSERT_EQ(stationFinds(ours, 1 + size % 60), just(message));
    }
}

TEST(Framing, FramesAreFoundBetweenLogLinesHoweverTheStreamIsCut) {
    std::mt19937 random{7};
    Bytes stream;
    std::vector<Bytes> sent;
    for (int i = 0; i < 200; ++i) {
        append(stream, asBytes("[00:00:01] <inf> app: nothing to see\r\n*** boot 9.8 ***"));
        sent.push_back(someBytes(random, 1 + random() % 600));
        append(stream, frame(sent.back()));
    }
    for (const std::size_t piece : {1u, 3u, 64u, 127u, 4096u}) EXPECT_EQ(stationFinds(stream, piece), sent);
    EXPECT_EQ(agentFinds(stream), sent);
}

TEST(Framing, NoDamageIsEverTakenForAMessageAndTheNextFrameIsFound) {
    std::mt19937 random{11};
    const Bytes good = toBytes(asBytes(kHello));
    int broken = 0;
    const int frames = std::getenv("KEYSTAMP_FULL") != nullptr ? 1'000'000 : 3'000;
    for (int i = 0; i < frames; ++i) {
        const Bytes message = someBytes(random, 1 + random() % 300);
        Bytes stream = frame(message);
        const std::size_t at = random() % stream.size();
        switch (random() % 4) {
            case 0: stream[at] ^= static_cast<std::uint8_t>(1u << (random() % 8)); break;
            case 1: stream.erase(stream.begin() + static_cast<std::ptrdiff_t>(at)); break;
            case 2: stream.insert(stream.begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::uint8_t>(random())); break;
            default: stream.resize(at); break;
        }
        append(stream, frame(good));
        for (const auto& found : {stationFinds(stream, 50, &broken), agentFinds(stream)}) {
            ASSERT_FALSE(found.empty()) << "the frame behind the damage was lost";
            ASSERT_EQ(found.back(), good);
            // damage that does not matter (a stray carriage return, an insertion before the frame) leaves the message
            if (found.size() > 1) { ASSERT_EQ(found.front(), message) << "frame " << i; }
            ASSERT_LE(found.size(), 2u);
        }
    }
    EXPECT_GT(broken, frames / 6);
}

TEST(Framing, NoiseIsNoMessageAndCostsNoMemory) {
    std::mt19937 random{13};
    Bytes noise(200'000);
    for (auto& byte : noise) {
        // as hostile as it gets: all of the framing's own bytes
        static constexpr std::string_view kBytes = "\x06\x09\x04\x14\n\rAAQ=/+z";
        byte = static_cast<std::uint8_t>(kBytes[random() % kBytes.size()]);
    }
    for (const auto& found : stationFinds(noise, 1000)) EXPECT_EQ(found.size(), 0u) << "a message by chance";
    for (const auto& found : agentFinds(noise)) EXPECT_EQ(found.size(), 0u) << "a message by chance";
}

TEST(Framing, AnAnnouncedLengthBeyondTheBufferIsRefusedByTheAgent) {
    Bytes message(KS_MESSAGE_MAX + 200, 0x5A);
    Bytes stream = frame(message);
    append(stream, asBytes(kHelloFrame));
    EXPECT_EQ(agentFinds(stream), just(toBytes(asBytes(kHello))));
}

}  // namespace
}  // namespace keystamp
