// SPDX-License-Identifier: Apache-2.0
#include "station/cli/scans.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "tests/support/temp_folder.h"

namespace keystamp::cli {
namespace {

class Scans : public ::testing::Test {
protected:
    ScanSource source(const std::string& text) {
        EXPECT_TRUE(writeFile(path(), text).ok());
        auto opened = ScanSource::open(path());
        EXPECT_TRUE(opened.ok());
        return std::move(*opened);
    }
    std::vector<std::string> linesOf(const std::string& text) {
        ScanSource from = source(text);
        std::vector<std::string> lines;
        for (;;) {
            const auto line = from.next(m_never.get());
            EXPECT_TRUE(line.ok());
            if (!line || !line->has_value()) return lines;
            lines.push_back(**line);
        }
    }
    std::string path() const { return m_folder / "scans"; }

    test::TempFolder m_folder;
    UniqueFd m_never{eventfd(0, EFD_CLOEXEC)};
};

TEST_F(Scans, ATextBeforeTheFirstCommaNamesTheFixture) {
    const auto named = parseScanLine(" F1 , SN,0001 \r");
    EXPECT_EQ(named.fixture, "F1");
    EXPECT_EQ(named.payload, "SN,0001");
    const auto alone = parseScanLine("SN-0001");
    EXPECT_FALSE(alone.fixture.has_value());
    EXPECT_EQ(alone.payload, "SN-0001");
}

TEST_F(Scans, LinesEndInAnyWayAndBlankOnesAreNoScans) {
    const std::vector<std::string> wanted{"a", "b", "c"};
    EXPECT_EQ(linesOf("a\nb\nc\n"), wanted);
    EXPECT_EQ(linesOf("a\r\nb\r\n\r\n  \nc"), wanted);
    EXPECT_EQ(linesOf("a\rb\rc"), wanted);
    EXPECT_TRUE(linesOf("").empty());
}

TEST_F(Scans, ManyLinesComeWholeAcrossBlocks) {
    std::string text;
    for (int n = 0; n < 100'000; ++n) text += "F1,serial-" + std::to_string(n) + "\n";
    const auto lines = linesOf(text);
    ASSERT_EQ(lines.size(), 100'000u);
    EXPECT_EQ(lines.front(), "F1,serial-0");
    EXPECT_EQ(lines.back(), "F1,serial-99999");
}

TEST_F(Scans, AnEndlessLineIsCutNotKept) {
    const auto lines = linesOf(std::string(10'000, 'x'));
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines.front().size(), 4096u);
}

TEST_F(Scans, AFileTellsBeforehandWhetherEveryLineNamesAFixture) {
    EXPECT_TRUE(source("F1,a\n\nF2,b\n").allNameAFixture());
    EXPECT_FALSE(source("F1,a\nb\n").allNameAFixture());
}

TEST_F(Scans, AStopEndsAReadThatWaitsForAScanner) {
    ASSERT_EQ(mkfifo(path().c_str(), 0600), 0);
    const UniqueFd scanner{::open(path().c_str(), O_RDWR | O_CLOEXEC)};
    auto from = ScanSource::open(path());
    ASSERT_TRUE(from.ok());
    ASSERT_EQ(::write(scanner.get(), "one\ntw", 6), 6);
    EXPECT_EQ((*from->next(m_never.get())).value(), "one");
    std::thread stopper{[this] {
        const std::uint64_t one = 1;
        ASSERT_EQ(::write(m_never.get(), &one, sizeof one), static_cast<ssize_t>(sizeof one));
    }};
    const auto line = from->next(m_never.get());
    stopper.join();
    ASSERT_TRUE(line.ok());
    EXPECT_FALSE(line->has_value());
}

TEST_F(Scans, WhatCannotBeOpenedIsBadUsage) {
    EXPECT_EQ(ScanSource::open(m_folder / "none").error().code, ErrorCode::BadUsage);
    EXPECT_EQ(ScanSource::open(m_folder.path()).error().code, ErrorCode::BadUsage);
}

}  // namespace
}  // namespace keystamp::cli
