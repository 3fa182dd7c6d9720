// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/unit_act_controller.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "tests/viewmodel/supervised_station.h"

namespace keystamp::viewmodel {
namespace {

using test::comes;
using test::enter;

class UnitAct : public ::testing::Test {
protected:
    void TearDown() override { m_background.finish(); }
    void SetUp() override {
        db::Batch batch;
        batch.name = "b";
        batch.scopeId = "0ne00TEST01";
        batch.pattern = "b-{seq:04}";
        batch.first = 1;
        batch.count = 5;
        test::must(m_station.journal().createBatch(batch, {}));
        m_act.setStation(m_station.station);
    }
    db::Unit recorded(const std::string& board) {
        auto& journal = m_station.journal();
        const auto unit = test::must(journal.reserve(test::TestJournal::reservation("b", board)));
        test::must(journal.intend(unit.number, test::TestJournal::serialOf(unit), sha256("key")));
        const Bytes certificate = test::TestJournal::certificateOf(unit);
        test::must(journal.issue(unit.number, certificate, sha256(BytesView{certificate})));
        journal.written(unit.number);
        journal.verified(unit.number, db::Evidence::Proof);
        test::must(journal.record(unit.number, test::TestJournal::job(unit, db::Verdict::Pass)));
        return now(unit);
    }
    db::Unit now(const db::Unit& unit) { return test::must(m_station.journal().history(unit.id)).back(); }

    test::SupervisedStation m_station;
    Background m_background;
    AuthorityController m_authority{m_background};
    UnitActController m_act{m_authority};
};

TEST_F(UnitAct, IsOfferedToASupervisorAndOnlyWhereTheUnitIsInAStateForIt) {
    auto unit = recorded("1");
    m_act.offer(unit, std::nullopt);
    EXPECT_FALSE(m_act.mayRework() || m_act.mayScrap());
    m_act.begin(UnitActController::Rework);
    EXPECT_EQ(m_act.act(), UnitActController::None);
    m_act.offer(std::nullopt, "supervisor");
    EXPECT_FALSE(m_act.mayRework() || m_act.mayScrap());
    m_act.offer(unit, "supervisor");
    EXPECT_TRUE(m_act.mayRework() && m_act.mayScrap());
    unit.state = db::UnitState::Issued;
    m_act.offer(unit, "supervisor");
    EXPECT_TRUE(!m_act.mayRework() && m_act.mayScrap());
    for (const auto state : {db::UnitState::Reserved, db::UnitState::Void}) {
        unit.state = state;
        m_act.offer(unit, "supervisor");
        EXPECT_FALSE(m_act.mayRework() || m_act.mayScrap());
    }
}

TEST_F(UnitAct, ReworkIsAReasonThenAPassphraseThenAVoidUnit) {
    const auto unit = recorded("1");
    QSignalSpy done{&m_act, &UnitActController::done};
    m_act.offer(unit, "supervisor");
    m_act.begin(UnitActController::Rework);
    EXPECT_FALSE(m_act.reasons().isEmpty());
    m_act.giveReason(QStringLiteral("  "));
    EXPECT_FALSE(m_authority.asking()) << "blanks are no reason";
    m_act.giveReason(QStringLiteral("RMA 118"));
    ASSERT_TRUE(m_authority.asking());
    EXPECT_TRUE(m_authority.act().contains(QStringLiteral("RMA 118")));
    enter(m_authority, "wrong");
    ASSERT_TRUE(comes([this] { return !m_authority.working(); }));
    EXPECT_EQ(now(unit).state, db::UnitState::Recorded);
    enter(m_authority, "correct horse");
    ASSERT_TRUE(comes([&] { return done.size() == 1; }));
    EXPECT_EQ(now(unit).state, db::UnitState::Void);
    EXPECT_EQ(now(unit).voidedFor, db::VoidedFor::Rework);
    EXPECT_EQ(now(unit).voidReason, "RMA 118");
    EXPECT_TRUE(m_act.said().contains(QStringLiteral("b-0001")));
    EXPECT_EQ(m_act.act(), UnitActController::None);
}

TEST_F(UnitAct, AnotherReasonIsWrittenByKeysOnTheScreen) {
    const auto unit = recorded("1");
    m_act.offer(unit, "supervisor");
    m_act.write();
    EXPECT_FALSE(m_act.writing()) << "nothing is begun";
    m_act.begin(UnitActController::Scrap);
    m_act.write();
    m_act.giveWritten();
    EXPECT_FALSE(m_authority.asking()) << "nothing was written";
    for (const char c : std::string{"burntx\n"}) m_act.key(c);
    m_act.eraseLast();
    EXPECT_EQ(m_act.lines()[0].toMap()[QStringLiteral("value")].toString(), QStringLiteral("burnt"));
    m_act.cancel();
    EXPECT_EQ(m_act.act(), UnitActController::Scrap) << "back to the usual reasons first";
    m_act.write();
    for (const char c : std::string{"burnt"}) m_act.key(c);
    m_act.giveWritten();
    enter(m_authority, "correct horse");
    ASSERT_TRUE(comes([&] { return now(unit).state == db::UnitState::Void; }));
    EXPECT_EQ(now(unit).voidReason, "burnt");
}

TEST_F(UnitAct, ScrapRefusesTheBoardFromThenOn) {
    const auto unit = recorded("1");
    m_act.offer(unit, "supervisor");
    m_act.begin(UnitActController::Scrap);
    m_act.giveReason(m_act.reasons().constFirst());
    enter(m_authority, "correct horse");
    ASSERT_TRUE(comes([&] { return now(unit).state == db::UnitState::Void; }));
    EXPECT_EQ(now(unit).voidedFor, db::VoidedFor::Scrap);
}

TEST_F(UnitAct, BegunForOneDeviceIsNeverDoneToAnother) {
    const auto one = recorded("1"), other = recorded("2");
    m_act.offer(one, "supervisor");
    m_act.begin(UnitActController::Scrap);
    m_act.offer(other, "supervisor");
    EXPECT_EQ(m_act.act(), UnitActController::None);
    m_act.giveReason(QStringLiteral("cracked"));
    EXPECT_FALSE(m_authority.asking());
}

}  // namespace
}  // namespace keystamp::viewmodel
