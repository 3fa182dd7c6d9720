// SPDX-License-Identifier: Apache-2.0
// Batches from their order to their close, over a real journal and a signer in memory.
#include <gtest/gtest.h>

#include <filesystem>

#include "station/workflow/ledger_check.h"
#include "station/workflow/ledger_gap.h"
#include "tests/station/batches_bench.h"

namespace keystamp::workflow {
namespace {

using test::FakeSigner;

TEST_F(Batches, ACreateThatStoppedBetweenGrantAndJournalIsCompletedByRepeatingIt) {
    m_signer->faults.push_back({.call = SignerCall::OpenGrant, .times = 1, .when = test::SignerFault::When::After});
    EXPECT_EQ(create(order("a")), ErrorCode::SignerUnavailable);
    EXPECT_FALSE(m_station.journal->batch("a").ok());
    created(order("a"));
    EXPECT_EQ(create(order("a")), ErrorCode::BatchExists);
}

TEST_F(Batches, AnExtensionThatStoppedBetweenGrantAndJournalIsCompletedByRepeatingIt) {
    created(order("a"));
    second();
    const auto before = m_station.journal->batch("a")->batch;
    m_signer->faults.push_back({.call = SignerCall::ExtendGrant, .times = 1, .when = test::SignerFault::When::After});
    const BatchExtension more{"a", 3, {}, "three more"};
    EXPECT_EQ(extendBatch(m_station, more, m_signer->authority()).error().code, ErrorCode::SignerUnavailable);
    EXPECT_EQ(m_station.journal->batch("a")->batch.cap(), before.cap());
    const auto extended = extendBatch(m_station, more, m_signer->authority());
    ASSERT_TRUE(extended.ok()) << describe(extended.error());
    EXPECT_EQ(extended->cap(), before.cap() + 3);
    EXPECT_EQ(m_signer->counts("a")->awaited, before.cap() + 3) << "once, not twice";
    EXPECT_EQ(m_station.journal->batch("a")->batch.cap(), before.cap()) << "not before it is released";
}

TEST_F(Batches, AReleaseThatStoppedBetweenGrantAndJournalIsCompletedByRepeatingIt) {
    created(order("a"));
    const auto before = m_station.journal->batch("a")->batch;
    EXPECT_EQ(releaseBatch(m_station, "a", second()).error().code, ErrorCode::BadUsage) << "nothing waits";
    ASSERT_TRUE(extendBatch(m_station, {"a", 3, {}, "three more"}, m_signer->authority()).ok());
    EXPECT_EQ(m_station.journal->batch("a")->extension->cap(), before.cap() + 3);
    EXPECT_EQ(releaseBatch(m_station, "a", m_signer->authority()).error().code, ErrorCode::SecondSupervisor);
    m_signer->faults.push_back({.call = SignerCall::ReleaseGrant, .times = 1, .when = test::SignerFault::When::After});
    EXPECT_EQ(releaseBatch(m_station, "a", second()).error().code, ErrorCode::SignerUnavailable);
    EXPECT_EQ(m_station.journal->batch("a")->batch.cap(), before.cap());
    const auto released = releaseBatch(m_station, "a", second());
    ASSERT_TRUE(released.ok()) << describe(released.error());
    const auto after = m_station.journal->batch("a");
    EXPECT_EQ(after->batch.cap(), before.cap() + 3);
    EXPECT_FALSE(after->extension.has_value());
    EXPECT_EQ(m_signer->counts("a")->cap, before.cap() + 3);
}

/// The passphrase takes a person's time, and the first supervisor may ask for more meanwhile.
TEST_F(Batches, AnExtensionThatWasReplacedSinceItWasShownIsNotReleased) {
    created(order("a"));
    const auto other = second();
    ASSERT_TRUE(extendBatch(m_station, {"a", 1, {}, "one more"}, m_signer->authority()).ok());
    const auto shown = m_station.journal->batch("a")->extension->cap();
    ASSERT_TRUE(extendBatch(m_station, {"a", 900, {}, "many more"}, m_signer->authority()).ok());
    const auto refused = releaseBatch(m_station, "a", other, shown);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::BadUsage);
    EXPECT_EQ(m_signer->counts("a")->cap, 10u);
    EXPECT_TRUE(releaseBatch(m_station, "a", other, m_station.journal->batch("a")->extension->cap()).ok());
}

TEST_F(Batches, AnExtensionThatWaitsGoesWithItsBatch) {
    created(order("a"));
    second();
    ASSERT_TRUE(extendBatch(m_station, {"a", 3, {}, "three more"}, m_signer->authority()).ok());
    ASSERT_TRUE(m_station.journal->setBatchState("a", db::BatchState::Closed, "erika").ok());
    EXPECT_FALSE(m_station.journal->batch("a")->extension.has_value());
    EXPECT_EQ(releaseBatch(m_station, "a", second()).error().code, ErrorCode::BadUsage);
}

TEST_F(Batches, AWrongPassphraseMakesNothing) {
    auto authority = m_signer->authority();
    authority.passphrase = Secret::copyOf("no");
    const auto made = createBatch(m_station, order("a"), authority);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, ErrorCode::PassphraseWrong);
    EXPECT_EQ(m_station.journal->batch("a").error().code, ErrorCode::UnknownBatch);
}

