// SPDX-License-Identifier: Apache-2.0
// A station's first run, over a real journal, a signer and boards in memory.
#include "station/workflow/first_run.h"

#include "tests/station/audited.h"
#include "tests/station/workbench.h"

namespace keystamp::test {
namespace {

using namespace workflow;

class FirstRun : public ::testing::Test {
protected:
    void SetUp() override {
        m_test.signer().supervisors.clear();
        station().config.name = "Line 1 (north)";
    }
    Station& station() { return m_test.station(); }
    static hsm::Authority anna() { return {"anna", Secret::copyOf("long enough")}; }
    static BytesView badge(const std::string& code = "B-0001") {
        static std::string kept;
        kept = code;
        return asBytes(kept);
    }
    bool wanted() {
        const auto wants = wantsFirstRun(station());
        EXPECT_TRUE(wants.ok());
        return wants && *wants;
    }
    void begin() {
        const auto person = enrolFirstSupervisor(station(), badge(), anna());
        ASSERT_TRUE(person.ok()) << describe(person.error());
    }
    std::vector<db::Person> people() { return *db::People{m_test.journal()}.present(); }
    db::Batch open(const BatchOrder& order) {
        const auto made = createBatch(station(), order, anna());
        EXPECT_TRUE(made.ok()) << describe(made.error());
        return m_test.journal().batch(order.batch.name)->batch;
    }
    BatchOrder order(Mode mode = Mode::X509) {
        auto made = testOrder(station(), mode, kNobodysScope);
        EXPECT_TRUE(made.ok()) << describe(made.error());
        return made ? *made : BatchOrder{};
    }

