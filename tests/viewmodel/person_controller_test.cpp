// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/person_controller.h"

#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QTest>
#include <nlohmann/json.hpp>
#include <QWindow>
#include <algorithm>

#include "tests/viewmodel/supervised_station.h"

namespace keystamp::viewmodel {
namespace {

using db::Role;
using test::comes;
using test::enter;

class Person : public ::testing::Test {
protected:
    void TearDown() override { m_background.finish(); }
    void start() {
        m_person.setStation(m_station.station);
        ASSERT_TRUE(comes([this] { return m_person.known(); }));
    }
    void logIn(const QString& badge, const QString& name) {
        m_person.badge(badge);
        ASSERT_TRUE(comes([&] { return m_person.personName() == name; }));
    }
    /// A scan behind it comes second, whatever this one was.
    bool takesBadge(const QString& scan) {
        bool badge = true, behind = false;
        m_person.takeBadge(scan, [&] { badge = false; });
        m_person.takeBadge(QStringLiteral("no badge"), [&] { behind = true; });
        EXPECT_TRUE(comes([&] { return behind; }));
        return badge;
    }
    /// Kinds of audit rows about persons, and who or why.
    std::string log() {
        std::string all;
        test::must(m_station.journal().eachAuditRow([&](const db::AuditRow& row) -> Result<void> {
            const auto line = nlohmann::json::parse(row.line);
            const std::string kind = line["kind"];
            if (kind == "person-login") all += "+" + line["person"].get<std::string>() + (line.contains("from") ? "<" + line["from"].get<std::string>() : "") + " ";
            if (kind == "person-logout") all += "-" + line["person"].get<std::string>() + ":" + line["why"].get<std::string>() + " ";
            if (kind == "badge-refused") all += "? ";
            return {};
        }));
        return all;
    }