TEST_F(Batches, AnOrderThatCannotBeFilledIsRefusedBeforeTheSignerIsAskedForAGrant) {
    auto wide = order("wide");
    wide.batch.count = 995;  // number 1,000 does not fit three digits
    auto named = order("Upper");
    auto both = order("both");
    both.ids.push_back({*DeviceId::parse("x"), "", {}});
    auto none = order("none");
    none.batch.pattern.clear();
    auto scope = order("scope");
    scope.batch.scopeId = "0ne 1";
    for (const auto* bad : {&wide, &named, &both, &none, &scope})
        EXPECT_EQ(create(*bad), ErrorCode::BadUsage) << bad->batch.name;
    for (const auto call : m_signer->calls) EXPECT_NE(call, SignerCall::OpenGrant);
}

TEST_F(Batches, SparesAreTenPercentAndFiveAtLeast) {
    EXPECT_EQ(defaultSpare(1), 5u);
    EXPECT_EQ(defaultSpare(50), 5u);
    EXPECT_EQ(defaultSpare(501), 51u);
}

TEST_F(Batches, ACloseThatAgreesSignsACheckpoint) {
    created(order("a"));
    record(issue("a", 1));
    record(issue("a", 2));
    const auto closed = closeBatch(m_station, "a", "anna");
    ASSERT_TRUE(closed.ok()) << describe(closed.error());
    EXPECT_EQ(closed->ledger, 2u);
    EXPECT_EQ(closed->journal, 2u);
    EXPECT_EQ(state("a"), db::BatchState::Closed);
    const auto checkpoint = m_station.journal->lastCheckpoint();
    ASSERT_TRUE(checkpoint.ok() && checkpoint->has_value());
    EXPECT_EQ((*checkpoint)->origin, "line-1");
}

TEST_F(Batches, ALedgerWithoutTheJournalsLastCheckpointIsNotTheNewest) {
    created(order("a"));
    ASSERT_TRUE(holdAgainstLedger(m_station).ok());
    ASSERT_TRUE(takeCheckpoint(m_station).ok());
    EXPECT_TRUE(holdAgainstLedger(m_station).ok());
    m_station.signer = std::make_unique<FakeSigner>();
    const auto held = holdAgainstLedger(m_station);
    ASSERT_FALSE(held.ok());
    EXPECT_EQ(held.error().code, ErrorCode::RecordsAltered);
    EXPECT_NE(held.error().detail.find("checkpoint"), std::string::npos) << held.error().detail;
}

TEST_F(Batches, AReconciliationThatStoppedAnywhereIsCompletedByRepeatingIt) {
    for (const SignerCall call : {SignerCall::SupervisorActs, SignerCall::VoidSerial, SignerCall::SignSetBackLog}) {
        m_station.journal.reset();
        std::filesystem::remove(m_station.config.journalPath());
        SetUp();
        created(order("a"));
        record(issue("a", 1));
        record(issue("a", 2));
        ASSERT_TRUE(takeCheckpoint(m_station).ok());
        // the journal is lost, and the newest copy is of the morning
        m_station.journal.reset();
        std::filesystem::remove(m_station.config.journalPath());
        m_station.journal = *db::Journal::open(m_station.config.journalPath(), "line-1");
        EXPECT_EQ(findLedgerGap(m_station)->batches, std::vector<std::string>{"a"});
        EXPECT_EQ(reconcileJournal(m_station, "disk died", m_signer->authority()).error().code, ErrorCode::BadUsage) << "the batch first";
        created(order("a"));
        EXPECT_EQ(findLedgerGap(m_station)->lost.size(), 2u);
        EXPECT_TRUE(findLedgerGap(m_station)->checkpoint.has_value());

        m_signer->faults.push_back({.call = call, .times = 1});
        EXPECT_FALSE(reconcileJournal(m_station, "disk died", m_signer->authority()).ok());
        EXPECT_FALSE(holdAgainstLedger(m_station).ok()) << "nothing is issued on half of it";
        const auto done = reconcileJournal(m_station, "disk died", m_signer->authority());
        ASSERT_TRUE(done.ok()) << describe(done.error());
        EXPECT_TRUE(findLedgerGap(m_station)->none());
        EXPECT_TRUE(m_station.journal->check().ok());
        EXPECT_EQ(closeBatch(m_station, "a", "anna")->journal, 2u);
        m_station.runLock = UniqueFd{};
    }
}

