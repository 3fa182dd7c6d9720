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

}  // namespace
}  // namespace keystamp::viewmodel
