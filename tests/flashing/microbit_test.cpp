// SPDX-License-Identifier: Apache-2.0
// The suite of agent_test.cpp on the firmware for the micro:bit, in QEMU; and what a board with a flash and a stack of its own has to show.
// QEMU's flash takes a word or a page's erase whole; words half written are what power_cut_test.cpp has.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "flashing/smp/framing.h"
#include "tests/flashing/agent_suite.h"
#include "tests/flashing/board_process.h"
#include "tests/flashing/microbit_bench.h"
#include "tests/support/crypto.h"

namespace keystamp {
namespace {

using test::Agent;
using test::AgentBench;
using test::AgentPort;
using test::holds;
using test::isBlank;
using test::MicrobitBench;
using test::provision;
using test::sasStream;
using test::Stream;
using test::x509Stream;

std::unique_ptr<AgentBench> blankBoard() { return std::make_unique<MicrobitBench>(); }
INSTANTIATE_TEST_SUITE_P(OnMicrobit, Agent, testing::Values(AgentPort{blankBoard, 1000}));

const bool kFull = std::getenv("KEYSTAMP_FULL") != nullptr;

/// A stream for a key that is made on the board first.
Stream keyOnBoard(AgentBench& bench, const std::string& id) {
    EXPECT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 0}, {"id", id}, {"scope", "0ne00TEST01"}}), 0);
    const auto reply = bench.ask(KS_CMD_KEYGEN);
    EXPECT_TRUE(reply && reply->contains("data")) << id << ": " << (reply ? reply->dump() : "no reply");
    return x509Stream(id, {}, reply ? test::publicKeyOfCsr((*reply)["data"].get_binary()) : Bytes{});
}

/// Provisions a board over and over with what `next` gives for an ID, each time with the power cut `step` changes of flash later.
/// Afterwards it holds what it held or what was new, whole, and both must have come up.
void cutAtEveryChange(MicrobitBench& bench, MicrobitBench::Cut how, unsigned step, const std::function<Stream(const std::string&)>& next) {
    Stream held = sasStream("cut-0");
    ASSERT_TRUE(provision(bench, held));
    unsigned kept = 0, replaced = 0;
    for (unsigned nth = 1;; nth += step) {
        const Stream stream = next("cut-" + std::to_string(nth));  // another one each time: a draft of its own
        bool answered = false;
        const bool cut = bench.cutAtFlashChange(nth, how, [&](AgentBench& on) { answered = provision(on, stream); });
        if (!cut) {
            EXPECT_TRUE(answered);
            EXPECT_TRUE(holds(bench, stream));
            break;
        }
        const bool isNew = holds(bench, stream);
        ASSERT_TRUE(isNew || holds(bench, held)) << "neither, after a cut before change " << nth;
        ASSERT_TRUE(isNew || !answered) << "it was answered, and is gone";
        (isNew ? replaced : kept)++;
        if (isNew) held = stream;
    }
    EXPECT_GT(kept, 0u);
    EXPECT_GT(replaced, 0u);
    std::printf("cut %u times: %u times the old credential, %u times the new one\n", kept + replaced, kept, replaced);
}

TEST(Microbit, TheCredentialIsTheOldOrTheNewOneWhenThePowerGoesBeforeAnyChangeOfTheFlash) {
    MicrobitBench bench;
    cutAtEveryChange(bench, MicrobitBench::Cut::Reset, 1, sasStream);
}

TEST(Microbit, SoItIsWithAKeyMadeOnTheBoard) {
    MicrobitBench bench;
    // the draft with its key is there by then: what is cut is stream, mark and the old page's erase
    cutAtEveryChange(bench, MicrobitBench::Cut::Reset, kFull ? 1 : 7, [&](const std::string& id) { return keyOnBoard(bench, id); });
}

