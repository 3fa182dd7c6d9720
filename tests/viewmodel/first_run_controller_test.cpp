// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/first_run_controller.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "station/viewmodel/texts.h"
#include "tests/viewmodel/supervised_station.h"

namespace keystamp::viewmodel {
namespace {

using test::comes;
using test::enter;
using Page = FirstRunController;

class FirstRun : public ::testing::Test {
protected:
    void SetUp() override { signer().supervisors.clear(); }
    void TearDown() override { m_background.finish(); }

    test::FakeSigner& signer() { return static_cast<test::FakeSigner&>(*m_station.station->signer); }
    std::vector<db::Person> people() { return test::must(db::People{m_station.journal()}.present()); }
    bool isFirst() {
        m_page.setStation(m_station.station);
        EXPECT_TRUE(comes([this] { return m_page.known(); }));
        return m_page.active();
    }
    /// As far as the passphrase, where nothing speaks against it.
    bool offer(const QString& name, const QString& badge) {
        m_page.goOn();
        m_page.give(name);
        m_page.give(badge);
        return goesOnToThePad();
    }
    bool goesOnToThePad() {
        m_page.goOn();
        return comes([this] { return m_page.mayGoOn() || !m_page.active(); }) && m_authority.asking();
    }
    void enterTwice(const std::string& first, const std::string& again) {
        enter(m_authority, first);
        enter(m_authority, again);
    }
    void enrol() {
        ASSERT_TRUE(isFirst());
        ASSERT_TRUE(offer(QStringLiteral("anna"), QStringLiteral("B-0001"))) << m_page.detail().toStdString();
        enterTwice(kPassphrase, kPassphrase);
        ASSERT_TRUE(comes([this] { return m_page.step() == Page::Scanner; })) << m_authority.trouble().toStdString();
    }
    void goToTheTestUnit() {
        m_page.goOn();
        m_page.goOn();
        ASSERT_EQ(m_page.step(), Page::TestUnit);
        ASSERT_TRUE(comes([this] { return !m_page.modes().isEmpty(); }));
    }
    QString beginTest() {
        QSignalSpy wanted{&m_page, &Page::testWanted};
        EXPECT_TRUE(goesOnToThePad()) << m_page.detail().toStdString();
        enter(m_authority, kPassphrase);
        EXPECT_TRUE(comes([&] { return wanted.count() == 1; })) << m_authority.detail().toStdString();
        return wanted.isEmpty() ? QString{} : wanted[0][0].toString();
    }
    void leaveLine() {
        m_page.lineLeft();
        ASSERT_TRUE(comes([this] { return m_page.outcome() != Page::Nothing; }));
    }

