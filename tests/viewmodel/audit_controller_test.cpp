// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/audit_controller.h"

#include <gtest/gtest.h>

#include "tests/viewmodel/supervised_station.h"

namespace keystamp::viewmodel {
namespace {

using test::comes;

class Audit : public ::testing::Test {
protected:
    void SetUp() override {
        m_station.station->config.data = m_station.folder.path();
        m_page.setStation(m_station.station);
        for (const char* kind : {"note", "checkpoint", "fail"}) test::must(m_station.journal().audit(kind, R"({"id":"acme-1","who":"erika"})"));
    }
    void TearDown() override { m_page.finish(); }

    QStringList kinds() const {
        QStringList all;
        for (const auto& row : m_page.rows()) all.push_back(row.toMap()[QStringLiteral("kind")].toString());
        return all;
    }
    bool shows(const QStringList& wanted) {
        return comes([&] { return kinds() == wanted; });
    }
    bool done() {
        return comes([this] { return m_page.busy().isEmpty() && !m_page.said().isEmpty(); });
    }

    test::SupervisedStation m_station;
    AuditController m_page;
};

TEST_F(Audit, ShowsTheNewestRowsFirstAndOfThemWhatIsLookedFor) {
    m_page.open();
    ASSERT_TRUE(shows({QStringLiteral("fail"), QStringLiteral("checkpoint"), QStringLiteral("note")})) << kinds().join(QLatin1Char(' ')).toStdString();
    EXPECT_FALSE(m_page.more());
    const auto row = m_page.rows().front().toMap();
    EXPECT_EQ(row[QStringLiteral("who")], QStringLiteral("erika"));
    EXPECT_EQ(row[QStringLiteral("text")], QStringLiteral("id acme-1"));
    m_page.setFilter(AuditController::Units);
    EXPECT_TRUE(shows({QStringLiteral("fail")}));
    m_page.setFilter(AuditController::Everything);
    m_page.find(QStringLiteral("nobody"));
    EXPECT_TRUE(shows({}));
    m_page.findAll();
    EXPECT_TRUE(comes([this] { return kinds().size() == 3; }));
}

TEST_F(Audit, SaysUpToWhereTheLogIsSigned) {
    m_page.open();
    ASSERT_TRUE(comes([this] { return kinds().size() == 3; }));
    EXPECT_TRUE(m_page.checkpoint().contains(QStringLiteral("none"))) << m_page.checkpoint().toStdString();
    m_page.sign();
    ASSERT_TRUE(done());
    EXPECT_FALSE(m_page.bad()) << m_page.said().toStdString();
    EXPECT_TRUE(comes([this] { return m_page.checkpoint().contains(QStringLiteral("signed up to row 3")); })) << m_page.checkpoint().toStdString();
}

TEST_F(Audit, AFolderThatCannotBeWrittenIsNamed) {
    m_page.open();
    m_page.handOver(QStringLiteral("/proc/no-such-stick"));
    ASSERT_TRUE(done());
    EXPECT_TRUE(m_page.bad());
    EXPECT_TRUE(m_page.said().contains(QStringLiteral("no-such-stick"))) << m_page.said().toStdString();
}

}  // namespace
}  // namespace keystamp::viewmodel
