// SPDX-License-Identifier: Apache-2.0
// A board that is unplugged in the middle of its job, at each act of board and signer: the job ends as ERROR and goes on with nobody
// else's board; the next scan reads the UID anew and finishes the unit.
#include "tests/flashing/board_process.h"
#include "tests/station/workbench.h"
#include "tests/support/usb_bus.h"

namespace keystamp::test {
namespace {
using db::UnitState;
using db::Verdict;
using workflow::JobOutcome;

std::unique_ptr<flashing::Board> boardAt(const std::string& address) {
    auto link = flashing::openLink(address, soon());
    if (!link) {
        ADD_FAILURE() << describe(link.error());
        return nullptr;
    }
    return *flashing::openBoard("agent", *std::move(link));
}

std::string portOf(const BoardProcess& process) { return process.link().substr(std::string{"serial:"}.size()); }

/// What must have become of a job that was struck before its `at`th act.
void expectError(TestStation& station, const JobOutcome& outcome, std::string_view why) {
    ASSERT_EQ(outcome.verdict, Verdict::Error);
    EXPECT_EQ(outcome.error->code, ErrorCode::LinkLost) << describe(*outcome.error);
    EXPECT_NE(outcome.error->detail.find(why), std::string::npos) << describe(*outcome.error);
    for (const db::Unit& unit : station.units("pull")) {
        EXPECT_NE(unit.state, UnitState::Recorded);
        // from INTENDED on it waits for its board; what was only reserved is void, and nothing was issued for it
        EXPECT_TRUE(unit.live() || unit.serial.empty()) << name(unit.state) << " " << unit.voidReason;
    }
    station.holdInvariants("pull");
}

class Unplugged : public ::testing::TestWithParam<Mode> {
protected:
    /// Calls `pull` before the nth act of a job, for each n until the job has no more; then it is scanned again.
    void eachAct(const std::function<void(TestStation&, int at)>& one) {
        const int acts = GetParam() == Mode::X509 ? 9 : 7;  // the last is the lock: by then it is recorded
        for (int at = 1; at < acts; ++at) {
            SCOPED_TRACE("at act " + std::to_string(at));
            TestStation station;
            one(station, at);
        }
    }
    static void expectFinished(TestStation& station, const JobOutcome& again) {
        EXPECT_EQ(again.verdict, Verdict::Pass) << describe(again.error.value_or(Error{}));
        static_cast<void>(station.only("pull", UnitState::Recorded));
        station.holdInvariants("pull");
    }
};

TEST_P(Unplugged, AndPluggedInAgainUnderTheSameNamesEndsTheJob) {
    eachAct([&](TestStation& station, int at) {
        const auto batch = station.patternBatch("pull", GetParam());
        const BoardProcess board({}, "pty");
        UsbBus bus;
        bus.plug("1-2.3", {portOf(board)});
        station.onOpen = [&](auto& opened) { opened = boardAt("usb:1-2.3"); };
        Trap trap;
        trap.at = at;
        trap.spring = [&] { bus.replug("1-2.3", {portOf(board)}); };
        const JobOutcome outcome = station.scan(batch, "SN-1", TestStation::silicon(), &trap);
        expectError(station, outcome, "went away and came back");
        expectFinished(station, station.scan(batch, "SN-1", TestStation::silicon()));
    });
}

TEST_P(Unplugged, AndAnotherBoardInItsPlaceEndsTheJobAndThatOneIsRefused) {
    eachAct([&](TestStation& station, int at) {
        const auto batch = station.patternBatch("pull", GetParam());
        const BoardProcess right({}, "pty");
        const BoardProcess other({}, "pty");
        UsbBus bus;
        bus.plug("1-2.3", {portOf(right)});
        station.onOpen = [&](auto& opened) { opened = boardAt("usb:1-2.3"); };
        Trap trap;
        trap.at = at;
        trap.spring = [&] { bus.replug("1-2.3", {portOf(other)}); };
        expectError(station, station.scan(batch, "SN-1", TestStation::silicon(), &trap), "went away and came back");
        const bool bound = !station.units("pull").empty() && station.units("pull").back().live();
        const JobOutcome wrong = station.scan(batch, "SN-1", TestStation::silicon());
        if (!bound) {
            EXPECT_EQ(wrong.verdict, Verdict::Pass) << "nothing binds that label to the board that left";
            return;
        }
        EXPECT_EQ(wrong.error->code, ErrorCode::IdHeldByOtherBoard) << describe(*wrong.error);
        EXPECT_FALSE(boardAt(other.link())->info(soon())->credential);
        bus.replug("1-2.3", {portOf(right)});
        expectFinished(station, station.scan(batch, "SN-1", TestStation::silicon()));
    });
}

TEST_P(Unplugged, ASerialPortThatHangsUpEndsTheJob) {
    eachAct([&](TestStation& station, int at) {
        const auto batch = station.patternBatch("pull", GetParam());
        const TempFolder flash;
        const std::vector<std::string> options{"--state", flash.path()};
        auto board = std::make_unique<BoardProcess>(options, "pty");
        station.onOpen = [&](auto& opened) { opened = boardAt(board->link()); };
        Trap trap;
        trap.at = at;
        trap.spring = [&] { board->kill(); };
        expectError(station, station.scan(batch, "SN-1", TestStation::silicon(), &trap), "");
        board = std::make_unique<BoardProcess>(options, "pty");
        expectFinished(station, station.scan(batch, "SN-1", TestStation::silicon()));
    });
}

INSTANTIATE_TEST_SUITE_P(InTheMiddle, Unplugged, testing::Values(Mode::X509, Mode::Sas),
                         [](const auto& each) { return each.param == Mode::X509 ? "x509" : "sas"; });

}  // namespace
}  // namespace keystamp::test
