// SPDX-License-Identifier: Apache-2.0
// Everything that board and signer can do wrong, at each of their calls; then the same scan again.
#include "tests/station/workbench.h"

namespace keystamp::test {
namespace {
using db::UnitState;
using db::Verdict;

constexpr ErrorCode kBoardTroubles[] = {ErrorCode::BoardSilent, ErrorCode::BoardNonsense, ErrorCode::LinkLost, ErrorCode::Timeout,
                                        ErrorCode::BoardRefused, ErrorCode::Internal};

std::string words(const Kind& kind, int call, ErrorCode code, int skip, const char* when) {
    return std::string{kind.words} + ", call " + std::to_string(call) + " after " + std::to_string(skip) + ", " +
           std::string{name(code)} + ", " + when;
}

/// The same scan, with everything well again, ends in one recorded unit that the board proves.
void endsWell(TestStation& station, const db::Batch& batch, const SiliconPtr& board, bool mayBeDone) {
    const auto again = station.scan(batch, "SN-1", board);
    if (mayBeDone && again.error) {
        EXPECT_EQ(again.error->code, ErrorCode::AlreadyRecorded) << describe(*again.error);
    } else {
        EXPECT_EQ(again.verdict, Verdict::Pass) << describe(again.error.value_or(Error{}));
    }
    const db::Unit unit = station.only(batch.name, UnitState::Recorded);
    EXPECT_TRUE(station.proves(unit, batch, board));
    EXPECT_EQ(unit.id.text(), batch.name + "-0001") << "the ID of this label changed";
    station.holdInvariants(batch.name);
}

TEST(JobFaults, EveryTroubleOfABoardGetsItsVerdictAndTheNextScanEndsWell) {
    const BoardCall calls[] = {BoardCall::Info, BoardCall::Begin, BoardCall::MakeKey, BoardCall::Write, BoardCall::Prove,
                               BoardCall::Lock};
    for (const Kind& kind : kinds()) {
        for (const BoardCall call : calls) {
            for (const ErrorCode code : kBoardTroubles) {
                for (const bool after : {false, true}) {
                    for (int skip = 0; skip < (call == BoardCall::Info ? 2 : 1); ++skip) {
                        SCOPED_TRACE(words(kind, static_cast<int>(call), code, skip, after ? "done" : "not done"));
                        TestStation station;
                        const auto batch = station.patternBatch("bf", kind.mode);
                        const auto board = TestStation::silicon(kind.makesKeys);
                        board->faults.push_back({call, code, skip, 1, after});
                        const auto outcome = station.scan(batch, "SN-1", board);
                        const bool struck = board->faults.front().times == 0;
                        if (!struck || call == BoardCall::Lock) {
                            EXPECT_EQ(outcome.verdict, Verdict::Pass);
                        } else {
                            EXPECT_EQ(outcome.verdict, code == ErrorCode::BoardRefused ? Verdict::Fail : Verdict::Error);
                            EXPECT_EQ(outcome.error->code, code);
                        }
                        station.holdInvariants("bf");
                        for (const db::Unit& unit : station.units("bf")) {
                            const bool kept = outcome.verdict == Verdict::Error && unit.state == UnitState::Void;
                            EXPECT_FALSE(kept && unit.credential != Digest{}) << "voided by a trouble of the station";
                        }
                        endsWell(station, batch, board, true);
                    }
                }
            }
        }
    }
}

TEST(JobFaults, ABadProofIsAFailAndItsCertificateIsListedToBeBlocked) {
    for (const Kind& kind : kinds()) {
        SCOPED_TRACE(kind.words);
        TestStation station;
        const auto batch = station.patternBatch("bp", kind.mode);
        const auto board = TestStation::silicon(kind.makesKeys);
        board->proofIsBad = true;
        const auto outcome = station.scan(batch, "SN-1", board);
        EXPECT_EQ(outcome.verdict, Verdict::Fail);
        EXPECT_EQ(outcome.error->code, ErrorCode::ProofFailed);
        const db::Unit unit = station.only("bp", UnitState::Void);
        EXPECT_EQ(unit.voidReason.substr(0, 12), "proof-failed");
        EXPECT_EQ(unit.certificate.empty(), kind.mode == Mode::Sas);
        EXPECT_FALSE(board->locked);
        // repaired, it gets its own ID again
        board->proofIsBad = false;
        endsWell(station, batch, board, false);
    }
}

TEST(JobFaults, EveryTroubleOfTheSignerGetsItsVerdictAndTheNextScanEndsWell) {
    using When = SignerFault::When;
    const ErrorCode codes[] = {ErrorCode::SignerUnavailable, ErrorCode::HsmFault,      ErrorCode::PinNeeded,
                               ErrorCode::TokenMissing,      ErrorCode::SignerRefused, ErrorCode::LintFailed,
                               ErrorCode::CsrRefused,        ErrorCode::KeySeenBefore, ErrorCode::NotGranted,
                               ErrorCode::CapReached,        ErrorCode::IntentLost};
    for (const Kind& kind : kinds()) {
        for (const SignerCall call : {SignerCall::Reserve, SignerCall::Issue, SignerCall::Derive}) {
            if ((call == SignerCall::Derive) != (kind.mode == Mode::Sas)) continue;
            for (const ErrorCode code : codes) {
                for (const When when : {When::Before, When::Between, When::After}) {
                    // a refusal is said by a signer that did not do it
                    if (when != When::Before && blame(code) != Blame::Station) continue;
                    if (code == ErrorCode::IntentLost && (call != SignerCall::Issue || when == When::After)) continue;
                    SCOPED_TRACE(words(kind, static_cast<int>(call), code, 0,
                                       when == When::Before ? "before" : when == When::Between ? "between" : "after"));
                    TestStation station;
                    const auto batch = station.patternBatch("sf", kind.mode);
                    const auto board = TestStation::silicon(kind.makesKeys);
                    station.signer().faults.push_back({call, code, 0, 1, when});
                    const auto outcome = station.scan(batch, "SN-1", board);
                    if (code == ErrorCode::IntentLost) {
                        EXPECT_EQ(outcome.verdict, Verdict::Pass) << "a lost intent is made anew in the same job";
                    } else if (blame(code) == Blame::Rule) {
                        EXPECT_FALSE(outcome.verdict.has_value());
                        EXPECT_EQ(outcome.error->code, code);
                    } else {
                        EXPECT_EQ(outcome.verdict, blame(code) == Blame::Unit ? Verdict::Fail : Verdict::Error);
                    }
                    station.holdInvariants("sf");
                    endsWell(station, batch, board, code == ErrorCode::IntentLost);
                }
            }
        }
    }
}

TEST(JobFaults, ASignatureIsNeverAskedForTwiceForOneIntent) {
    TestStation station;
    const auto batch = station.patternBatch("once", Mode::X509);
    const auto board = TestStation::silicon();
    station.signer().faults.push_back({SignerCall::Issue, ErrorCode::SignerUnavailable, 0, 1, SignerFault::When::After});
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Error);
    ASSERT_EQ(station.only("once", UnitState::Intended).certificate.size(), 0u);
    endsWell(station, batch, board, false);
    EXPECT_EQ(station.signer().counts("once")->issued, 1u);
    EXPECT_EQ(station.units("once").size(), 1u);
}

TEST(JobFaults, AnIntentLostTwiceEndsTheJobAndLeavesNothingBehind) {
    TestStation station;
    const auto batch = station.patternBatch("twice", Mode::X509);
    const auto board = TestStation::silicon();
    station.signer().faults.push_back({SignerCall::Issue, ErrorCode::IntentLost, 0, 2, SignerFault::When::Between});
    const auto outcome = station.scan(batch, "SN-1", board);
    EXPECT_EQ(outcome.verdict, Verdict::Error);
    EXPECT_EQ(outcome.error->code, ErrorCode::IntentLost);
    EXPECT_EQ(station.units("twice").size(), 2u);
    endsWell(station, batch, board, false);
}

TEST(JobFaults, AGroupKeyThatChangedMeanwhileIsNoticed) {
    TestStation station;
    const auto batch = station.patternBatch("roll", Mode::Sas);
    const auto board = TestStation::silicon();
    board->faults.push_back({BoardCall::Write, ErrorCode::BoardSilent, 0, 1, false});
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Error);
    ASSERT_TRUE(station.signer().importGroupKey(Slot::Primary, Secret::copyOf(randomBytes(64)), true, station.signer().authority()).ok());
    const auto outcome = station.scan(batch, "SN-1", board);
    EXPECT_EQ(outcome.verdict, Verdict::Error);
    EXPECT_EQ(outcome.error->code, ErrorCode::SignerRefused);
    EXPECT_EQ(station.only("roll", UnitState::Issued).id.text(), "roll-0001");
}

