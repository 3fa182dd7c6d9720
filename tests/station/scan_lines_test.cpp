// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/scan_lines.h"

#include <gtest/gtest.h>

namespace keystamp::workflow {
namespace {

std::vector<std::string> taken(ScanLines& lines, std::string_view bytes) {
    std::vector<std::string> texts;
    for (const Scanned& scan : lines.take(bytes)) texts.push_back(scan ? *scan : std::string{name(scan.error().code)});
    return texts;
}

using Texts = std::vector<std::string>;

TEST(ScanLines, AnyEndIsCrOrLfOrBothWhereverTheBytesAreCut) {
    const std::string sent = "SN-1\rSN-2\nSN-3\r\n\r\nSN-4\r";
    for (std::size_t cut = 0; cut <= sent.size(); ++cut) {
        ScanLines lines{""};
        Texts all = taken(lines, sent.substr(0, cut));
        for (auto& text : taken(lines, sent.substr(cut))) all.push_back(text);
        EXPECT_EQ(all, (Texts{"SN-1", "SN-2", "SN-3", "SN-4"})) << cut;
    }
}

TEST(ScanLines, AGivenEndIsTheOnlyOne) {
    ScanLines both{"\r\n"};
    EXPECT_EQ(taken(both, "SN\r1\r\nSN-2\r\n"), (Texts{"SN\r1", "SN-2"}));
    ScanLines tab{"\t"};
    EXPECT_EQ(taken(tab, "SN-1\tSN-2\t"), (Texts{"SN-1", "SN-2"}));
}

TEST(ScanLines, AnEndlessLineCostsItselfAloneAndNoMemory) {
    for (const char* end : {"", "\r\n"}) {
        ScanLines lines{end};
        for (int n = 0; n < 1'000; ++n) EXPECT_TRUE(taken(lines, std::string(1'000, 'x')).empty());
        EXPECT_EQ(taken(lines, "\r\nSN-1\r\n"), (Texts{"bad-scan", "SN-1"}));
    }
}

TEST(ScanLines, WhatCameWithoutAnEndIsNotTheBeginningOfTheNextScan) {
    ScanLines lines{""};
    EXPECT_FALSE(lines.silence());
    EXPECT_TRUE(taken(lines, "SN-00").empty());
    EXPECT_EQ(lines.silence()->code, ErrorCode::ScanCut);
    EXPECT_EQ(taken(lines, "SN-0017\r"), Texts{"SN-0017"});
    EXPECT_FALSE(lines.silence());
}

}  // namespace
}  // namespace keystamp::workflow
