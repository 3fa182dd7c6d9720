// SPDX-License-Identifier: Apache-2.0
// Two boards are swapped at every step of a whole job, with the real drivers on real links: before each request and before each answer.
// job_swap_test.cpp does the same between the acts of a board; a driver's act is many steps.
#include <atomic>
#include <cstdlib>
#include <limits>
#include <mutex>
#include <thread>

#include "tests/flashing/board_process.h"
#include "tests/station/workbench.h"
#include "tests/support/swapping_link.h"

namespace keystamp::test {
namespace {
using db::UnitState;
using db::Verdict;
using workflow::JobOutcome;

constexpr std::size_t kAtOnce = 32;
constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

/// The board that is put on in the middle.
enum class Other {
    Blank,
    Spoken,    ///< blank, and was spoken to before: nothing of the protocol stands in the way
    Finished,  ///< it has its own identity
};
constexpr const char* kOthers[] = {"blank", "spoken", "finished"};

struct Case {
    std::string driver;
    Mode mode;
    Other other;
};

/// Two boards and a station of their own.
class TwoBoards {
public:
    explicit TwoBoards(const Case& what)
        : m_case(what), m_boards({"--driver", what.driver, "--fixtures", "2"}, listen(what.driver)), m_batch(m_station.patternBatch("wire", what.mode)) {
        if (what.other == Other::Finished) {
            EXPECT_EQ(scan("SN-9", 1, 1, kNever).verdict, Verdict::Pass);
        } else if (what.other == Other::Spoken) {
            EXPECT_TRUE(info(1).ok());
        }
    }

    /// One job that begins on board `from` and ends on board `to`.
    JobOutcome scan(const std::string& label, std::size_t from, std::size_t to, std::size_t at, std::size_t* steps = nullptr) {
        m_station.onOpen = [&](std::unique_ptr<flashing::Board>& board) { board = open(swapping(link(from), link(to), at, steps)); };
        return m_station.scan(m_batch, label, TestStation::silicon());
    }
    /// What the board itself says, over a link of its own.
    Result<flashing::BoardInfo> info(std::size_t board) { return open(link(board))->info(soon()); }

    /// What is wrong with the records, seen from the boards; empty where nothing is.
    std::string lies() {
        m_station.holdInvariants("wire");
        const auto first = info(0);
        const auto second = info(1);
        if (!first || !second) return "a board does not answer any more";
        std::string wrong;
        for (const db::Unit& unit : m_station.units("wire")) {
            if (unit.state != UnitState::Recorded) continue;
            const auto& board = unit.uid == first->uid ? *first : *second;
            if (unit.uid != board.uid) wrong += unit.id.text() + " is recorded on a board that is not there; ";
            if (board.credential != unit.credential || board.deviceId != unit.id.text()) {
                wrong += unit.id.text() + " is recorded, and its board does not hold it; ";
            }
        }
        return wrong;
    }
    /// Whether the other board was left with what belongs to the first one.
    bool leftBehind() {
        const auto other = info(1);
        for (const db::Unit& unit : m_station.units("wire")) {
            if (other && unit.uid != other->uid && unit.credential != Digest{} && other->credential == unit.credential) return true;
        }
        return false;
    }

private:
    /// What an ESP32 is reset by goes over RFC 2217: a finished one runs its application, as one that was just powered does.
    static std::string listen(const std::string& driver) { return driver == "agent" ? "unix:FOLDER/board.sock" : "rfc2217:127.0.0.1:0"; }
    std::unique_ptr<flashing::Link> link(std::size_t board) {
        auto opened = flashing::openLink(m_boards.link(board), soon());
        EXPECT_TRUE(opened) << describe(opened.error());
        return *std::move(opened);
    }
    std::unique_ptr<flashing::Board> open(std::unique_ptr<flashing::Link> to) {
        auto board = flashing::openBoard(m_case.driver, std::move(to));
        EXPECT_TRUE(board) << describe(board.error());
        return *std::move(board);
    }