TEST(JobFaults, ALockThatIsOwedIsPaidOnTheNextSight) {
    TestStation station;
    const auto batch = station.patternBatch("owed", Mode::X509);
    const auto board = TestStation::silicon();
    board->faults.push_back({BoardCall::Lock, ErrorCode::BoardSilent, 0, 3, false});
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Pass);
    ASSERT_FALSE(station.only("owed", UnitState::Recorded).locked);
    ASSERT_FALSE(board->locked);
    // seen by its own scan on a fixture that has another board: that one is not touched
    const auto other = TestStation::silicon();
    EXPECT_EQ(station.scan(batch, "SN-1", other).error->code, ErrorCode::AlreadyRecorded);
    EXPECT_FALSE(other->locked);
    EXPECT_EQ(station.scan(batch, "SN-1", board).error->code, ErrorCode::AlreadyRecorded);
    EXPECT_TRUE(board->locked);
    EXPECT_TRUE(station.journal().unlocked()->empty());
}

TEST(JobFaults, ALockThatIsOwedIsPaidUnderAnotherLabelToo) {
    TestStation station;
    const auto batch = station.patternBatch("owed2", Mode::Sas);
    const auto board = TestStation::silicon();
    board->faults.push_back({BoardCall::Lock, ErrorCode::BoardSilent, 0, 3, false});
    ASSERT_EQ(station.scan(batch, "SN-1", board).verdict, Verdict::Pass);
    EXPECT_EQ(station.scan(batch, "SN-2", board).error->code, ErrorCode::BoardHoldsOtherId);
    EXPECT_TRUE(board->locked);
    EXPECT_TRUE(station.journal().unlocked()->empty());
}

