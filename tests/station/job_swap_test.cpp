// SPDX-License-Identifier: Apache-2.0
// Hands on the bench: boards swapped under a running job, one label on two boards, one board under two labels.
#include <thread>

#include "tests/station/workbench.h"

namespace keystamp::test {
namespace {
using db::UnitState;
using db::Verdict;
using workflow::JobOutcome;

constexpr auto kLong = std::chrono::seconds(5);

/// One board until the nth call, another from then on.
class SwappedBoard : public flashing::Board {
public:
    SwappedBoard(const SiliconPtr& first, const SiliconPtr& second, int at) : m_first(first), m_second(second), m_at(at) {}

    Result<flashing::BoardInfo> info(Deadline d) override { return now().info(d); }
    Result<void> begin(Mode kind, const DeviceId& id, const std::string& scope, Deadline d) override {
        return now().begin(kind, id, scope, d);
    }
    Result<Bytes> makeKey(Deadline d) override { return now().makeKey(d); }
    Result<void> write(const flashing::Credential& credential, Deadline d) override { return now().write(credential, d); }
    Result<Bytes> prove(BytesView nonce, Deadline d) override { return now().prove(nonce, d); }
    Result<void> lock(Deadline d) override { return now().lock(d); }
    Result<void> erase(Deadline d) override { return now().erase(d); }
    int calls() const { return m_calls; }

private:
    FakeBoard& now() { return ++m_calls < m_at ? m_first : m_second; }

