// SPDX-License-Identifier: Apache-2.0
// Jobs of a batch whose keys the cloud made: each board gets its own, and a key is kept until its board is on record, no longer.
#include "tests/station/workbench.h"
#include "tests/support/crypto.h"

namespace keystamp::test {
namespace {
using db::UnitState;
using db::Verdict;

/// Two devices, pump-1 and pump-2, whose keys are sealed in the signer.
class Pumps {
public:
    Pumps() {
        std::vector<hsm::ImportedKey> sealed;
        for (const DeviceId& id : ids) {
            m_keys.push_back(randomBytes(32));
            sealed.push_back({id, Secret::copyOf(BytesView{m_keys.back()})});
        }
        batch = station.listBatch("pumps", Mode::Imported, {{ids[0], "", {}}, {ids[1], "", {}}});
        EXPECT_TRUE(station.signer().sealKeys("pumps", sealed).ok());
        station.signer().calls.clear();
    }

    workflow::JobOutcome scan(const SiliconPtr& on, Trap* trap = nullptr) { return station.scan(batch, "pump-1", on, trap); }
    bool held(std::size_t n) {
        const auto kept = station.signer().heldKeys("pumps");
        EXPECT_TRUE(kept.ok());
        return kept && std::find(kept->begin(), kept->end(), ids[n]) != kept->end();
    }
    /// pump-1 is on record once, its board proves its key and no other, and of the two keys only pump-2's is kept.
    void expectRecorded(const SiliconPtr& on) {
        const db::Unit unit = station.only("pumps", UnitState::Recorded);
        EXPECT_EQ(unit.id, ids[0]);
        EXPECT_EQ(unit.uid, on->uid);
        EXPECT_EQ(unit.origin, db::KeyOrigin::Imported);
        EXPECT_EQ(unit.evidence, db::Evidence::Proof);
        EXPECT_EQ(unit.credential, sha256(BytesView{m_keys[0]}));
        FakeBoard board{on};
        const Bytes nonce = randomBytes(32);
        const auto proof = board.prove(nonce, Deadline::in(std::chrono::seconds(5)));
        ASSERT_TRUE(proof) << describe(proof.error());
        EXPECT_EQ(*proof, hmacSha256(m_keys[0], flashing::proofMessage(nonce, on->uid, unit.id, batch.scopeId, unit.credential)));
        EXPECT_TRUE(on->locked);
        EXPECT_FALSE(held(0));
        EXPECT_TRUE(held(1));
        station.holdInvariants("pumps");
    }

    /// False where the job made fewer calls.
    bool dies(const SiliconPtr& on, int at, bool after) {
        Trap trap{at, after};
        try {
            static_cast<void>(scan(on, &trap));
        } catch (const Crash&) {
            return true;
        }
        return false;
    }

