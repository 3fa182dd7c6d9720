// SPDX-License-Identifier: Apache-2.0
// Two programs on one journal and one signer: what the one does while the other closes, exports, signs or decides.
#include "db/samples.h"
#include "tests/station/batches_bench.h"

namespace keystamp::workflow {
namespace {

class BatchesBeside : public Batches {
protected:
    /// As the other program's shift ends.
    void anotherSigns() {
        EXPECT_TRUE(m_station.journal->audit("something", "{}").ok());
        const auto signedHead = takeCheckpoint(m_station);
        EXPECT_TRUE(signedHead.ok()) << describe(signedHead.error());
    }
    /// A unit of a sas batch to ISSUED.
    db::Unit derive(const std::string& batch, std::uint8_t board) {
        const db::Unit unit = reserve(batch, board);
        EXPECT_TRUE(m_station.journal->intend(unit.number, {}, {}).ok());
        const auto key = m_signer->derive(batch, unit.id, "job");
        EXPECT_TRUE(key.ok());
        EXPECT_TRUE(m_station.journal->issue(unit.number, {}, sha256(key->key.view())).ok());
        return unit;
    }
    void expectAgreement(const std::string& batch, std::uint64_t count) {
        const auto found = reconcile(m_station, batch);
        ASSERT_TRUE(found.ok()) << describe(found.error());
        EXPECT_TRUE(found->agrees()) << found->gaps.front();
        EXPECT_EQ(found->ledger, count);
        EXPECT_EQ(found->journal, count);
        EXPECT_EQ(found->manifest, count);
    }
};

TEST_F(BatchesBeside, WhatALineIssuesMeanwhileIsNoGap) {
    created(order("a"));
    record(issue("a", 1));
    m_signer->meanwhile[SignerCall::Counts] = [this] { issue("a", 2); };
    expectAgreement("a", 2);
    created(order("s", Mode::Sas));
    record(derive("s", 3));
    m_signer->meanwhile[SignerCall::Counts] = [this] { derive("s", 4); };
    expectAgreement("s", 2);
}

TEST_F(BatchesBeside, ACertificateThatReachesTheJournalMeanwhileIsNoGap) {
    created(order("a"));
    const auto unit = reserve("a", 1);
    const Bytes certificate =
        sign("a", unit.id, [&](const Bytes& serial) { EXPECT_TRUE(m_station.journal->intend(unit.number, serial, Digest{1}).ok()); });
    m_signer->meanwhile[SignerCall::SerialRecord] = [&] { EXPECT_TRUE(m_station.journal->issue(unit.number, certificate, sha256(certificate)).ok()); };
    expectAgreement("a", 1);
}

TEST_F(BatchesBeside, AUnitThatIsReworkedMeanwhileIsNoGap) {
    created(order("a"));
    const auto unit = issue("a", 1);
    record(unit);
    const Bytes serial = m_station.journal->liveUnit(unit.id)->value().serial;
    m_signer->meanwhile[SignerCall::Counts] = [&] {
        EXPECT_TRUE(m_signer->voidSerial(serial).ok());
        m_signer->meanwhile[SignerCall::SerialRecord] = [&] { EXPECT_TRUE(reworkUnit(m_station, unit.id, "bad solder", m_signer->authority()).ok()); };
    };
    expectAgreement("a", 1);
}

/// Neither does a unit that never asked for its key stand for one whose row is lost.
TEST_F(BatchesBeside, AUnitThatWasVoidedBeforeItsKeyWasAskedForExplainsNoOther) {
    created(order("s", Mode::Sas));
    const auto unit = reserve("s", 2);
    ASSERT_TRUE(m_station.journal->voidUnit(unit.number, "stopped", "station").ok());
    ASSERT_TRUE(m_signer->derive("s", *DeviceId::parse("s-001"), "j").ok());
    const auto closed = closeBatch(m_station, "s", "anna");
    ASSERT_FALSE(closed.ok());
    EXPECT_EQ(closed.error().code, ErrorCode::ReconciliationGap);
    EXPECT_NE(closed.error().detail.find("s-001"), std::string::npos) << closed.error().detail;
}

TEST_F(BatchesBeside, ARefusalOfTheCloudOutlivesACloseThatCameToNothing) {
    created(order("a"));
    const auto tried = issue("a", 1);
    record(tried);
    issue("a", 2);  // at work: the batch cannot be closed
    m_signer->meanwhile[SignerCall::LastCheckpoint] = [&] {
        EXPECT_TRUE(db::Samples::keep(*m_station.journal, tried, db::Sampled::Refused, "no such enrolment group").ok());
    };
    EXPECT_EQ(closeBatch(m_station, "a", "anna").error().code, ErrorCode::Unresolved);
    EXPECT_EQ(state("a"), db::BatchState::Paused);
    EXPECT_EQ(m_station.journal->batch("a")->batch.stopped, "a-001: no such enrolment group");
    ASSERT_TRUE(m_station.journal->setBatchState("a", db::BatchState::Open, "anna").ok());
    EXPECT_EQ(closeBatch(m_station, "a", "anna").error().code, ErrorCode::Unresolved);
    EXPECT_EQ(state("a"), db::BatchState::Open) << "as it was before";
}

TEST_F(BatchesBeside, ACheckpointThatAnotherProgramHasSignedMeanwhileIsExtended) {
    created(order("a"));
    ASSERT_TRUE(takeCheckpoint(m_station).ok());
    m_signer->meanwhile[SignerCall::LastCheckpoint] = [this] { anotherSigns(); };
    const auto taken = takeCheckpoint(m_station);
    ASSERT_TRUE(taken.ok()) << describe(taken.error());
    EXPECT_EQ(taken->size, (*m_signer->lastCheckpoint())->head.size);
}

/// The client asks again where its connection broke.
TEST_F(BatchesBeside, ACheckpointWhoseAnswerWasLostIsNoAlteredLog) {
    created(order("a"));
    ASSERT_TRUE(takeCheckpoint(m_station).ok());
    m_signer->meanwhile[SignerCall::LastCheckpoint] = [this] {
        const auto last = (*m_signer->lastCheckpoint())->head.size;
        const auto head = m_station.journal->head(last);
        EXPECT_TRUE(m_signer->signCheckpoint({head->origin, head->size, head->root}, head->proof).ok());
    };
    const auto taken = takeCheckpoint(m_station);
    EXPECT_TRUE(taken.ok()) << describe(taken.error());
}

TEST_F(BatchesBeside, AManifestIsWrittenAnewWhereAnotherProgramHasSignedMeanwhile) {
    created(order("s", Mode::Sas));
    record(derive("s", 1));
    m_signer->meanwhile[SignerCall::SignCheckpoint] = [this] { anotherSigns(); };
    const auto exported = exportManifest(m_station, "s", m_folder / "s");
    ASSERT_TRUE(exported.ok()) << describe(exported.error());
    const auto verified = db::verifyManifest(m_folder / "s", m_signer->status()->auditKeyPem);
    EXPECT_TRUE(verified.ok()) << describe(verified.error());
}

TEST_F(BatchesBeside, AUnitThatIsRecordedMeanwhileIsNotResolved) {
    created(order("a"));
    const auto unit = issue("a", 1);
    m_signer->meanwhile[SignerCall::SupervisorActs] = [&] { record(unit); };
    const auto resolved = resolveUnit(m_station, unit.id, "lost", m_signer->authority());
    ASSERT_FALSE(resolved.ok());
    EXPECT_EQ(resolved.error().code, ErrorCode::BadUsage);
    EXPECT_EQ(m_station.journal->liveUnit(unit.id)->value().state, db::UnitState::Recorded);
}

}  // namespace
}  // namespace keystamp::workflow
