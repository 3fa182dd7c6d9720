// SPDX-License-Identifier: Apache-2.0
// Labels of recorded units, on a printer that is off, slow, empty, or breaks off in the middle of one.
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <pty.h>
#include <unistd.h>

#include "station/label/printer.h"
#include "tests/station/audited.h"
#include "tests/station/line_bench.h"
#include "tests/support/label_printer.h"

namespace keystamp::test {
namespace {
using db::Verdict;
using namespace std::chrono_literals;
using nlohmann::json;
using workflow::FixtureStatus;
using workflow::Labels;
using workflow::Line;

/// A line of two fixtures whose recorded units get labels.
class LabelledLine : public ::testing::Test {
protected:
    LabelledLine() { static_cast<void>(m_bench.station.patternBatch("lab", Mode::Sas, 40)); }

    static label::Settings settings(const std::string& printer) {
        label::Settings settings;
        settings.printer = printer;
        settings.form = label::Template::standard(50, 25, 8);
        return settings;
    }
    Labels& begin() {
        auto& station = m_bench.station.station();
        station.labels = std::make_unique<Labels>(*station.journal, settings(m_printer.address()), Labels::Pace{.idle = 20ms, .trouble = 20ms});
        return *station.labels;
    }
    void end() { m_bench.station.station().labels.reset(); }
    void pass(Line& line, const std::string& scan, const std::string& fixture = "F1") {
        const std::size_t before = m_bench.done().size();
        ASSERT_TRUE(line.scanAt(fixture, scan).ok());
        line.waitUntilIdle();
        ASSERT_EQ(m_bench.done().size(), before + 1);
        ASSERT_EQ(m_bench.done().back().verdict, Verdict::Pass);
    }
    static bool until(const std::function<bool()>& holds) {
        for (const auto deadline = Deadline::in(20s); !deadline.passed(); std::this_thread::sleep_for(2ms)) {
            if (holds()) return true;
        }
        return false;
    }
    std::vector<json> audited(const std::string& kind) { return test::audited(m_bench.station.journal(), kind); }
    /// IDs as they came out.
    std::vector<std::string> printed() const {
        std::vector<std::string> ids;
        for (const std::string& zpl : m_printer.labels()) {
            const auto at = zpl.find("^FDlab-");
            ids.push_back(at == std::string::npos ? "?" : zpl.substr(at + 3, 8));
        }
        return ids;
    }
    std::optional<ErrorCode> trouble() {
        const auto state = m_bench.station.station().labels->state();
        return state.trouble ? std::optional{state.trouble->code} : std::nullopt;
    }