    const Case m_case;
    BoardProcess m_boards;
    TestStation m_station;
    db::Batch m_batch;
};

std::string words(const JobOutcome& outcome) {
    return (outcome.verdict ? std::string{name(*outcome.verdict)} : "refused") + (outcome.error ? ": " + describe(*outcome.error) : "");
}

/// What is wrong with what came of a swap at this step; empty where nothing is.
std::string strike(const Case& what, std::size_t at, std::atomic<int>& spoilt) {
    TwoBoards boards{what};
    const JobOutcome outcome = boards.scan("SN-1", 0, 1, at);
    if (const std::string lies = boards.lies(); !lies.empty()) return lies + words(outcome);
    if (outcome.verdict != Verdict::Pass) ++spoilt;
    if (outcome.verdict == Verdict::Fail) {
        if (outcome.error->code != ErrorCode::WrongUid) return "it is not called a swap: " + words(outcome);
        if (outcome.error->detail.find("was taken off for") == std::string::npos) return "nobody is told what to do: " + words(outcome);
    }
    // what cannot be erased again is said
    if (boards.leftBehind() && words(outcome).find("block it") == std::string::npos) return "the other board kept it, unsaid: " + words(outcome);
    // the board that was taken off is put back
    const JobOutcome again = boards.scan("SN-1", 0, 0, kNever);
    if (const std::string lies = boards.lies(); !lies.empty()) return "afterwards " + lies + words(again);
    const bool ended = again.verdict == Verdict::Pass || again.error->code == ErrorCode::AlreadyRecorded ||
                       again.error->code == ErrorCode::IdHeldByOtherBoard;  // the swap was over before its UID was read
    return ended ? "" : "its own board is not taken up again: " + words(again) + " after " + words(outcome);
}

class SwapOnTheWire : public testing::TestWithParam<Case> {};

TEST_P(SwapOnTheWire, NeverRecordsAUnitThatItsBoardDoesNotHold) {
    const Case what = GetParam();
    std::size_t steps = 0;
    const JobOutcome good = TwoBoards{what}.scan("SN-1", 0, 0, kNever, &steps);
    ASSERT_EQ(good.verdict, Verdict::Pass) << words(good);
    ASSERT_GT(steps, 10U);
    // All of the agent's; of the hundreds that an ESP32's flash is read in every few, unless all are asked for. Odd, so that it meets
    // requests and answers.
    const bool all = std::getenv("KEYSTAMP_FULL") != nullptr || steps < 100;
    const std::size_t stride = all ? 1 : steps / 20 | 1U;
    std::atomic<std::size_t> next = 1;
    std::atomic<int> spoilt = 0;
    std::mutex mutex;
    std::vector<std::string> wrong;
    std::vector<std::jthread> threads;
    for (std::size_t n = 0; n < kAtOnce; ++n) {
        threads.emplace_back([&] {
            for (std::size_t at = next.fetch_add(stride); at <= steps; at = next.fetch_add(stride)) {
                const std::string found = strike(what, at, spoilt);
                if (found.empty()) continue;
                const std::lock_guard lock{mutex};
                wrong.push_back("swapped at step " + std::to_string(at) + " of " + std::to_string(steps) + ": " + found);
            }
        });
    }
    threads.clear();
    for (const std::string& each : wrong) ADD_FAILURE() << each;
    const std::size_t swaps = (steps + stride - 1) / stride;
    EXPECT_GT(spoilt, static_cast<int>(swaps / 2)) << "swaps make no difference here: what is this test of?";
    std::printf("%zu swaps over the %zu steps of a job; %d jobs ended by them\n", swaps, steps, spoilt.load());
}

std::vector<Case> cases() {
    std::vector<Case> all;
    for (const Other other : {Other::Blank, Other::Spoken, Other::Finished}) {
        all.push_back({"agent", Mode::X509, other});
        all.push_back({"agent", Mode::Sas, other});
        all.push_back({"esp32", Mode::Sas, other});
        all.push_back({"esp32c3", Mode::X509, other});
    }
    return all;
}

INSTANTIATE_TEST_SUITE_P(Driver, SwapOnTheWire, testing::ValuesIn(cases()), [](const auto& each) {
    return each.param.driver + (each.param.mode == Mode::Sas ? "_sas_" : "_x509_") + kOthers[static_cast<int>(each.param.other)];
});

TEST(OnTheWire, ABoardAndItsIdBelongTogetherBothWays) {
    for (const char* driver : {"agent", "esp32"}) {
        for (const Mode mode : {Mode::X509, Mode::Sas}) {
            TwoBoards boards{{driver, mode, Other::Blank}};
            ASSERT_EQ(boards.scan("SN-1", 0, 0, kNever).verdict, Verdict::Pass) << driver;
            const JobOutcome otherLabel = boards.scan("SN-2", 0, 0, kNever);
            EXPECT_EQ(otherLabel.error->code, ErrorCode::BoardHoldsOtherId) << driver << ": " << words(otherLabel);
            const JobOutcome otherBoard = boards.scan("SN-1", 1, 1, kNever);
            EXPECT_EQ(otherBoard.error->code, ErrorCode::AlreadyRecorded) << driver << ": " << words(otherBoard);
            EXPECT_FALSE(boards.info(1)->credential) << driver;
            EXPECT_EQ(boards.lies(), "") << driver;
        }
    }
}

}  // namespace
}  // namespace keystamp::test
