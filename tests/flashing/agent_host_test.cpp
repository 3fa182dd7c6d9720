// SPDX-License-Identifier: Apache-2.0
// The suite of agent_test.cpp on the host port; and what only a board can show whose flash is in the test's hands.
#include <gtest/gtest.h>

#include "flashing/agent/store.h"
#include "flashing/smp/framing.h"
#include "tests/flashing/agent_suite.h"
#include "tests/flashing/host_bench.h"

namespace keystamp {
namespace {

using nlohmann::json;
using test::Agent;
using test::AgentBench;
using test::AgentPort;
using test::bytesOf;
using test::commitOf;
using test::holds;
using test::HostBench;
using test::identityOf;
using test::isBlank;
using test::provision;
using test::sasStream;
using test::Stream;

std::unique_ptr<AgentBench> blankBoard() { return std::make_unique<HostBench>(); }
INSTANTIATE_TEST_SUITE_P(OnHost, Agent, testing::Values(AgentPort{blankBoard, 20'000}));

TEST(AgentOnHost, ACredentialDamagedInTheFlashIsNone) {
    for (const std::uint32_t at : {KS_MARK_AT + 20u, KS_DRAFT_AT + 12u, KS_STREAM_AT + 5u}) {
        HostBench bench;
        ASSERT_TRUE(provision(bench, sasStream("dev-7")));
        bench.port.flash[bench.agent.store.current][at] ^= 1;
        bench.powerCycle();
        EXPECT_TRUE(isBlank(bench)) << at;
    }
}

/// The reply's number where flash takes `bytes` more and then fails, without the power going.
int rcOnFailingFlash(HostBench& bench, std::uint8_t command, const json& map, long bytes) {
    bench.port.power_left = bytes;
    const auto reply = bench.ask(command, map);  // the bench takes it for no reply: read it from the wire
    flashing::smp::Deframer deframer;
    BytesView wire{bench.out};
    if (reply || deframer.take(wire) != flashing::smp::Deframer::Found::Message) return -1;
    const auto body = json::from_cbor(deframer.message().begin() + KS_SMP_HEADER, deframer.message().end());
    return body.contains("err") ? body["err"]["rc"].get<int>() : 0;
}

TEST(AgentOnHost, AFlashThatFailsIsSaidSo) {
    const Stream old = sasStream("dev-7");
    const Stream stream = sasStream("dev-8");
    const auto prepared = [&](HostBench& bench, bool put) {
        ASSERT_TRUE(provision(bench, old));
        ASSERT_EQ(bench.rc(KS_CMD_BEGIN, identityOf(stream)), 0);
        if (put) { ASSERT_EQ(bench.rc(KS_CMD_PUT, {{"off", 0}, {"data", bytesOf(stream.stream)}}), 0); }
    };
    const json data{{"off", 0}, {"data", bytesOf(stream.stream)}};
    for (const long bytes : {0L, 10L}) {
        HostBench forPut, forCommit, forLock, forErase, forKey;
        prepared(forPut, false);
        EXPECT_EQ(rcOnFailingFlash(forPut, KS_CMD_PUT, data, bytes), KS_RC_FLASH);
        prepared(forCommit, true);
        EXPECT_EQ(rcOnFailingFlash(forCommit, KS_CMD_COMMIT, commitOf(stream), bytes), KS_RC_FLASH);
        prepared(forLock, false);
        EXPECT_EQ(rcOnFailingFlash(forLock, KS_CMD_LOCK, json::object(), bytes), KS_RC_FLASH);
        prepared(forErase, false);
        EXPECT_EQ(rcOnFailingFlash(forErase, KS_CMD_ERASE, json::object(), bytes), KS_RC_FLASH);
        ASSERT_EQ(forKey.rc(KS_CMD_BEGIN, {{"mode", 0}, {"id", "dev-7"}, {"scope", "s"}}), 0);
        EXPECT_EQ(rcOnFailingFlash(forKey, KS_CMD_KEYGEN, json::object(), bytes), KS_RC_FLASH);
        forCommit.powerCycle();
        EXPECT_TRUE(holds(forCommit, old));
    }
}

TEST(AgentOnHost, AnOldPageThatCannotBeErasedCountsNoMore) {
    HostBench bench;
    const Stream old = sasStream("dev-7");
    const Stream stream = sasStream("dev-8");
    ASSERT_TRUE(provision(bench, old));
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, identityOf(stream)), 0);
    ASSERT_EQ(bench.rc(KS_CMD_PUT, {{"off", 0}, {"data", bytesOf(stream.stream)}}), 0);
    EXPECT_EQ(rcOnFailingFlash(bench, KS_CMD_COMMIT, commitOf(stream), KS_MARK_SIZE), 0) << "the mark is there";
    bench.powerCycle();
    EXPECT_TRUE(holds(bench, stream));
}

}  // namespace
}  // namespace keystamp
