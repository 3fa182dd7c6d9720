// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/authority_controller.h"

#include <gtest/gtest.h>

#include <QMetaProperty>
#include <QSignalSpy>

#include "tests/viewmodel/supervised_station.h"

namespace keystamp::viewmodel {
namespace {

using test::comes;
using test::enter;

class Authority : public ::testing::Test {
protected:
    void TearDown() override { m_background.finish(); }
    void ask() {
        m_authority.ask(
            QStringLiteral("Rework"), "supervisor",
            [this](const hsm::Authority& authority) { return m_station.station->signer->supervisorActs("unit-rework", "x", authority); },
            [this] { ++m_done; });
    }
    test::SupervisedStation m_station;
    int m_done = 0;
    Background m_background;
    AuthorityController m_authority{m_background};
};

TEST_F(Authority, LetsAnActBeDoneByTheRightPassphraseOnce) {
    ask();
    EXPECT_TRUE(m_authority.asking());
    EXPECT_EQ(m_authority.act(), QStringLiteral("Rework"));
    enter(m_authority, "correct horse");
    EXPECT_TRUE(m_authority.working());
    EXPECT_EQ(m_authority.entry()->length(), 0);
    EXPECT_TRUE(comes([this] { return m_done == 1; }));
    EXPECT_FALSE(m_authority.asking());
    enter(m_authority, "correct horse");
    QCoreApplication::processEvents();
    EXPECT_EQ(m_done, 1);
}

TEST_F(Authority, SaysThatAWrongOneWasWrongAndTakesAnother) {
    ask();
    enter(m_authority, "wrong");
    EXPECT_TRUE(comes([this] { return !m_authority.working(); }));
    EXPECT_TRUE(m_authority.asking());
    EXPECT_FALSE(m_authority.trouble().isEmpty());
    EXPECT_EQ(m_done, 0);
    enter(m_authority, "correct horse");
    EXPECT_TRUE(comes([this] { return m_done == 1; }));
    EXPECT_TRUE(m_authority.trouble().isEmpty());
}

TEST_F(Authority, ThatWasTakenBackDoesNothing) {
    ask();
    m_authority.entry()->key('c');
    m_authority.cancel();
    EXPECT_FALSE(m_authority.asking());
    EXPECT_EQ(m_authority.entry()->length(), 0) << "what was entered is gone";
    enter(m_authority, "correct horse");
    m_background.finish();
    QCoreApplication::processEvents();
    EXPECT_EQ(m_done, 0);
}

TEST_F(Authority, CannotBeTakenBackWhileTheActIsBeingDone) {
    ask();
    enter(m_authority, "correct horse");
    m_authority.cancel();
    EXPECT_TRUE(m_authority.asking());
    EXPECT_TRUE(comes([this] { return m_done == 1; }));
}

TEST_F(Authority, ANewOneThatWasTakenBackIsEnteredTwiceAgain) {
    const auto choose = [this] {
        m_authority.askNew(
            QStringLiteral("Begin"), "supervisor", [this](const hsm::Authority& first) { return m_station.station->signer->enrolFirstSupervisor(first); },
            [this] { ++m_done; });
    };
    static_cast<test::FakeSigner&>(*m_station.station->signer).supervisors.clear();
    choose();
    enter(m_authority, "long enough");
    m_authority.cancel();
    choose();
    enter(m_authority, "long enough");
    EXPECT_FALSE(m_authority.working());
    enter(m_authority, "long enough");
    EXPECT_TRUE(m_authority.working());
    EXPECT_TRUE(comes([this] { return m_done == 1; }));
}

TEST_F(Authority, ShowsNoPageThePassphrase) {
    ask();
    m_authority.entry()->key('q');
    const QMetaObject* const meta = m_authority.metaObject();
    for (int n = meta->propertyOffset(); n < meta->propertyCount(); ++n) {
        EXPECT_FALSE(meta->property(n).read(&m_authority).toString().contains(QLatin1Char('q'))) << meta->property(n).name();
    }
}

}  // namespace
}  // namespace keystamp::viewmodel
