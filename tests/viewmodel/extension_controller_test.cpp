// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/extension_controller.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "tests/viewmodel/supervised_station.h"

namespace keystamp::viewmodel {
namespace {

using test::comes;
using test::enter;

class Extensions : public ::testing::Test {
protected:
    void SetUp() override {
        workflow::BatchOrder order;
        order.batch.name = "b";
        order.batch.scopeId = "0ne00TEST01";
        order.batch.pattern = "b-{seq:04}";
        order.batch.first = 1;
        order.batch.count = 5;
        test::must(workflow::createBatch(*m_station.station, order, signer().authority()));
        m_page.setStation(m_station.station);
    }
    void TearDown() override { m_background.finish(); }

    test::FakeSigner& signer() { return static_cast<test::FakeSigner&>(*m_station.station->signer); }
    db::BatchProgress now() { return test::must(m_station.journal().batch("b")); }
    void type(const std::string& text) {
        for (const char c : text) m_page.key(c);
    }
    void write(const std::string& count, const std::string& reason) {
        m_page.begin();
        type(count);
        m_page.setAt(ExtensionController::Reason);
        type(reason);
        m_page.ask();
    }

    test::SupervisedStation m_station;
    Background m_background;
    AuthorityController m_authority{m_background};
    ExtensionController m_page{m_authority};
};

TEST_F(Extensions, AreForASupervisorAndNoClosedBatch) {
    auto batch = now();
    m_page.offer(batch, std::nullopt);
    EXPECT_FALSE(m_page.mayAsk());
    m_page.begin();
    EXPECT_FALSE(m_page.writing());
    m_page.offer(batch, "supervisor");
    EXPECT_TRUE(m_page.mayAsk() && !m_page.mayRelease());
    batch.batch.state = db::BatchState::Closed;
    m_page.offer(batch, "supervisor");
    EXPECT_FALSE(m_page.mayAsk());
}

TEST_F(Extensions, ANumberAndAReasonAreWantedBeforeThePassphrase) {
    m_page.offer(now(), "supervisor");
    for (const auto& [count, reason] : {std::pair{"", "ordered"}, {"0", "ordered"}, {"many", "ordered"}, {"3", "  "}}) {
        write(count, reason);
        EXPECT_FALSE(m_authority.asking()) << count << "/" << reason;
        EXPECT_FALSE(m_page.trouble().isEmpty());
    }
    write("3", "ordered");
    EXPECT_TRUE(m_authority.asking());
    EXPECT_TRUE(m_authority.act().contains(QStringLiteral("ordered"))) << qPrintable(m_authority.act());
}

TEST_F(Extensions, OneAsksAndAnotherReleasesIt) {
    signer().supervisors["zoe"] = "another long one";
    QSignalSpy done{&m_page, &ExtensionController::done};
    m_page.offer(now(), "supervisor");
    write("3", "ordered");
    enter(m_authority, "correct horse");
    ASSERT_TRUE(comes([&] { return done.size() == 1; }));
    EXPECT_FALSE(m_page.writing());
    EXPECT_EQ(now().batch.count, 5U) << "not before it is released";
    m_page.offer(now(), "supervisor");
    EXPECT_TRUE(m_page.waits().contains(QStringLiteral("ordered"))) << qPrintable(m_page.waits());
    EXPECT_FALSE(m_page.mayRelease()) << "who asked for it";
    m_page.release();
    EXPECT_FALSE(m_authority.asking());
    m_page.offer(now(), "zoe");
    ASSERT_TRUE(m_page.mayRelease());
    m_page.release();
    enter(m_authority, "another long one");
    ASSERT_TRUE(comes([&] { return done.size() == 2; }));
    EXPECT_EQ(now().batch.count, 8U);
    m_page.offer(now(), "zoe");
    EXPECT_TRUE(m_page.waits().isEmpty());
}

TEST_F(Extensions, WithoutASecondSupervisorThePadSaysWhatIsMissing) {
    m_page.offer(now(), "supervisor");
    write("3", "ordered");
    enter(m_authority, "correct horse");
    ASSERT_TRUE(comes([&] { return !m_authority.trouble().isEmpty(); }));
    EXPECT_TRUE(m_authority.trouble().contains(QStringLiteral("second supervisor"))) << qPrintable(m_authority.trouble());
    EXPECT_FALSE(now().extension.has_value());
}

TEST_F(Extensions, WhatWasWrittenForOneBatchIsNotAskedForAnother) {
    m_page.offer(now(), "supervisor");
    m_page.begin();
    type("30");
    auto other = now();
    other.batch.name = "other";
    m_page.offer(other, "supervisor");
    EXPECT_FALSE(m_page.writing());
}

}  // namespace
}  // namespace keystamp::viewmodel
