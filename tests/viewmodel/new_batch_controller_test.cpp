// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/new_batch_controller.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <fstream>

#include "tests/viewmodel/supervised_station.h"

namespace keystamp::viewmodel {
namespace {

using test::comes;
using test::enter;

class NewBatch : public ::testing::Test {
protected:
    void SetUp() override {
        m_page.setStation(m_station.station);
        m_page.setSupervisor("supervisor");
    }
    void TearDown() override { m_background.finish(); }

    void write(NewBatchController::Line line, const char* text) {
        m_page.setAt(line);
        for (; *text != '\0'; ++text) m_page.key(*text);
    }
    void writeAll() {
        write(NewBatchController::Name, "order-1");
        write(NewBatchController::Scope, "0ne00TEST01");
        write(NewBatchController::Pattern, "acme-{seq:06}");
        write(NewBatchController::First, "1");
        write(NewBatchController::Count, "100");
    }
    std::string valueOf(NewBatchController::Line line) const {
        for (const auto& one : m_page.lines()) {
            if (one.toMap()[QStringLiteral("line")].toInt() == line) return one.toMap()[QStringLiteral("value")].toString().toStdString();
        }
        return "(not there)";
    }
    bool ordered() {
        m_page.order();
        return comes([this] { return !m_page.busy(); }) && m_authority.asking();
    }
    Result<db::BatchProgress> batch() { return m_station.journal().batch("order-1"); }

    test::SupervisedStation m_station;
    Background m_background;
    AuthorityController m_authority{m_background};
    NewBatchController m_page{m_background, m_authority};
};

TEST_F(NewBatch, IsOpenedByThePassphraseAndNotBefore) {
    QSignalSpy made{&m_page, &NewBatchController::made};
    writeAll();
    ASSERT_TRUE(ordered()) << m_page.detail().toStdString();
    EXPECT_TRUE(m_authority.act().contains(QStringLiteral("100")));
    enter(m_authority, "wrong");
    ASSERT_TRUE(comes([this] { return !m_authority.working(); }));
    EXPECT_FALSE(batch());
    enter(m_authority, "correct horse");
    ASSERT_TRUE(comes([&] { return made.count() == 1; }));
    const auto opened = test::must(batch()).batch;
    EXPECT_EQ(opened.count, 100U);
    EXPECT_EQ(opened.spare, 10U) << "a tenth where nothing is said";
    EXPECT_EQ(opened.createdBy, "supervisor");
}

TEST_F(NewBatch, WhatIsRefusedIsRefusedBeforeAPassphraseIsAskedFor) {
    writeAll();
    write(NewBatchController::Count, "x");
    EXPECT_FALSE(ordered());
    EXPECT_TRUE(m_page.detail().contains(QStringLiteral("100x")));
    m_page.eraseLast();
    write(NewBatchController::Name, " Not A Name");
    EXPECT_FALSE(ordered());
    EXPECT_FALSE(m_page.trouble().isEmpty());
    m_page.setSupervisor(std::nullopt);
    EXPECT_FALSE(ordered()) << "nobody may";
}

TEST_F(NewBatch, AScanFillsALineAndTheNextOneIsWrittenTo) {
    m_page.give(QStringLiteral("order-1"));
    m_page.give(QStringLiteral("0ne00TEST01"));
    EXPECT_EQ(valueOf(NewBatchController::Name), "order-1");
    EXPECT_EQ(valueOf(NewBatchController::Scope), "0ne00TEST01");
    EXPECT_EQ(m_page.at(), NewBatchController::Pattern);
}

TEST_F(NewBatch, BeginsWhereTheNewestOneEnds) {
    writeAll();
    ASSERT_TRUE(ordered());
    enter(m_authority, "correct horse");
    ASSERT_TRUE(comes([this] { return batch().ok(); }));
    m_page.begin();
    ASSERT_TRUE(comes([this] { return valueOf(NewBatchController::First) == "111"; })) << valueOf(NewBatchController::First);
    EXPECT_EQ(valueOf(NewBatchController::Scope), "0ne00TEST01");
    EXPECT_EQ(valueOf(NewBatchController::Pattern), "acme-{seq:06}");
    EXPECT_EQ(valueOf(NewBatchController::Name), "");
}

TEST_F(NewBatch, ItsIdsMayComeFromAList) {
    std::ofstream{m_station.folder / "ids.csv"} << "id\nacme-1\nacme-2\nacme-3\n";
    write(NewBatchController::Name, "order-1");
    write(NewBatchController::Scope, "0ne00TEST01");
    m_page.setList(QString::fromStdString(m_station.folder / "ids.csv"));
    EXPECT_EQ(valueOf(NewBatchController::Pattern), "(not there)");
    ASSERT_TRUE(ordered()) << m_page.detail().toStdString();
    enter(m_authority, "correct horse");
    ASSERT_TRUE(comes([this] { return batch().ok(); }));
    EXPECT_EQ(test::must(batch()).batch.count, 3U);

    m_page.setList(QString::fromStdString(m_station.folder / "pulled-out.csv"));
    EXPECT_FALSE(ordered());
    EXPECT_TRUE(m_page.detail().contains(QStringLiteral("pulled-out.csv")));
}

}  // namespace
}  // namespace keystamp::viewmodel