/// A key is its ID's and its group's, whatever the scope: a reworked board that still holds it for another one holds another identity.
TEST(JobFaults, AKeyThatABoardStillHoldsForAnotherScopeIsWrittenAnewAndNotTakenForThisOne) {
    for (const bool proves : {true, false}) {
        TestStation station;
        const DeviceId id = *DeviceId::parse("pump-1");
        const auto before = station.listBatch("before", Mode::Sas, {{id, {}, {}}}, "0ne00BEFORE");
        const auto board = TestStation::silicon();
        board->proves = proves;
        ASSERT_EQ(station.scan(before, "pump-1", board).verdict, Verdict::Pass);
        ASSERT_TRUE(station.journal().voidUnit(station.only("before", UnitState::Recorded).number, "sold elsewhere", "erika", db::VoidedFor::Rework));
        board->locked = false;
        const auto now = station.listBatch("now", Mode::Sas, {{id, {}, {}}}, "0ne00NOW");
        board->faults.push_back({BoardCall::Write, ErrorCode::LinkLost});
        ASSERT_EQ(station.scan(now, "pump-1", board).verdict, Verdict::Error);
        const auto again = station.scan(now, "pump-1", board);
        EXPECT_EQ(again.verdict, Verdict::Pass) << describe(again.error.value_or(Error{}));
        EXPECT_EQ(FakeBoard{board}.info(Deadline::in(std::chrono::seconds(5)))->scopeId, "0ne00NOW");
        station.holdInvariants("now");
    }
}

}  // namespace
}  // namespace keystamp::test