    TestStation station;
    db::Batch batch;
    const std::vector<DeviceId> ids{*DeviceId::parse("pump-1"), *DeviceId::parse("pump-2")};

private:
    std::vector<Bytes> m_keys;
};

TEST(ImportedJob, AGoodBoardGetsItsOwnKeyWhichIsThenForgotten) {
    Pumps pumps;
    const auto board = TestStation::silicon();
    pumps.station.listener = [&](const workflow::JobProgress& reached) {
        EXPECT_TRUE(*reached.step == UnitState::Recorded || pumps.held(0)) << name(*reached.step);
    };
    const auto outcome = pumps.scan(board);
    ASSERT_EQ(outcome.verdict, Verdict::Pass) << describe(outcome.error.value_or(Error{}));
    std::vector<SignerCall> asked = pumps.station.signer().calls;
    std::erase(asked, SignerCall::HeldKeys);  // this test's
    EXPECT_EQ(asked, (std::vector{SignerCall::Unseal, SignerCall::ForgetKeys}));
    pumps.expectRecorded(board);
    EXPECT_EQ(pumps.scan(TestStation::silicon()).error->code, ErrorCode::AlreadyRecorded);
}

TEST(ImportedJob, OnlyIdsOfTheListGetAKey) {
    Pumps pumps;
    const auto outcome = pumps.station.scan(pumps.batch, "pump-3", TestStation::silicon());
    EXPECT_FALSE(outcome.verdict.has_value());
    EXPECT_EQ(outcome.error->code, ErrorCode::NotInBatch);
    EXPECT_TRUE(pumps.held(0) && pumps.held(1));
}

TEST(ImportedJob, ABoardThatFailsItsProofCostsNoKey) {
    Pumps pumps;
    const auto bad = TestStation::silicon();
    bad->proofIsBad = true;
    const auto outcome = pumps.scan(bad);
    EXPECT_EQ(outcome.verdict, Verdict::Fail);
    EXPECT_TRUE(pumps.held(0));
    bad->proofIsBad = false;
    ASSERT_EQ(pumps.scan(bad).verdict, Verdict::Pass) << "repaired, under the same label";
    pumps.expectRecorded(bad);
}

TEST(ImportedJob, ASignerInTroubleIsAnErrorAndTheNextScanEndsWell) {
    using When = SignerFault::When;
    for (const When when : {When::Before, When::After}) {
        Pumps pumps;
        pumps.station.signer().faults.push_back({SignerCall::Unseal, ErrorCode::SignerUnavailable, 0, 1, when});
        const auto board = TestStation::silicon();
        const auto outcome = pumps.scan(board);
        EXPECT_EQ(outcome.verdict, Verdict::Error);
        EXPECT_EQ(outcome.error->code, ErrorCode::SignerUnavailable);
        EXPECT_TRUE(pumps.held(0));
        ASSERT_EQ(pumps.scan(board).verdict, Verdict::Pass);
        pumps.expectRecorded(board);
    }
}

TEST(ImportedJob, AKeyThatIsGoneIsRefusedAndNoOtherIsMade) {
    Pumps pumps;
    ASSERT_TRUE(pumps.station.signer().forgetKeys("pumps", {pumps.ids[0]}).ok());
    const auto board = TestStation::silicon();
    const auto outcome = pumps.scan(board);
    EXPECT_NE(outcome.verdict, Verdict::Pass);
    ASSERT_TRUE(outcome.error.has_value());
    EXPECT_EQ(outcome.error->code, ErrorCode::SignerRefused);
    EXPECT_EQ(std::count(board->calls.begin(), board->calls.end(), BoardCall::Write), 0);
}

TEST(ImportedJob, AKeyThatCouldNotBeForgottenCostsNoPassAndGoesAtTheNextStart) {
    Pumps pumps;
    pumps.station.signer().faults.push_back({SignerCall::ForgetKeys, ErrorCode::SignerUnavailable, 0, 1, {}});
    const auto board = TestStation::silicon();
    ASSERT_EQ(pumps.scan(board).verdict, Verdict::Pass);
    EXPECT_TRUE(pumps.held(0)) << "it is owed";
    ASSERT_TRUE(workflow::recover(pumps.station.station()).ok());
    pumps.expectRecorded(board);
}

TEST(ImportedJob, WhateverTheMomentOfADeathItsKeyIsKeptUntilItIsOnRecord) {
    for (const bool after : {false, true}) {
        int at = 1;
        for (;; ++at) {
            SCOPED_TRACE((after ? "dies after call " : "dies before call ") + std::to_string(at));
            Pumps pumps;
            const auto board = TestStation::silicon();
            if (!pumps.dies(board, at, after)) break;
            const auto units = pumps.station.units("pumps");
            const bool recorded = std::any_of(units.begin(), units.end(), [](const db::Unit& unit) { return unit.state == UnitState::Recorded; });
            EXPECT_TRUE(recorded || pumps.held(0)) << "gone, and nobody has it";
            const auto recovered = workflow::recover(pumps.station.station());
            EXPECT_TRUE(recovered.ok()) << describe(recovered.error());
            const auto outcome = pumps.scan(board);
            const bool done = outcome.error && outcome.error->code == ErrorCode::AlreadyRecorded;
            EXPECT_TRUE(done || outcome.verdict == Verdict::Pass) << describe(outcome.error.value_or(Error{}));
            pumps.expectRecorded(board);
        }
        EXPECT_GE(at, 8) << "a way of fewer calls than there are";
    }
}

}  // namespace
}  // namespace keystamp::test
