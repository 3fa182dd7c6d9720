// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/batch_controller.h"

#include <gtest/gtest.h>

namespace keystamp::viewmodel {
namespace {

class BatchControllerTest : public testing::Test {
protected:
    void show(db::BatchState state, const workflow::Reconciliation& counts = {}) {
        db::BatchProgress one;
        one.batch.name = "order-1";
        one.batch.state = state;
        m_page.show(one, counts);
    }

    Background m_background;
    BatchController m_page{m_background};
};

TEST_F(BatchControllerTest, WhatMayBeDoneFollowsFromItsState) {
    EXPECT_FALSE(m_page.mayPause() || m_page.mayResume() || m_page.mayClose()) << "before it was read";
    show(db::BatchState::Open);
    EXPECT_TRUE(m_page.mayPause() && !m_page.mayResume() && m_page.mayClose());
    show(db::BatchState::Paused);
    EXPECT_TRUE(!m_page.mayPause() && m_page.mayResume() && m_page.mayClose());
    show(db::BatchState::Closed);
    EXPECT_FALSE(m_page.mayPause() || m_page.mayResume() || m_page.mayClose());
}

TEST_F(BatchControllerTest, CountsAreSaidToAgreeOnlyWhereTheyAreKnownAndDo) {
    EXPECT_FALSE(m_page.counted() || m_page.agrees());
    show(db::BatchState::Open, {4, 4, 4, {}});
    EXPECT_TRUE(m_page.counted() && m_page.agrees());
    EXPECT_EQ(m_page.inLedger(), QStringLiteral("4"));
    show(db::BatchState::Open, {5, 4, 4, {"leaf 01 is missing", "leaf 02 is missing"}});
    EXPECT_TRUE(m_page.counted() && !m_page.agrees());
    EXPECT_EQ(m_page.gaps(), QStringLiteral("leaf 01 is missing\nleaf 02 is missing"));
}

TEST_F(BatchControllerTest, WhatTheCloudSaidAndWhyTheStationStoppedItAreFactsOnceThereAreAny) {
    const auto fact = [&](const QString& name) {
        for (const QVariant& one : m_page.facts()) {
            if (one.toMap()[QStringLiteral("name")] == name) return one.toMap()[QStringLiteral("value")].toString();
        }
        return QString{};
    };
    show(db::BatchState::Open);
    for (const auto& name : {QStringLiteral("In the cloud"), QStringLiteral("Sample"), QStringLiteral("Stopped")}) EXPECT_EQ(fact(name), QString{});
    db::BatchProgress one;
    one.batch.name = "order-1";
    one.batch.sample = 2;
    one.batch.sampleOf = 50;
    one.batch.stopped = "pump-7: the cloud says disabled";
    m_page.show(one, {}, {{{db::CloudState::Provisioned, 30}, {db::CloudState::Missing, 2}}, 1});
    EXPECT_EQ(fact(QStringLiteral("In the cloud")), QStringLiteral("Provisioned 30 · Missing 2 · void and not blocked 1"));
    EXPECT_EQ(fact(QStringLiteral("Sample")), QStringLiteral("2 of 50"));
    EXPECT_EQ(fact(QStringLiteral("Stopped")), QStringLiteral("pump-7: the cloud says disabled"));
}

}  // namespace
}  // namespace keystamp::viewmodel