    TestStation m_test;
};

TEST_F(FirstRun, IsWantedUntilThereIsASupervisorOrAnybody) {
    EXPECT_TRUE(wanted());
    ASSERT_TRUE(db::People{m_test.journal()}.add("erika", db::Role::Operator, db::badgeDigest(badge()), "user").ok());
    EXPECT_FALSE(wanted());
    ASSERT_TRUE(db::People{m_test.journal()}.remove("erika", "user").ok());
    EXPECT_TRUE(wanted());
    m_test.signer().supervisors["bert"] = "some passphrase";
    EXPECT_FALSE(wanted());
}

TEST_F(FirstRun, IsNotWantedOfADemo) {
    station().config.passphraseFile = "/demo/supervisor.pass";
    EXPECT_FALSE(wanted());
}

TEST_F(FirstRun, TheFirstSupervisorIsEnrolledAndLoggedInAndNoSecond) {
    begin();
    EXPECT_FALSE(wanted());
    ASSERT_EQ(people().size(), 1u);
    EXPECT_EQ(people()[0].name, "anna");
    EXPECT_EQ(people()[0].role, db::Role::Supervisor);
    EXPECT_EQ(people()[0].badge, db::badgeDigest(badge()));
    EXPECT_EQ(audited(m_test.journal(), "person-add").size(), 1u);
    EXPECT_EQ(audited(m_test.journal(), "person-login").size(), 1u);
    const auto second = enrolFirstSupervisor(station(), badge("B-0002"), {"bert", Secret::copyOf("long enough")});
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, ErrorCode::SupervisorExists);
    EXPECT_EQ(people().size(), 1u);
}

TEST_F(FirstRun, AFailureInTheMiddleIsMadeGoodByRepeatingIt) {
    m_test.signer().faults = {{.call = SignerCall::SupervisorActs}};
    EXPECT_FALSE(enrolFirstSupervisor(station(), badge(), anna()).ok());
    EXPECT_EQ(m_test.signer().supervisors.size(), 1u);
    EXPECT_TRUE(people().empty());
    begin();
    EXPECT_EQ(people().size(), 1u);
    begin();
    EXPECT_EQ(people().size(), 1u);
}

TEST_F(FirstRun, NobodyIsEnrolledUnderANameOrBadgeThatTheJournalRefuses) {
    for (const auto& [name, code] : {std::pair{"", "B-0001"}, {" anna", "B-0001"}, {"anna", "B"}, {"anna", "B\xc3\x9f" "0001"}}) {
        const auto refused = enrolFirstSupervisor(station(), badge(code), {name, Secret::copyOf("long enough")});
        ASSERT_FALSE(refused.ok()) << name << code;
        EXPECT_EQ(refused.error().code, ErrorCode::BadUsage);
    }
    EXPECT_TRUE(wanted());
}

TEST_F(FirstRun, ABadgeThatWasReadWronglyIsChanged) {
    begin();
    EXPECT_EQ(changeBadge(station(), badge("B-0002"), {"anna", Secret::copyOf("not hers")}).error().code, ErrorCode::PassphraseWrong);
    EXPECT_EQ(people()[0].badge, db::badgeDigest(badge("B-0001")));
    const auto changed = changeBadge(station(), badge("B-0002"), anna());
    ASSERT_TRUE(changed.ok()) << describe(changed.error());
    ASSERT_EQ(people().size(), 1u);
    EXPECT_EQ(people()[0].badge, db::badgeDigest(badge("B-0002")));
    EXPECT_EQ(people()[0].role, db::Role::Supervisor);
}

TEST_F(FirstRun, TheTestUnitsBatchIsClosedAndAgreesInEachMode) {
    begin();
    const auto modes = testModes(station());
    ASSERT_TRUE(modes.ok());
    ASSERT_EQ(*modes, (std::vector{Mode::X509, Mode::Sas}));
    for (const Mode mode : *modes) {
        const auto batch = open(order(mode));
        EXPECT_EQ(batch.count, 1u);
        ASSERT_EQ(m_test.scan(batch, "SN-1", TestStation::silicon()).verdict, db::Verdict::Pass);
        const auto end = endTest(station(), batch.name, "anna");
        ASSERT_TRUE(end.ok()) << describe(end.error());
        EXPECT_TRUE(end->closed);
        EXPECT_EQ(end->unit, m_test.only(batch.name, db::UnitState::Recorded).id.text());
        EXPECT_EQ(end->unit, "line-1-north-" + batch.name + "-1");
        EXPECT_TRUE(reconcile(station(), batch.name)->agrees());
        m_test.holdInvariants(batch.name);
    }
}

TEST_F(FirstRun, ATestWithoutAPassIsClosedAndTheNextHasAnotherName) {
    begin();
    const auto first = open(order());
    const auto end = endTest(station(), first.name, "anna");
    ASSERT_TRUE(end.ok()) << describe(end.error());
    EXPECT_TRUE(end->closed);
    EXPECT_TRUE(end->unit.empty());
    EXPECT_NE(order().batch.name, first.name);
    EXPECT_NE(order().batch.pattern, first.pattern);
}

TEST_F(FirstRun, ABoardLeftOnItsWayLeavesTheBatchPaused) {
    begin();
    const auto batch = open(order());
    m_test.listener = [&](const JobProgress& progress) { m_test.stop = progress.step == db::UnitState::Issued; };
    ASSERT_EQ(m_test.scan(batch, "SN-1", TestStation::silicon()).verdict, db::Verdict::Aborted);
    ASSERT_EQ(m_test.journal().batch(batch.name)->unresolved, 1u);
    const auto end = endTest(station(), batch.name, "anna");
    ASSERT_TRUE(end.ok()) << describe(end.error());
    EXPECT_FALSE(end->closed);
    EXPECT_EQ(m_test.journal().batch(batch.name)->batch.state, db::BatchState::Paused);
}

TEST_F(FirstRun, WithoutACaOrGroupKeyNoModeIsOffered) {
    begin();
    m_test.signer().loggedIn = false;
    const auto modes = testModes(station());
    ASSERT_TRUE(modes.ok());
    EXPECT_EQ(std::count(modes->begin(), modes->end(), Mode::X509), 0);
}

}  // namespace
}  // namespace keystamp::test