    LabelPrinter m_printer;
    LineBench m_bench{2};
};

TEST_F(LabelledLine, EachRecordedUnitGetsItsLabelOnceAndARowInTheAuditLog) {
    Labels& labels = begin();
    Line& line = m_bench.open("lab");
    pass(line, "sn-1");
    pass(line, "sn-2");
    labels.settle(Deadline::in(20s));
    ASSERT_EQ(printed(), (std::vector<std::string>{"lab-0001", "lab-0002"}));
    ASSERT_TRUE(until([&] { return audited("label-print").size() == 2; }));
    const auto row = audited("label-print").front();
    EXPECT_EQ(row["id"], "lab-0001");
    EXPECT_EQ(row["batch"], "lab");
    EXPECT_EQ(row["printer"], m_printer.address());
    EXPECT_FALSE(row.contains("again"));
}

TEST_F(LabelledLine, WhatIsNotRecordedGetsNone) {
    Labels& labels = begin();
    const DeviceId id = *DeviceId::parse("lab-0001");
    const auto unknown = labels.print(id);
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error().code, ErrorCode::BadUsage);
    m_bench.bench(1).board->proofIsBad = true;  // its unit is begun, and voided
    Line& line = m_bench.open("lab");
    ASSERT_TRUE(line.scanAt("F1", "sn-1").ok());
    line.waitUntilIdle();
    EXPECT_FALSE(labels.printAgain(id, {}).ok());
    const auto now = workflow::printLabelNow(m_bench.station.journal(), settings(m_printer.address()), id, {});
    ASSERT_FALSE(now.ok());
    EXPECT_EQ(now.error().code, ErrorCode::BadUsage);
    EXPECT_NE(now.error().detail.find("lab-0001 is not recorded"), std::string::npos);
    EXPECT_TRUE(m_printer.labels().empty());
}

TEST_F(LabelledLine, APrinterThatIsOffHoldsUpNoBoardAndHealsByItself) {
    m_printer.turn(false);
    Labels& labels = begin();
    Line& line = m_bench.open("lab");
    for (const char* scan : {"sn-1", "sn-2", "sn-3"}) pass(line, scan);
    ASSERT_TRUE(until([&] { return trouble() == ErrorCode::PrinterOff; }));
    EXPECT_EQ(labels.state().waiting, (std::vector<std::string>{"lab-0001", "lab-0002", "lab-0003"}));
    EXPECT_NE(labels.state().trouble->detail.find(m_printer.address().substr(4)), std::string::npos);
    m_printer.turn(true);
    ASSERT_TRUE(until([&] { return labels.state().waiting.empty() && !trouble(); }));
    EXPECT_EQ(printed(), (std::vector<std::string>{"lab-0001", "lab-0002", "lab-0003"}));
}

TEST_F(LabelledLine, WhatAPrinterSaysToBeWrongIsSaidAlsoWhileNothingIsPrinted) {
    begin();
    const std::vector<std::pair<std::atomic<bool>*, ErrorCode>> troubles{{&m_printer.paperOut, ErrorCode::PrinterEmpty},
                                                                         {&m_printer.ribbonOut, ErrorCode::PrinterEmpty},
                                                                         {&m_printer.headOpen, ErrorCode::PrinterOpen},
                                                                         {&m_printer.paused, ErrorCode::PrinterPaused}};
    Line& line = m_bench.open("lab");
    for (const auto& [flag, code] : troubles) {
        *flag = true;
        ASSERT_TRUE(until([&, wanted = code] { return trouble() == wanted; })) << name(code);
        pass(line, "sn-" + std::string{name(code)} + std::to_string(m_printer.labels().size()));
        const auto before = m_printer.labels().size();
        std::this_thread::sleep_for(60ms);
        EXPECT_EQ(m_printer.labels().size(), before) << name(code);  // nothing is sent to be lost
        *flag = false;
        ASSERT_TRUE(until([&] { return !trouble() && m_printer.labels().size() == before + 1; })) << name(code);
    }
}

TEST_F(LabelledLine, ALabelThatBrokeOffIsSentAgainAndThatItMayBeThereTwiceIsSaid) {
    m_printer.breaksInLabel = 1;
    Labels& labels = begin();
    Line& line = m_bench.open("lab");
    pass(line, "sn-1");
    ASSERT_TRUE(until([&] { return labels.state().again == "lab-0001"; }));
    EXPECT_EQ(printed(), (std::vector<std::string>{"lab-0001"}));
    m_printer.breaksAfterLabel = 1;
    pass(line, "sn-2");
    ASSERT_TRUE(until([&] { return labels.state().again == "lab-0002"; }));
    EXPECT_EQ(printed(), (std::vector<std::string>{"lab-0001", "lab-0002", "lab-0002"}));
    const auto rows = audited("label-print");
    ASSERT_EQ(rows.size(), 2u);
    for (const auto& row : rows) EXPECT_EQ(row.value("again", false), true) << row.dump();
    pass(line, "sn-3");
    ASSERT_TRUE(until([&] { return labels.state().again.empty(); }));
}

TEST_F(LabelledLine, WhatThePrinterOwesWhenTheStationEndsIsPrintedWhenItStartsAnew) {
    m_printer.turn(false);
    begin();
    {
        Line& line = m_bench.open("lab");
        pass(line, "sn-1");
        pass(line, "sn-2");
        m_bench.close();
    }
    end();
    {
        Line& line = m_bench.open("lab");  // a run without labels: nothing is owed for it
        pass(line, "sn-3");
        m_bench.close();
    }
    m_printer.turn(true);
    Labels& labels = begin();
    ASSERT_TRUE(until([&] { return labels.state().waiting.empty(); }));
    EXPECT_EQ(printed(), (std::vector<std::string>{"lab-0001", "lab-0002"}));
    end();
    begin().settle(Deadline::in(20s));
    EXPECT_EQ(printed().size(), 2u);  // and not once more
}

TEST_F(LabelledLine, AReprintIsAuditedWithWhoAndWhy) {
    Labels& labels = begin();
    Line& line = m_bench.open("lab");
    pass(line, "sn-1");
    ASSERT_TRUE(labels.printAgain(*DeviceId::parse("lab-0001"), {"it tore", "eve"}).ok());
    ASSERT_TRUE(until([&] { return audited("label-reprint").size() == 1; }));
    EXPECT_EQ(printed(), (std::vector<std::string>{"lab-0001", "lab-0001"}));
    EXPECT_EQ(audited("label-reprint").front()["reason"], "it tore");
    EXPECT_EQ(audited("label-reprint").front()["who"], "eve");
}

TEST_F(LabelledLine, AVoidedUnitsLabelIsNotPrintedAnyMore) {
    m_printer.turn(false);
    Labels& labels = begin();
    Line& line = m_bench.open("lab");
    pass(line, "sn-1");
    const auto unit = m_bench.station.only("lab", db::UnitState::Recorded);
    ASSERT_TRUE(m_bench.station.journal().voidUnit(unit.number, "scrapped", "eve", db::VoidedFor::Scrap).ok());
    m_printer.turn(true);
    ASSERT_TRUE(until([&] { return labels.state().waiting.empty(); }));
    EXPECT_TRUE(m_printer.labels().empty());
}

TEST(Printer, OneThatNeverSaysHowItIsPrintsAllTheSame) {
    LabelPrinter zebra;
    zebra.answers = false;
    label::Printer printer{zebra.address(), {.answer = 50ms}};
    const auto asked = printer.ask();
    ASSERT_TRUE(asked.ok());
    EXPECT_NE(asked->find("does not say how it is"), std::string::npos);
    EXPECT_TRUE(printer.send("^XA^FDx^FS^XZ").result.ok());
    for (int n = 0; n < 1000 && zebra.labels().empty(); ++n) std::this_thread::sleep_for(5ms);
    EXPECT_EQ(zebra.labels().size(), 1u);
}

TEST(Printer, OneThatHasAnsweredAndFallsSilentIsInTrouble) {
    LabelPrinter zebra;
    label::Printer printer{zebra.address(), {.answer = 50ms, .print = 50ms}};
    ASSERT_TRUE(printer.ask().ok());
    zebra.answers = false;
    const auto asked = printer.ask();
    ASSERT_FALSE(asked.ok());
    EXPECT_EQ(asked.error().code, ErrorCode::PrinterOff);
}

TEST(Printer, ASlowOneIsWaitedForAndNothingIsSentTwice) {
    LabelPrinter zebra;
    zebra.slow = 300;
    label::Printer printer{zebra.address()};
    EXPECT_TRUE(printer.send("^XA^FDx^FS^XZ").result.ok());
    EXPECT_EQ(zebra.labels().size(), 1u);
}

TEST(Printer, ADeviceFileIsWrittenToAndReadFrom) {
    int master = -1, slave = -1;
    char path[64];
    ASSERT_EQ(::openpty(&master, &slave, path, nullptr, nullptr), 0);
    const UniqueFd ours{master}, theirs{slave};
    termios raw{};
    ::cfmakeraw(&raw);
    ::tcsetattr(slave, TCSANOW, &raw);
    label::Printer printer{std::string{"usb:"} + path, {.answer = 50ms}};
    EXPECT_TRUE(printer.send("^XA^FDx^FS^XZ").result.ok());
    std::string all;
    while (all.find("^XZ") == std::string::npos) {
        char got[256];
        const ssize_t size = ::read(master, got, sizeof got);
        ASSERT_GT(size, 0);
        all.append(got, static_cast<std::size_t>(size));
    }
    EXPECT_EQ(all, "~HS\r\n^XA^FDx^FS^XZ");
}

TEST(Printer, AnAddressThatNobodyCouldOpenIsRefusedAndOneThatIsGoneIsOff) {
    for (const char* bad : {"", "tcp:", "tcp:a:b:c", "udp:a", "usb:lp0", "/dev/usb/lp0"}) EXPECT_FALSE(label::Printer::check(bad).ok()) << bad;
    for (const char* good : {"tcp:a", "tcp:a:9100", "tcp:10.0.0.7:9100", "usb:/dev/usb/lp0"}) EXPECT_TRUE(label::Printer::check(good).ok()) << good;
    for (const char* gone : {"usb:/dev/usb/none", "tcp:127.0.0.1:1"}) {
        label::Printer printer{gone};
        const auto asked = printer.ask();
        ASSERT_FALSE(asked.ok()) << gone;
        EXPECT_EQ(asked.error().code, ErrorCode::PrinterOff) << gone;
    }
}

}  // namespace
}  // namespace keystamp::test
