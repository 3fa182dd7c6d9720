// SPDX-License-Identifier: Apache-2.0
// The power goes at any byte that is programmed or erased: afterwards the board holds the old credential, the new one or,
// where it had none, nothing; it proves with what it says it holds; and it can be provisioned again.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/flashing/host_bench.h"
#include "tests/support/crypto.h"

namespace keystamp {
namespace {

using test::HostBench;
using test::bytesOf;
using test::holds;
using test::isBlank;
using test::provision;
using test::sasStream;
using test::Stream;
using test::x509Stream;

/// What is done while the power may go. Returns whether its last request was answered with good.
using Act = std::function<bool(HostBench&)>;

struct Cut {
    unsigned long at;
    bool upwards;
    std::uint8_t torn;
};

/// Each byte where few are written; else every third or so, in odd steps, so that all places within a write come up: most
/// are of erases, whose bytes are alike.
std::vector<Cut> cutsOf(unsigned long total) {
    const bool few = total < 1000;
    std::vector<Cut> cuts;
    for (unsigned long at = 0; at <= total; at += few || at % 97 == 0 ? 1 : 3) {
        cuts.push_back({at, at % 2 == 0, static_cast<std::uint8_t>(at % 5 == 0 ? 0 : 0x5A + at)});
    }
    return cuts;
}

/// Flash bytes that `act` writes and erases on a board prepared by `before`.
unsigned long costOf(const Act& before, const Act& act) {
    HostBench bench;
    EXPECT_TRUE(before(bench));
    const unsigned long start = bench.port.flash_bytes;
    EXPECT_TRUE(act(bench));
    return bench.port.flash_bytes - start;
}

using Check = std::function<void(HostBench&, bool answered)>;

void cutEverywhere(const Act& before, const Act& act, const Check& check, const Stream& next) {
    const auto cuts = cutsOf(costOf(before, act));
    ASSERT_GT(cuts.size(), 100u);
    HostBench prepared;
    ASSERT_TRUE(before(prepared));
    for (const Cut& cut : cuts) {
        SCOPED_TRACE(testing::Message() << "cut at " << cut.at << " upwards " << cut.upwards << " torn " << int{cut.torn});
        HostBench bench;
        std::copy_n(&prepared.port.flash[0][0], sizeof prepared.port.flash, &bench.port.flash[0][0]);
        bench.powerCycle();
        bench.port.power_left = static_cast<long>(cut.at);
        bench.port.erase_upwards = cut.upwards;
        bench.port.torn_bits = cut.torn;
        const bool answered = act(bench);
        bench.powerCycle();
        check(bench, answered);
        if (testing::Test::HasFailure()) return;
        // whatever the cut left, the next session goes through
        ASSERT_TRUE(provision(bench, next));
        ASSERT_TRUE(holds(bench, next));
        bench.powerCycle();
        ASSERT_TRUE(holds(bench, next));
    }
}

const Act kNothing = [](HostBench&) { return true; };
Act gives(const Stream& stream) {
    return [&stream](HostBench& bench) { return provision(bench, stream, 256); };
}

TEST(PowerCut, AFirstSessionLeavesTheNewCredentialOrNone) {
    const Stream stream = x509Stream("cut-1", test::newKey(), {});
    cutEverywhere(kNothing, gives(stream),
                  [&](HostBench& bench, bool answered) {
                      const bool held = answered || bench.ask(KS_CMD_INFO)->contains("cred");
                      EXPECT_TRUE(held ? holds(bench, stream) : isBlank(bench));
                  },
                  sasStream("cut-1"));
}

TEST(PowerCut, AReprovisionLeavesTheOldCredentialOrTheNewOne) {
    const Stream old = sasStream("cut-2");
    const Stream stream = x509Stream("cut-2", test::newKey(), {});
    int keptOld = 0;
    int gotNew = 0;
    cutEverywhere(gives(old), gives(stream),
                  [&](HostBench& bench, bool answered) {
                      const auto info = bench.ask(KS_CMD_INFO);
                      ASSERT_TRUE(info && info->contains("cred")) << "blank";
                      const bool isNew = (*info)["cred"] == bytesOf(stream.credential);
                      EXPECT_TRUE(holds(bench, isNew ? stream : old));
                      EXPECT_TRUE(isNew || !answered);
                      ++(isNew ? gotNew : keptOld);
                  },
                  sasStream("cut-2"));
    EXPECT_GT(keptOld, 100);
    EXPECT_GT(gotNew, 100) << "no cut fell behind the commit mark";
}

TEST(PowerCut, AThirdCredentialOnTheFirstPageAgainIsNoDifferent) {
    const Stream first = sasStream("cut-3");
    const Stream old = sasStream("cut-3");
    const Stream stream = sasStream("cut-3");
    const Act before = [&](HostBench& bench) { return provision(bench, first) && provision(bench, old); };
    cutEverywhere(before, gives(stream),
                  [&](HostBench& bench, bool answered) { EXPECT_TRUE(holds(bench, stream) || (!answered && holds(bench, old))); },
                  sasStream("cut-3"));
}

TEST(PowerCut, AKeyMadeOnTheBoardIsWholeOrGone) {
    const Act act = [](HostBench& bench) {
        return bench.rc(KS_CMD_BEGIN, {{"mode", 0}, {"id", "cut-4"}, {"scope", "s"}}) == 0 && bench.rc(KS_CMD_KEYGEN) == 0;
    };
    int kept = 0;
    cutEverywhere(kNothing, act,
                  [&](HostBench& bench, bool answered) {
                      const auto info = bench.ask(KS_CMD_INFO);
                      EXPECT_TRUE(info->contains("pend") || !answered);
                      EXPECT_TRUE(isBlank(bench));
                      if (!info->contains("pend")) return;
                      ++kept;
                      ASSERT_TRUE(act(bench));
                      EXPECT_EQ((*bench.ask(KS_CMD_INFO))["pend"], (*info)["pend"]) << "another key";
                      const Bytes csr = (*bench.ask(KS_CMD_CSR, {{"off", 0}}))["data"].get_binary();
                      EXPECT_EQ(bytesOf(sha256(test::publicKeyOfCsr(csr))), (*info)["pend"]);
                  },
                  sasStream("cut-4"));
    EXPECT_GT(kept, 0);
}

TEST(PowerCut, TheKeyOfAReplacedCredentialNeverComesUpAsAPendingOne) {
    const Stream stream = sasStream("cut-8");
    const Act before = [](HostBench& bench) {
        if (bench.rc(KS_CMD_BEGIN, {{"mode", 0}, {"id", "cut-8"}, {"scope", "0ne00TEST01"}}) != 0) return false;
        const auto csr = bench.ask(KS_CMD_KEYGEN);
        return csr && provision(bench, x509Stream("cut-8", {}, test::publicKeyOfCsr((*csr)["data"].get_binary())));
    };
    cutEverywhere(before, gives(stream),
                  [&](HostBench& bench, bool) { EXPECT_FALSE(bench.ask(KS_CMD_INFO)->contains("pend")); }, sasStream("cut-8"));
}

TEST(PowerCut, AnEraseLeavesTheCredentialOrNothing) {
    const Stream old = sasStream("cut-5");
    cutEverywhere(gives(old), [](HostBench& bench) { return bench.rc(KS_CMD_ERASE) == 0; },
                  [&](HostBench& bench, bool answered) { EXPECT_TRUE(isBlank(bench) || (!answered && holds(bench, old))); },
                  sasStream("cut-5"));
}

TEST(PowerCut, ALockIsThereOrNotAndTheCredentialAlways) {
    const Stream stream = sasStream("cut-6");
    int locked = 0;
    for (long at = 0; at <= KS_LOCK_SIZE + 1; ++at) {
        HostBench bench;
        ASSERT_TRUE(provision(bench, stream));
        bench.port.power_left = at;
        bench.port.torn_bits = 0x7F;  // one bit of the byte at the cut has got there
        const bool answered = bench.rc(KS_CMD_LOCK) == 0;
        bench.powerCycle();
        EXPECT_TRUE(holds(bench, stream));
        const bool isLocked = (*bench.ask(KS_CMD_INFO))["lock"].get<bool>();
        EXPECT_TRUE(isLocked || !answered);
        EXPECT_EQ(bench.rc(KS_CMD_LOCK), 0) << "the rest of a lock is a lock, and can be said again";
        EXPECT_EQ(bench.rc(KS_CMD_ERASE), KS_RC_LOCKED);
        locked += isLocked ? 1 : 0;
    }
    EXPECT_GT(locked, 1);
}

TEST(PowerCut, ASecondCutInTheSessionAfterTheFirstIsNoDifferent) {
    const Stream old = sasStream("cut-7");
    const Stream stream = sasStream("cut-7");
    const unsigned long cost = costOf(gives(old), gives(stream));
    for (unsigned long first = 0; first < cost; first += 211) {
        for (unsigned long second = 0; second < cost; second += 307) {
            HostBench bench;
            ASSERT_TRUE(provision(bench, old));
            for (const unsigned long at : {first, second}) {
                bench.port.power_left = static_cast<long>(at);
                bench.port.torn_bits = static_cast<std::uint8_t>(at);
                bench.port.erase_upwards = (first + second) % 2 == 0;
                (void)provision(bench, stream);
                bench.powerCycle();
                ASSERT_TRUE(holds(bench, stream) || holds(bench, old)) << first << ", " << second;
            }
        }
    }
}

}  // namespace
}  // namespace keystamp