TEST_F(Batches, ACertificateThatTheJournalDoesNotKnowStopsTheClose) {
    created(order("a"));
    record(issue("a", 1));
    sign("a", *DeviceId::parse("a-002"), [](const Bytes&) {});
    const auto closed = closeBatch(m_station, "a", "anna");
    ASSERT_FALSE(closed.ok());
    EXPECT_EQ(closed.error().code, ErrorCode::ReconciliationGap);
    EXPECT_EQ(state("a"), db::BatchState::Open);
}

TEST_F(Batches, ACertificateThatTheSignerDidNotIssueStopsTheCloseAndIsNamed) {
    created(order("a"));
    const auto unit = reserve("a", 1);
    const auto serial = *m_signer->reserve("a", unit.id, "job");
    ASSERT_TRUE(m_station.journal->intend(unit.number, serial, Digest{}).ok());
    const Bytes forged = test::newCertificate(test::publicKeyOf(test::newKey()), "a-001", test::newKey());
    ASSERT_TRUE(m_station.journal->issue(unit.number, forged, sha256(forged)).ok());
    record(unit);
    const auto closed = closeBatch(m_station, "a", "anna");
    ASSERT_FALSE(closed.ok());
    EXPECT_EQ(closed.error().code, ErrorCode::ReconciliationGap);
    EXPECT_NE(closed.error().detail.find(toHex(serial)), std::string::npos);
}

TEST_F(Batches, AnUnresolvedUnitStopsTheCloseUntilASupervisorVoidsIt) {
    created(order("a"));
    const auto unit = issue("a", 1);
    const auto refused = closeBatch(m_station, "a", "anna");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::Unresolved);
    EXPECT_NE(refused.error().detail.find("a-001"), std::string::npos);
    EXPECT_EQ(state("a"), db::BatchState::Open);

    auto wrong = m_signer->authority();
    wrong.passphrase = Secret::copyOf("no");
    EXPECT_EQ(resolveUnit(m_station, unit.id, "lost", wrong).error().code, ErrorCode::PassphraseWrong);
    EXPECT_EQ(resolveUnit(m_station, unit.id, " ", m_signer->authority()).error().code, ErrorCode::BadUsage);
    ASSERT_TRUE(m_station.journal->liveUnit(unit.id)->has_value());
    ASSERT_TRUE(resolveUnit(m_station, unit.id, "lost", m_signer->authority()).ok());
    EXPECT_EQ(m_station.journal->history(unit.id)->front().voidReason, "lost");
    EXPECT_TRUE(closeBatch(m_station, "a", "anna").ok());
}

TEST_F(Batches, AKeyThatWasDerivedForNoRowStopsTheClose) {
    created(order("s", Mode::Sas));
    ASSERT_TRUE(m_signer->derive("s", *DeviceId::parse("s-001"), "j").ok());
    const auto closed = closeBatch(m_station, "s", "anna");
    ASSERT_FALSE(closed.ok());
    EXPECT_EQ(closed.error().code, ErrorCode::ReconciliationGap);
}

TEST_F(Batches, CheckpointsExtendOneAnother) {
    created(order("a"));
    const auto first = takeCheckpoint(m_station);
    ASSERT_TRUE(first.ok()) << describe(first.error());
    created(order("b"));
    const auto second = takeCheckpoint(m_station);
    ASSERT_TRUE(second.ok()) << describe(second.error());
    EXPECT_GT(second->size, first->size);
}

TEST_F(Batches, AShiftEndsUnderACheckpointThatReachesToItsLastRow) {
    const auto signatures = [&] { return m_signer->signaturesByPurpose()->at("checkpoint"); };
    created(order("a"));
    for (const std::uint8_t n : {std::uint8_t{1}, std::uint8_t{2}}) {
        record(issue("a", n));
        const auto ended = endShift(m_station);
        ASSERT_TRUE(ended.ok()) << describe(ended.error());
        EXPECT_EQ(ended->size + 1, *m_station.journal->auditRows()) << "only its own row is behind it";
        EXPECT_EQ(signatures(), n);
        EXPECT_EQ(endShift(m_station)->size, ended->size) << "nothing happened since";
        EXPECT_EQ(signatures(), n);
    }
}

TEST_F(Batches, AShiftWithoutItsSignatureSaysSoAndTheNextEndHasIt) {
    created(order("a"));
    record(issue("a", 1));
    m_signer->faults.push_back({.call = SignerCall::SignCheckpoint, .times = 1});
    EXPECT_FALSE(endShift(m_station).ok());
    EXPECT_TRUE(endShift(m_station).ok());
}

}  // namespace
}  // namespace keystamp::workflow
