// SPDX-License-Identifier: Apache-2.0
// A table over every state that a unit can be left in and everything that its scan can meet then.
#include "tests/station/workbench.h"

namespace keystamp::test {
namespace {
using db::UnitState;
using db::Verdict;

enum class Event { SameBoard, BlankBoard, OtherBoard, BoardElsewhere, SilentBoard, BadProof, SignerAway, Stopped, TimeOver };

struct Left {
    UnitState state;
    int diesAt;  ///< before this call of the way with a board-made key: info begin makeKey reserve issue write prove info lock
};
constexpr Left kLeft[] = {{UnitState::Reserved, 2}, {UnitState::Intended, 5}, {UnitState::Issued, 6}, {UnitState::Written, 7},
                          {UnitState::Recorded, 9}};
// for sas: info begin derive write prove info lock
constexpr Left kLeftSas[] = {{UnitState::Reserved, 2}, {UnitState::Intended, 3}, {UnitState::Issued, 4}, {UnitState::Written, 5},
                             {UnitState::Recorded, 7}};

/// What the scan is answered with; `code` where it is not PASS.
struct Answer {
    std::optional<Verdict> verdict;
    ErrorCode code = ErrorCode::Internal;
    UnitState first;       ///< what becomes of the unit that was left
    bool second = false;   ///< a second unit is recorded
};

Answer expected(Mode mode, UnitState state, Event event) {
    const auto refused = [&](ErrorCode code) { return Answer{std::nullopt, code, state}; };
    if (state == UnitState::Recorded) {
        // the scan alone decides; the board is only looked at for the lock that is owed
        return refused(event == Event::BoardElsewhere ? ErrorCode::BoardHoldsOtherId : ErrorCode::AlreadyRecorded);
    }
    const bool reserved = state == UnitState::Reserved;
    const bool sas = mode == Mode::Sas;
    switch (event) {
        case Event::SameBoard:
            return reserved ? Answer{Verdict::Pass, {}, UnitState::Void, true} : Answer{Verdict::Pass, {}, UnitState::Recorded};
        case Event::BlankBoard:  // it lost credential and key: a certificate is proven absent, a SAS key is written again
            return reserved || !sas ? Answer{Verdict::Pass, {}, UnitState::Void, true} : Answer{Verdict::Pass, {}, UnitState::Recorded};
        case Event::OtherBoard:
            return reserved ? Answer{Verdict::Pass, {}, UnitState::Void, true} : refused(ErrorCode::IdHeldByOtherBoard);
        case Event::BoardElsewhere:  // the unit's board, under another label
            return reserved ? Answer{Verdict::Pass, {}, UnitState::Void, true} : refused(ErrorCode::BoardHoldsOtherId);
        case Event::SilentBoard:
            return {Verdict::Error, ErrorCode::BoardSilent, state};
        case Event::BadProof:
            return {Verdict::Fail, ErrorCode::ProofFailed, UnitState::Void};
        case Event::SignerAway:
            return {Verdict::Error, ErrorCode::SignerUnavailable, reserved ? UnitState::Void : state};
        case Event::Stopped:  // before the board is met
            return {Verdict::Aborted, ErrorCode::Aborted, state};
        case Event::TimeOver:
            return {Verdict::Error, ErrorCode::Timeout, state};
    }
    return refused(ErrorCode::Internal);
}

class States : public ::testing::TestWithParam<std::tuple<Mode, std::size_t, Event>> {};

TEST_P(States, EachMeetsEachEventAsTheTableSays) {
    const auto [mode, row, event] = GetParam();
    const Left left = mode == Mode::Sas ? kLeftSas[row] : kLeft[row];
    TestStation station;
    const auto batch = station.patternBatch("st", mode);
    const auto board = TestStation::silicon();
    Trap trap{left.diesAt};
    EXPECT_THROW(static_cast<void>(station.scan(batch, "SN-1", board, &trap)), Crash);
    const db::Unit before = station.only("st", left.state);

    auto seen = board;
    std::string label = "SN-1";
    if (event == Event::BlankBoard) {
        seen = TestStation::silicon();
        seen->uid = board->uid;
    }
    if (event == Event::OtherBoard) seen = TestStation::silicon();
    if (event == Event::BoardElsewhere) label = "SN-2";
    if (event == Event::SilentBoard) board->faults.push_back({BoardCall::Info, ErrorCode::BoardSilent, 0, -1, false});
    if (event == Event::BadProof) board->proofIsBad = true;
    if (event == Event::SignerAway) {
        for (const auto call : {SignerCall::Status, SignerCall::Reserve, SignerCall::Issue, SignerCall::Derive, SignerCall::SerialRecord}) {
            station.signer().faults.push_back({call, ErrorCode::SignerUnavailable, 0, -1, {}});
        }
    }
    station.stop = event == Event::Stopped;
    if (event == Event::TimeOver) station.jobLimit = std::chrono::milliseconds(0);

    const auto outcome = station.scan(batch, label, seen);
    const Answer wanted = expected(mode, left.state, event);
    EXPECT_EQ(outcome.verdict, wanted.verdict) << describe(outcome.error.value_or(Error{}));
    if (outcome.error && wanted.verdict != Verdict::Pass) {
        EXPECT_EQ(outcome.error->code, wanted.code) << describe(*outcome.error);
    }
    std::optional<UnitState> first;
    std::size_t recordedBesides = 0;
    for (const db::Unit& unit : station.units("st")) {
        if (unit.number == before.number) first = unit.state;
        else recordedBesides += unit.state == UnitState::Recorded;
    }
    EXPECT_EQ(first, wanted.first);
    EXPECT_EQ(recordedBesides, wanted.second ? 1u : 0u);
    station.holdInvariants("st");
}

INSTANTIATE_TEST_SUITE_P(All, States,
                         ::testing::Combine(::testing::Values(Mode::X509, Mode::Sas), ::testing::Range<std::size_t>(0, 5),
                                            ::testing::Values(Event::SameBoard, Event::BlankBoard, Event::OtherBoard,
                                                              Event::BoardElsewhere, Event::SilentBoard, Event::BadProof,
                                                              Event::SignerAway, Event::Stopped, Event::TimeOver)));

}  // namespace
}  // namespace keystamp::test
