// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/batches_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>

namespace keystamp::viewmodel {
namespace {

db::BatchProgress batch(const std::string& name, db::BatchState state, int day) {
    db::BatchProgress one;
    one.batch.name = name;
    one.batch.state = state;
    one.batch.count = 4;
    one.recorded = 1;
    one.batch.createdAt = UtcTime{std::chrono::hours{24 * day}};
    return one;
}

TEST(BatchesModel, OpenBatchesAreOfferedAloneAndTheNewestFirst) {
    BatchesModel model;
    const QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    model.set({batch("old", db::BatchState::Open, 1), batch("done", db::BatchState::Closed, 2),
               batch("held", db::BatchState::Paused, 3), batch("new", db::BatchState::Open, 4)}, true);
    ASSERT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.data(model.index(0), BatchesModel::NameRole), QStringLiteral("new"));
    EXPECT_EQ(model.data(model.index(1), BatchesModel::NameRole), QStringLiteral("old"));
    EXPECT_TRUE(model.hasOpen(QStringLiteral("old")));
    EXPECT_FALSE(model.hasOpen(QStringLiteral("done")));
    EXPECT_FALSE(model.hasOpen(QStringLiteral("held")));
}

TEST(BatchesModel, AllOfThemSayTheirStateAndOnlyOpenOnesCanBeChosen) {
    BatchesModel model;
    const QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    model.set({batch("done", db::BatchState::Closed, 1), batch("held", db::BatchState::Paused, 2), batch("new", db::BatchState::Open, 3)}, false);
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.data(model.index(0), BatchesModel::StateRole), QString{});
    EXPECT_EQ(model.data(model.index(1), BatchesModel::StateRole), QStringLiteral("Paused"));
    EXPECT_EQ(model.data(model.index(2), BatchesModel::StateRole), QStringLiteral("Closed for good"));
    EXPECT_TRUE(model.hasOpen(QStringLiteral("new")));
    EXPECT_FALSE(model.hasOpen(QStringLiteral("held")));
}

TEST(BatchesModel, TheShareIsOfWhatWasOrderedAndNeverAboveAll) {
    BatchesModel model;
    auto over = batch("over", db::BatchState::Open, 1);
    over.recorded = 9;
    auto none = batch("none", db::BatchState::Open, 0);
    none.batch.count = 0;
    model.set({batch("a", db::BatchState::Open, 2), over, none}, true);
    EXPECT_EQ(model.data(model.index(0), BatchesModel::ShareRole), 0.25);
    EXPECT_EQ(model.data(model.index(1), BatchesModel::ShareRole), 1.0);
    EXPECT_EQ(model.data(model.index(2), BatchesModel::ShareRole), 0.0);
}

}  // namespace
}  // namespace keystamp::viewmodel
