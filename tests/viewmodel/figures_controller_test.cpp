// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/figures_controller.h"

#include <gtest/gtest.h>

namespace keystamp::viewmodel {
namespace {

class FiguresControllerTest : public testing::Test {
protected:
    Background m_background;
    FiguresController m_page{m_background};
};

TEST_F(FiguresControllerTest, WithoutABoardThereIsNoYieldAndNoTakt) {
    m_page.show({});
    EXPECT_TRUE(m_page.hsm().isEmpty());
    EXPECT_EQ(m_page.yield(), QStringLiteral("–"));
    EXPECT_EQ(m_page.takt(), QStringLiteral("–"));
    EXPECT_TRUE(m_page.hours().isEmpty() && m_page.failures().isEmpty());
}

TEST_F(FiguresControllerTest, AHundredPerCentIsEveryBoardAndNotNearly) {
    db::Figures figures;
    figures.boards = 100'000;
    figures.firstPass = 99'999;
    m_page.show(figures);
    EXPECT_EQ(m_page.yield(), QStringLiteral("99.9 %"));
    figures.firstPass = 100'000;
    m_page.show(figures);
    EXPECT_EQ(m_page.yield(), QStringLiteral("100.0 %"));
}

TEST_F(FiguresControllerTest, BarsAreSharesOfTheBestHourAndOfTheMostFrequentFailure) {
    db::Figures figures;
    figures.hours = {{UtcTime{}, 6, 2}, {UtcTime{std::chrono::hours{1}}, 4, 0}};
    figures.failures = {{"F1", "board-silent", 4}, {"F2", "a reason of tomorrow", 1}};
    m_page.show(figures);
    const auto of = [](const QVariant& map, const char* key) { return map.toMap().value(QString::fromLatin1(key)); };
    EXPECT_EQ(of(m_page.hours()[0], "share").toDouble(), 0.75);
    EXPECT_EQ(of(m_page.hours()[0], "failedShare").toDouble(), 0.25);
    EXPECT_EQ(of(m_page.hours()[1], "share").toDouble(), 0.5);
    EXPECT_EQ(of(m_page.failures()[0], "cause").toString(), QStringLiteral("The board does not answer"));
    EXPECT_EQ(of(m_page.failures()[1], "cause").toString(), QStringLiteral("a reason of tomorrow"));
    EXPECT_EQ(of(m_page.failures()[1], "share").toDouble(), 0.25);
    EXPECT_EQ(of(m_page.failures()[0], "upTo").toInt(), 80);
    EXPECT_EQ(of(m_page.failures()[1], "upTo").toInt(), 100);
}

TEST_F(FiguresControllerTest, TheChartEndsAtARoundNumberAboveItsHighestColumn) {
    const auto labels = [this](std::uint64_t most) {
        db::Figures figures;
        figures.hours = {{UtcTime{}, most, 0}};
        m_page.show(figures);
        QStringList all;
        for (const auto& tick : m_page.ticks()) all.push_back(tick.toMap().value(QStringLiteral("label")).toString());
        return all.join(QLatin1Char(' '));
    };
    EXPECT_EQ(labels(0), QString{});
    EXPECT_EQ(labels(3), QStringLiteral("1 2 3 4"));
    EXPECT_EQ(labels(21), QStringLiteral("10 20 30 40"));
    EXPECT_EQ(labels(760), QStringLiteral("200 400 600 800"));
}

TEST_F(FiguresControllerTest, ABatchOfManyDaysHasAColumnADay) {
    db::Figures figures;
    for (int hour = 0; hour < 72; ++hour) figures.hours.push_back({UtcTime{std::chrono::hours{24 * 20'700 + hour}}, 2, 1});
    m_page.show(figures);
    EXPECT_TRUE(m_page.byDay());
    int recorded = 0;
    for (const auto& day : m_page.hours()) recorded += day.toMap().value(QStringLiteral("recorded")).toInt();
    EXPECT_EQ(recorded, 144) << "no hour is left out";
    EXPECT_LE(m_page.hours().size(), 4) << "three days, which local time may cut into four";
}

}  // namespace
}  // namespace keystamp::viewmodel