TEST(Microbit, SoItIsWhenTheEmulatorItselfIsKilled) {
    MicrobitBench bench;
    cutAtEveryChange(bench, MicrobitBench::Cut::KillQemu, kFull ? 1 : 5, sasStream);
}

TEST(Microbit, AnEraseThatIsCutLeavesTheCredentialOrNone) {
    MicrobitBench bench;
    unsigned kept = 0, gone = 0;
    for (unsigned nth = 1;; ++nth) {
        const Stream stream = sasStream("cut-4");
        ASSERT_TRUE(provision(bench, stream));
        const bool cut = bench.cutAtFlashChange(nth, MicrobitBench::Cut::Reset, [](AgentBench& on) { on.rc(KS_CMD_ERASE); });
        const bool blank = isBlank(bench);
        ASSERT_TRUE(blank || holds(bench, stream)) << nth;
        if (!cut) break;
        (blank ? gone : kept)++;
    }
    EXPECT_TRUE(isBlank(bench));
    EXPECT_GT(kept, 0u);
    EXPECT_GT(gone, 0u);
}

TEST(Microbit, EachBoardMakesKeysOfItsOwn) {
    MicrobitBench one, other;
    EXPECT_NE(one.uid(), other.uid());
    const auto keyOf = [](MicrobitBench& bench) {
        EXPECT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 0}, {"id", "dev-1"}, {"scope", "s"}}), 0);
        return test::publicKeyOfCsr((*bench.ask(KS_CMD_KEYGEN))["data"].get_binary());
    };
    EXPECT_NE(keyOf(one), keyOf(other));
}

TEST(Microbit, WhatComesWhileItMakesAKeyStaysInTheUartUntilThereIsRoom) {
    const test::Microbit board;
    const auto link = board.open("serial");
    Bytes wire;
    const auto add = [&wire](const Bytes& message) {
        const Bytes frame = flashing::smp::frame(message);
        wire.insert(wire.end(), frame.begin(), frame.end());
    };
    add(test::messageOf(0, KS_CMD_BEGIN, {{"mode", 0}, {"id", "dev-1"}, {"scope", "s"}}));
    add(test::messageOf(1, KS_CMD_KEYGEN));
    constexpr std::uint8_t kLast = 100, kUnknown = 0x7F;
    for (std::uint8_t number = 2; number <= kLast; ++number) add(test::messageOf(number, kUnknown));
    ASSERT_TRUE(link->write(wire, test::soon()));
    flashing::smp::Deframer deframer;
    int next = 0;
    for (const Deadline limit = test::soon(); next <= kLast && !limit.passed();) {
        std::array<std::uint8_t, 1024> block{};
        const auto got = link->read(block, limit);
        ASSERT_TRUE(got) << "after reply " << next - 1 << ": " << describe(got.error());
        for (BytesView input = BytesView{block}.first(*got); !input.empty();) {
            if (deframer.take(input) != flashing::smp::Deframer::Found::Message) continue;
            ASSERT_EQ(deframer.message()[6], next) << "one was lost";
            ++next;
        }
    }
}

TEST(Microbit, TheStackHasRoomForAllThatTheAgentDoes) {
    MicrobitBench bench;
    const Stream stream = keyOnBoard(bench, std::string(64, 'a'));
    ASSERT_TRUE(provision(bench, stream));
    ASSERT_TRUE(holds(bench, stream));
    ASSERT_TRUE(provision(bench, x509Stream("dev-2", test::newKey(), {})));
    ASSERT_EQ(bench.rc(KS_CMD_LOCK), 0);
    const std::size_t used = bench.board.stackUsed();
    const std::size_t room = test::Microbit::symbol("stack_top") - test::Microbit::symbol("bss_end");
    std::printf("stack: %zu bytes of %zu, BearSSL's P-256 included\n", used, room);
    EXPECT_GT(used, 1000u) << "the measure is broken";
    EXPECT_LT(used, 6u * 1024) << "what the linker script leaves at least";
}

}  // namespace
}  // namespace keystamp