    static constexpr const char* kPassphrase = "long enough";
    test::SupervisedStation m_station;
    Background m_background;
    AuthorityController m_authority{m_background};
    FirstRunController m_page{m_background, m_authority};
};

TEST_F(FirstRun, IsOnlyWhereNobodyHasBegun) {
    EXPECT_FALSE(m_page.known());
    EXPECT_TRUE(isFirst());
    EXPECT_EQ(m_page.step(), Page::Welcome);
    EXPECT_FALSE(m_page.mayGoBack() || m_page.mayEnd());
    signer().supervisors["bert"] = kPassphrase;
    EXPECT_FALSE(isFirst());
}

TEST_F(FirstRun, ANameAndABadgeAreWantedBeforeThePassphrase) {
    ASSERT_TRUE(isFirst());
    m_page.goOn();
    EXPECT_FALSE(goesOnToThePad());
    EXPECT_EQ(m_page.outcome(), Page::Bad);
    m_page.give(QStringLiteral("anna"));
    EXPECT_FALSE(goesOnToThePad()) << "no badge";
    m_page.give(QStringLiteral("B"));
    EXPECT_FALSE(goesOnToThePad()) << "no badge's code";
    m_page.give(QStringLiteral("Bß0001"));
    EXPECT_FALSE(goesOnToThePad()) << "read with another keyboard's layout";
    m_page.give(QStringLiteral("B-0001"));
    EXPECT_TRUE(goesOnToThePad());
    EXPECT_TRUE(signer().supervisors.empty());
}

TEST_F(FirstRun, ABadgeScannedBehindAWrittenNameIsABadge) {
    ASSERT_TRUE(isFirst());
    m_page.goOn();
    for (const char c : std::string{"anna"}) m_page.key(c);
    EXPECT_EQ(m_page.at(), Page::Name);
    m_page.give(QStringLiteral("B-0001"));
    const auto lines = m_page.lines();
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(lines[0].toMap()[QStringLiteral("value")].toString(), QStringLiteral("anna"));
    EXPECT_EQ(lines[1].toMap()[QStringLiteral("value")].toString().size(), 6);
    EXPECT_FALSE(lines[1].toMap()[QStringLiteral("value")].toString().contains(QLatin1Char('B'))) << "nobody reads it from the screen";
}

TEST_F(FirstRun, ThePassphraseIsEnteredTwiceAlike) {
    ASSERT_TRUE(isFirst());
    ASSERT_TRUE(offer(QStringLiteral("anna"), QStringLiteral("B-0001")));
    EXPECT_TRUE(m_authority.wanted().contains(QString::number(hsm::kShortestPassphrase))) << "the least is told before";
    enter(m_authority, "1234567");
    EXPECT_FALSE(m_authority.trouble().isEmpty());
    enterTwice(kPassphrase, "another one");
    EXPECT_FALSE(m_authority.trouble().isEmpty());
    EXPECT_FALSE(m_authority.working());
    enter(m_authority, kPassphrase);
    EXPECT_FALSE(m_authority.working()) << "the one that differed counts for nothing";
    EXPECT_TRUE(m_authority.trouble().isEmpty());
    EXPECT_TRUE(signer().supervisors.empty());
    enter(m_authority, kPassphrase);
    EXPECT_TRUE(comes([this] { return m_page.step() == Page::Scanner; }));
    EXPECT_EQ(signer().supervisors.at("anna"), kPassphrase);
}

TEST_F(FirstRun, TheFirstSupervisorIsKnownAndTheRestCanWait) {
    QSignalSpy enrolled{&m_page, &Page::enrolled};
    enrol();
    ASSERT_EQ(enrolled.count(), 1);
    EXPECT_EQ(enrolled[0][0].value<db::Person>().name, "anna");
    ASSERT_EQ(people().size(), 1u);
    EXPECT_EQ(people()[0].role, db::Role::Supervisor);
    EXPECT_TRUE(m_page.mayEnd());
    m_page.end();
    EXPECT_FALSE(m_page.active());
}

TEST_F(FirstRun, WhoCameFirstElsewhereEndsIt) {
    ASSERT_TRUE(isFirst());
    signer().supervisors["bert"] = "his passphrase";
    EXPECT_FALSE(offer(QStringLiteral("anna"), QStringLiteral("B-0001")));
    EXPECT_FALSE(m_page.active());
    ASSERT_TRUE((signer().supervisors.clear(), isFirst()));
    m_page.setPerson(std::nullopt, false);
    EXPECT_TRUE(m_page.active());
    m_page.setPerson(std::nullopt, true);
    EXPECT_FALSE(m_page.active()) << "somebody was added on the command line";
}

TEST_F(FirstRun, WhoCameFirstWhileThePassphraseWasEnteredIsNamed) {
    ASSERT_TRUE(isFirst());
    ASSERT_TRUE(offer(QStringLiteral("anna"), QStringLiteral("B-0001")));
    signer().supervisors["bert"] = "his passphrase";
    enterTwice(kPassphrase, kPassphrase);
    ASSERT_TRUE(comes([this] { return !m_authority.working(); }));
    EXPECT_EQ(m_authority.trouble(), lineOf(ErrorCode::SupervisorExists));
    EXPECT_TRUE(people().empty());
}

TEST_F(FirstRun, EndsWithItsSupervisor) {
    enrol();
    m_page.setPerson("anna", true);
    EXPECT_TRUE(m_page.active());
    m_page.setPerson(std::nullopt, true);
    EXPECT_FALSE(m_page.active());
}

TEST_F(FirstRun, ABadgeIsScannedAnewWhereTheFirstWasReadWrongly) {
    enrol();
    m_page.goBack();
    ASSERT_EQ(m_page.step(), Page::Supervisor);
    EXPECT_EQ(m_page.lines().size(), 1) << "the name stays";
    m_page.goOn();
    EXPECT_EQ(m_page.step(), Page::Scanner) << "nothing was scanned";
    m_page.goBack();
    m_page.give(QStringLiteral("B-0002"));
    ASSERT_TRUE(goesOnToThePad());
    enter(m_authority, kPassphrase);
    ASSERT_TRUE(comes([this] { return m_page.step() == Page::Scanner; }));
    ASSERT_EQ(people().size(), 1u);
    EXPECT_EQ(people()[0].badge, db::badgeDigest(asBytes(std::string_view{"B-0002"})));
}

TEST_F(FirstRun, EveryStepIsGoneBackFrom) {
    enrol();
    goToTheTestUnit();
    for (int step = Page::TestUnit; step > Page::Welcome; --step) {
        EXPECT_EQ(m_page.step(), step);
        m_page.goBack();
    }
    EXPECT_EQ(m_page.step(), Page::Welcome);
    EXPECT_FALSE(m_page.mayGoBack());
}

TEST_F(FirstRun, NothingGoesOnWhileFixturesAreLookedAt) {
    enrol();
    m_page.goOn();
    ASSERT_EQ(m_page.step(), Page::Fixtures);
    m_page.setChecking(true);
    m_page.goOn();
    EXPECT_EQ(m_page.step(), Page::Fixtures);
    m_page.setChecking(false);
    m_page.goOn();
    EXPECT_EQ(m_page.step(), Page::TestUnit);
}

TEST_F(FirstRun, TheTestUnitsBatchIsARealOneAndIsClosed) {
    enrol();
    goToTheTestUnit();
    m_page.setMode(1);
    const QString name = beginTest();
    const auto batch = test::must(m_station.journal().batch(name.toStdString())).batch;
    EXPECT_EQ(batch.count, 1u);
    EXPECT_EQ(batch.mode, Mode::Sas);
    EXPECT_EQ(batch.scopeId, workflow::kNobodysScope);
    EXPECT_EQ(batch.createdBy, "anna");
    leaveLine();
    EXPECT_EQ(m_page.outcome(), Page::Bad) << "no board has passed";
    EXPECT_EQ(test::must(m_station.journal().batch(name.toStdString())).batch.state, db::BatchState::Closed);
    EXPECT_NE(beginTest(), name) << "once more is another batch";
}

TEST_F(FirstRun, AnotherLinesEndIsNotTheTests) {
    enrol();
    goToTheTestUnit();
    m_page.lineLeft();
    EXPECT_TRUE(m_page.mayGoOn());
    EXPECT_EQ(m_page.outcome(), Page::Nothing);
}

TEST_F(FirstRun, AScopeThatIsNoneIsRefusedBeforeThePassphrase) {
    enrol();
    goToTheTestUnit();
    m_page.give(QStringLiteral("0ne"));
    EXPECT_FALSE(goesOnToThePad());
    EXPECT_EQ(m_page.outcome(), Page::Bad);
}

TEST_F(FirstRun, APassEndsIt) {
    QSignalSpy finished{&m_page, &Page::finished};
    m_page.show({.step = Page::TestUnit, .enrolled = "anna", .modes = {Mode::X509}, .end = workflow::TestEnd{"line-1-test-unit-1", true}});
    EXPECT_EQ(m_page.outcome(), Page::Passed);
    EXPECT_TRUE(m_page.said().contains(QStringLiteral("line-1-test-unit-1")));
    m_page.goOn();
    EXPECT_EQ(finished.count(), 1);
    EXPECT_FALSE(m_page.active());
}

}  // namespace
}  // namespace keystamp::viewmodel
