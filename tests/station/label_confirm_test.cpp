// SPDX-License-Identifier: Apache-2.0
// After a PASS a printed label is scanned before its fixture takes another board.
#include <nlohmann/json.hpp>

#include "tests/station/audited.h"
#include "tests/station/line_bench.h"
#include "tests/support/label_printer.h"

namespace keystamp::test {
namespace {
using nlohmann::json;
using namespace std::chrono_literals;
using workflow::FixtureStatus;
using workflow::Labels;
using workflow::Line;

class ConfirmedLabels : public ::testing::Test {
protected:
    ConfirmedLabels() {
        static_cast<void>(m_bench.station.patternBatch("con", Mode::Sas, 40));
        label::Settings settings;
        settings.printer = m_printer.address();
        settings.form = label::Template::standard(50, 25, 8);
        auto& station = m_bench.station.station();
        station.labels = std::make_unique<Labels>(*station.journal, settings, Labels::Pace{.idle = 20ms, .trouble = 20ms});
    }
    static workflow::LineOptions options() {
        workflow::LineOptions options = LineBench::scripted();
        options.queueScans = false;
        options.confirmLabels = true;
        return options;
    }
    void pass(Line& line, const std::string& fixture, const std::string& scan) {
        const auto taken = line.scanAt(fixture, scan);
        ASSERT_TRUE(taken.ok()) << describe(taken.error());
        line.waitUntilIdle();
        ASSERT_TRUE(m_bench.sees([&](const FixtureStatus& s) { return s.fixture == fixture && s.scan == scan && s.labelAwaited; }));
    }
    void untilPrinted() { m_bench.station.station().labels->settle(Deadline::in(20s)); }
    bool released(const std::string& fixture, const std::string& scan) {
        return m_bench.sees([&](const FixtureStatus& s) {
            return s.fixture == fixture && s.scan == scan && s.phase == FixtureStatus::Phase::Done && !s.labelAwaited;
        });
    }
    static ErrorCode refusal(const Result<Line::Taken>& taken, const std::string& says) {
        EXPECT_FALSE(taken.ok());
        if (taken.ok()) return ErrorCode::Internal;
        EXPECT_NE(taken.error().detail.find(says), std::string::npos) << taken.error().detail;
        return taken.error().code;
    }
    std::vector<json> audited(const std::string& kind) { return test::audited(m_bench.station.journal(), kind); }

    LabelPrinter m_printer;
    LineBench m_bench{3, options()};
};

TEST_F(ConfirmedLabels, TheFixtureTakesNoOtherBoardUntilItsLabelWasScanned) {
    Line& line = m_bench.open("con");
    pass(line, "F1", "sn-1");
    untilPrinted();
    EXPECT_EQ(refusal(line.scanAt("F1", "sn-2"), "F1: con-0001"), ErrorCode::LabelAwaited);
    const auto taken = line.scan("con-0001");
    ASSERT_TRUE(taken.ok()) << describe(taken.error());
    EXPECT_TRUE(taken->confirms);
    EXPECT_EQ(taken->fixture, "F1");
    ASSERT_TRUE(released("F1", "sn-1"));
    const auto rows = audited("label-confirmed");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows.front()["id"], "con-0001");
    EXPECT_EQ(rows.front()["fixture"], "F1");
    EXPECT_FALSE(rows.front()["uid"].get<std::string>().empty());
    pass(line, "F1", "sn-2");
}

TEST_F(ConfirmedLabels, TheLabelOfAnotherFixturesBoardIsRefusedAndNamesIt) {
    Line& line = m_bench.open("con");
    pass(line, "F1", "sn-1");
    pass(line, "F2", "sn-2");
    untilPrinted();
    EXPECT_EQ(refusal(line.scanAt("F1", "con-0002"), "F2: con-0002"), ErrorCode::OtherLabel);
    // which board it was put on, a label alone does not say
    EXPECT_EQ(refusal(line.scan("con-0002"), "2 boards wait for their labels"), ErrorCode::NoFixtureClaimed);
    // nor may it be taken for a fixture that waits for none
    ASSERT_TRUE(line.scan("FIX-3").ok());
    EXPECT_EQ(refusal(line.scan("con-0001"), "F1: con-0001"), ErrorCode::OtherLabel);
    ASSERT_TRUE(line.scan("FIX-2").ok());
    const auto second = line.scan("con-0002");
    ASSERT_TRUE(second.ok()) << describe(second.error());
    ASSERT_TRUE(released("F2", "sn-2"));
    ASSERT_TRUE(line.scan("con-0001").ok());  // it is the only one left
    ASSERT_TRUE(released("F1", "sn-1"));
    EXPECT_EQ(audited("label-confirmed").size(), 2u);
}

TEST_F(ConfirmedLabels, ALabelThatIsNotPrintedYetIsOnNoBoard) {
    m_printer.turn(false);
    Line& line = m_bench.open("con");
    pass(line, "F1", "sn-1");
    EXPECT_EQ(refusal(line.scan("con-0001"), "not printed yet"), ErrorCode::LabelAwaited);
    m_printer.turn(true);
    for (int n = 0; n < 2000 && m_bench.station.station().labels->waits(*DeviceId::parse("con-0001")); ++n) std::this_thread::sleep_for(5ms);
    ASSERT_TRUE(line.scan("con-0001").ok());
}

TEST_F(ConfirmedLabels, APersonMaySayThatThereIsNoneAndThatIsAudited) {
    m_printer.turn(false);
    Line& line = m_bench.open("con");
    pass(line, "F1", "sn-1");
    ASSERT_TRUE(line.skipLabel("F1").ok());
    ASSERT_TRUE(released("F1", "sn-1"));
    EXPECT_EQ(audited("label-skipped").size(), 1u);
    EXPECT_TRUE(line.skipLabel("F2").ok());
    EXPECT_FALSE(line.skipLabel("F9").ok());
    pass(line, "F1", "sn-2");
    m_bench.close();  // and a line that is left in the middle says so
    ASSERT_EQ(audited("label-unconfirmed").size(), 1u);
    EXPECT_EQ(audited("label-unconfirmed").front()["id"], "con-0002");
}

}  // namespace
}  // namespace keystamp::test