    FakeBoard m_first, m_second;
    int m_at;
    int m_calls = 0;
};

class Swap : public ::testing::TestWithParam<std::tuple<std::size_t, int, bool>> {};

TEST_P(Swap, IsCaughtAndNeitherBoardSuffers) {
    const auto [which, at, ontoFinished] = GetParam();
    const Kind kind = kinds()[which];
    SCOPED_TRACE(kind.words);
    TestStation station;
    const auto batch = station.patternBatch("sw", kind.mode);
    const auto right = TestStation::silicon(kind.makesKeys);
    const auto wrong = TestStation::silicon(kind.makesKeys);
    if (ontoFinished) {
        ASSERT_EQ(station.scan(batch, "SN-9", wrong).verdict, Verdict::Pass);
    }
    const auto wrongBefore = FakeBoard{wrong}.info(Deadline::in(kLong))->credential;
    station.onOpen = [&, n = at](std::unique_ptr<flashing::Board>& board) {
        board = std::make_unique<SwappedBoard>(right, wrong, n);
    };
    const JobOutcome outcome = station.scan(batch, "SN-1", right);
    station.onOpen = [](auto&) {};

    const int lockCall = kind.mode == Mode::Sas || !kind.makesKeys ? 6 : 7;
    if (at >= lockCall) {
        EXPECT_EQ(outcome.verdict, Verdict::Pass) << "swapped once it was recorded";
    } else {
        EXPECT_EQ(outcome.verdict, Verdict::Fail);
        EXPECT_EQ(outcome.error->code, ErrorCode::WrongUid) << describe(*outcome.error);
    }
    // the other board is as it was
    EXPECT_EQ(FakeBoard{wrong}.info(Deadline::in(kLong))->credential, wrongBefore);
    EXPECT_EQ(wrong->locked, ontoFinished);
    for (const db::Unit& unit : station.units("sw")) {
        EXPECT_FALSE(unit.state == UnitState::Void && unit.credential != Digest{}) << "voided: " << unit.voidReason;
    }
    station.holdInvariants("sw");

    // and the right one, put back, is done
    const JobOutcome again = station.scan(batch, "SN-1", right);
    EXPECT_TRUE(again.verdict == Verdict::Pass || again.error->code == ErrorCode::AlreadyRecorded) << describe(*again.error);
    // A lock that a finished board confirmed in its stead is the one thing that cannot be told apart: the record stands.
    EXPECT_TRUE(right->locked || (ontoFinished && at == lockCall));
    const auto live = station.journal().liveUnitOfBoard(right->uid);
    ASSERT_TRUE(live.ok() && live->has_value());
    EXPECT_EQ((*live)->state, UnitState::Recorded);
    EXPECT_TRUE(station.proves(**live, batch, right));
    station.holdInvariants("sw");
}

// calls: info begin (makeKey) write prove info lock
INSTANTIATE_TEST_SUITE_P(AtEachCall, Swap, ::testing::Combine(::testing::Range<std::size_t>(0, 3), ::testing::Range(2, 8), ::testing::Bool()));

/// Runs both at once and counts what came of them.
struct Both {
    int passed = 0;
    std::vector<ErrorCode> refused;
    int others = 0;
};

Both atOnce(const std::function<JobOutcome()>& one, const std::function<JobOutcome()>& other) {
    JobOutcome outcomes[2];
    std::atomic<int> ready{0};
    const auto start = [&](int n, const std::function<JobOutcome()>& job) {
        return std::thread([&, n] {
            ++ready;
            while (ready < 2) std::this_thread::yield();
            outcomes[n] = job();
        });
    };
    std::thread first = start(0, one), second = start(1, other);
    first.join();
    second.join();
    Both both;
    for (const JobOutcome& outcome : outcomes) {
        if (outcome.verdict == Verdict::Pass) ++both.passed;
        else if (!outcome.verdict) both.refused.push_back(outcome.error->code);
        else ++both.others;
    }
    return both;
}

TEST(Races, OneIdOnTwoFixturesIsRecordedOnce) {
    for (const Mode mode : {Mode::X509, Mode::Sas}) {
        TestStation station;
        std::vector<db::ListedId> ids;
        for (int n = 0; n < 25; ++n) ids.push_back({*DeviceId::parse("race-" + std::to_string(n)), "", {}});
        const auto batch = station.listBatch("race", mode, ids);
        for (const db::ListedId& listed : ids) {
            const auto a = TestStation::silicon(), b = TestStation::silicon();
            const Both both = atOnce([&] { return station.scan(batch, listed.id.text(), a, nullptr, "F1"); },
                                     [&] { return station.scan(batch, "RACE" + listed.id.text().substr(4), b, nullptr, "F2"); });
            EXPECT_EQ(both.passed, 1);
            EXPECT_EQ(both.others, 0);
            for (const ErrorCode code : both.refused) {
                EXPECT_TRUE(code == ErrorCode::FixtureBusy || code == ErrorCode::AlreadyRecorded) << name(code);
            }
        }
        EXPECT_EQ(station.units("race").size(), ids.size());
        station.holdInvariants("race");
    }
}

TEST(Races, OneLabelOnTwoFixturesIsRecordedOnce) {
    TestStation station;
    const auto batch = station.patternBatch("lab", Mode::X509, 25);
    for (int n = 0; n < 25; ++n) {
        const std::string label = "SN-" + std::to_string(n);
        const auto a = TestStation::silicon(), b = TestStation::silicon();
        const Both both = atOnce([&] { return station.scan(batch, label, a, nullptr, "F1"); },
                                 [&] { return station.scan(batch, label, b, nullptr, "F2"); });
        EXPECT_EQ(both.passed, 1);
        EXPECT_EQ(both.refused.size(), 1u);
    }
    EXPECT_EQ(station.units("lab").size(), 25u);
    station.holdInvariants("lab");
}

TEST(Races, OneUidOnTwoFixturesIsRecordedOnce) {
    TestStation station;
    const auto batch = station.patternBatch("uid", Mode::Sas, 25);
    for (int n = 0; n < 25; ++n) {
        const auto a = TestStation::silicon(), b = TestStation::silicon();
        b->uid = a->uid;
        const Both both = atOnce([&] { return station.scan(batch, "A-" + std::to_string(n), a, nullptr, "F1"); },
                                 [&] { return station.scan(batch, "B-" + std::to_string(n), b, nullptr, "F2"); });
        EXPECT_EQ(both.passed, 1);
        for (const ErrorCode code : both.refused) {
            EXPECT_TRUE(code == ErrorCode::FixtureBusy || code == ErrorCode::BoardHoldsOtherId) << name(code);
        }
    }
    station.holdInvariants("uid");
}

TEST(Order, WhatIsPromisedIsOnDiskBeforeItIsDone) {
    struct Look {
        int call;
        UnitState state;
    };
    // before issue (derive), before write, before lock
    const std::vector<Look> looks[] = {{{5, UnitState::Intended}, {6, UnitState::Issued}, {9, UnitState::Recorded}},
                                       {{4, UnitState::Intended}, {5, UnitState::Issued}, {8, UnitState::Recorded}},
                                       {{3, UnitState::Intended}, {4, UnitState::Issued}, {7, UnitState::Recorded}}};
    for (std::size_t which = 0; which < 3; ++which) {
        const Kind kind = kinds()[which];
        for (const Look& look : looks[which]) {
            SCOPED_TRACE(std::string{kind.words} + ", call " + std::to_string(look.call));
            TestStation station;
            const auto batch = station.patternBatch("ord", kind.mode);
            const auto board = TestStation::silicon(kind.makesKeys);
            std::optional<UnitState> found;
            Trap trap;
            trap.at = look.call;
            trap.spring = [&] {
                // another connection sees only what was committed
                const auto other = db::Journal::open(station.folder() + "/journal.db", "test-line");
                ASSERT_TRUE(other.ok());
                const auto unit = (*other)->liveUnitOfBoard(board->uid);
                ASSERT_TRUE(unit.ok() && unit->has_value());
                found = (*unit)->state;
                if (look.state == UnitState::Issued) {
                    EXPECT_NE((*unit)->credential, Digest{});
                    EXPECT_EQ((*unit)->certificate.empty(), kind.mode == Mode::Sas);
                }
                if (look.state == UnitState::Intended && kind.mode == Mode::X509) {
                    EXPECT_FALSE((*unit)->serial.empty());
                    EXPECT_NE((*unit)->keyHash, Digest{});
                }
            };
            EXPECT_EQ(station.scan(batch, "SN-1", board, &trap).verdict, Verdict::Pass);
            EXPECT_EQ(found, look.state);
        }
    }
}

}  // namespace
}  // namespace keystamp::test