    test::SupervisedStation m_station;
    Background m_background;
    AuthorityController m_authority{m_background};
    PersonController m_person{m_background, m_authority};
};

TEST_F(Person, WhereNobodyIsKnownNobodyLogsIn) {
    EXPECT_FALSE(m_person.mayRunBoards()) << "nobody has looked yet";
    start();
    EXPECT_TRUE(m_person.open());
    EXPECT_FALSE(m_person.locked());
    EXPECT_TRUE(m_person.mayRunBoards());
    EXPECT_FALSE(m_person.supervisor());
    EXPECT_FALSE(takesBadge(QStringLiteral("B-0001")));
}

TEST_F(Person, AnOperatorsBadgeIsEnoughAndAnUnknownOneIsRefused) {
    m_station.add("erika", Role::Operator, "B-0001");
    start();
    EXPECT_TRUE(m_person.locked());
    EXPECT_FALSE(m_person.mayRunBoards());
    m_person.badge(QStringLiteral("B-0002"));
    EXPECT_TRUE(comes([this] { return m_person.refused(); }));
    EXPECT_TRUE(m_person.locked());
    logIn(QStringLiteral("B-0001"), QStringLiteral("erika"));
    EXPECT_FALSE(m_person.locked());
    EXPECT_TRUE(m_person.mayRunBoards());
    EXPECT_FALSE(m_person.supervisor());
    EXPECT_FALSE(m_person.refused());
    m_person.logOut();
    EXPECT_TRUE(m_person.locked());
}

TEST_F(Person, WhoComesAndGoesAndARefusedBadgeStandInTheLog) {
    m_station.add("erika", Role::Operator, "B-0001");
    m_station.add("supervisor", Role::Supervisor, "B-0004");
    start();
    m_person.badge(QStringLiteral("B-0002"));
    ASSERT_TRUE(comes([this] { return log() == "? "; })) << log();
    logIn(QStringLiteral("B-0001"), QStringLiteral("erika"));
    EXPECT_TRUE(takesBadge(QStringLiteral("B-0004")));
    ASSERT_TRUE(comes([this] { return m_authority.asking(); }));
    enter(m_authority, "wrong");
    ASSERT_TRUE(comes([this] { return !m_authority.working(); }));
    EXPECT_EQ(log(), "? +erika ") << "not before the passphrase is right";
    enter(m_authority, "correct horse");
    ASSERT_TRUE(comes([this] { return m_person.supervisor().has_value(); }));
    m_person.logOut();
    ASSERT_TRUE(comes([this] { return log() == "? +erika +supervisor<erika -supervisor:button "; })) << log();
    logIn(QStringLiteral("B-0001"), QStringLiteral("erika"));
    m_person.end();
    EXPECT_TRUE(log().ends_with("+erika -erika:end ")) << log();
    EXPECT_EQ(m_station.journal().check().ok(), true);
}

TEST_F(Person, SomebodyWhoWasAddedAMomentAgoMayLogIn) {
    m_station.add("erika", Role::Operator, "B-0001");
    start();
    m_station.add("bert", Role::Operator, "B-0002");
    logIn(QStringLiteral("B-0002"), QStringLiteral("bert"));
}

TEST_F(Person, AnAuditorLooksOn) {
    m_station.add("aurelia", Role::Auditor, "B-0003");
    start();
    logIn(QStringLiteral("B-0003"), QStringLiteral("aurelia"));
    EXPECT_FALSE(m_person.mayRunBoards());
    EXPECT_FALSE(m_person.supervisor());
}

TEST_F(Person, ASupervisorsBadgeWantsThePassphraseToo) {
    m_station.add("supervisor", Role::Supervisor, "B-0004");
    start();
    m_person.badge(QStringLiteral("B-0004"));
    ASSERT_TRUE(comes([this] { return m_authority.asking(); }));
    EXPECT_TRUE(m_person.locked());
    enter(m_authority, "wrong");
    EXPECT_TRUE(comes([this] { return !m_authority.trouble().isEmpty(); }));
    EXPECT_TRUE(m_person.locked());
    enter(m_authority, "correct horse");
    EXPECT_TRUE(comes([this] { return m_person.supervisor() == "supervisor"; }));
    EXPECT_TRUE(m_person.mayRunBoards());
}

TEST_F(Person, AnothersBadgeSwitchesAndIsSaid) {
    m_station.add("erika", Role::Operator, "B-0001");
    m_station.add("bert", Role::Operator, "B-0002");
    start();
    logIn(QStringLiteral("B-0001"), QStringLiteral("erika"));
    EXPECT_FALSE(takesBadge(QStringLiteral("SN-0001"))) << "a board's label";
    EXPECT_TRUE(takesBadge(QStringLiteral("B-0001"))) << "the own one changes nothing";
    EXPECT_EQ(m_person.personName(), QStringLiteral("erika"));
    EXPECT_TRUE(takesBadge(QStringLiteral("B-0002")));
    EXPECT_TRUE(comes([this] { return m_person.personName() == QStringLiteral("bert"); }));
    EXPECT_TRUE(m_person.said().contains(QStringLiteral("bert")) && m_person.said().contains(QStringLiteral("erika")));
}

TEST_F(Person, WhoTouchesNothingIsLoggedOutButNotWhileAFixtureWorks) {
    m_station.add("erika", Role::Operator, "B-0001");
    start();
    logIn(QStringLiteral("B-0001"), QStringLiteral("erika"));
    m_person.setWorking(true);
    m_person.setLogoutAfter(std::chrono::milliseconds{60});
    EXPECT_FALSE(comes([this] { return m_person.locked(); }, 300));
    m_person.setWorking(false);
    EXPECT_TRUE(comes([this] { return m_person.locked(); }, 5'000));
    EXPECT_TRUE(m_person.said().contains(QStringLiteral("erika")));
}

TEST_F(Person, ATouchKeepsThemIn) {
    m_station.add("erika", Role::Operator, "B-0001");
    start();
    logIn(QStringLiteral("B-0001"), QStringLiteral("erika"));
    QWindow page;
    page.show();
    m_person.setLogoutAfter(std::chrono::milliseconds{1'000});
    QElapsedTimer touched;
    touched.start();
    qint64 longest = 0;
    for (int n = 0; n < 15; ++n) {
        QTest::mouseClick(&page, Qt::LeftButton);
        longest = std::max(longest, touched.restart());
        QTest::qWait(100);
    }
    longest = std::max(longest, touched.elapsed());
    // a machine that stood still for so long has touched nothing for as long
    EXPECT_TRUE(!m_person.locked() || longest >= 900) << longest << " ms between two touches";
    EXPECT_TRUE(comes([this] { return m_person.locked(); }));
}

TEST_F(Person, NoTimeOfLogoutMeansNever) {
    m_station.station->config.logoutMinutes = 0;
    m_station.add("erika", Role::Operator, "B-0001");
    start();
    logIn(QStringLiteral("B-0001"), QStringLiteral("erika"));
    EXPECT_FALSE(comes([this] { return m_person.locked(); }, 200));
}

TEST_F(Person, WhoWasRemovedIsOutAtTheNextLook) {
    m_station.add("erika", Role::Operator, "B-0001");
    m_station.add("bert", Role::Operator, "B-0002");
    start();
    logIn(QStringLiteral("B-0001"), QStringLiteral("erika"));
    test::must(db::People{m_station.journal()}.remove("erika", "supervisor"));
    EXPECT_TRUE(comes([this] { return m_person.locked(); }, 15'000));
}

}  // namespace
}  // namespace keystamp::viewmodel
