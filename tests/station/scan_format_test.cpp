// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/scan_format.h"

#include <gtest/gtest.h>

#include "station/workflow/claims.h"

namespace keystamp::workflow {
namespace {

const std::string kLabel = "010950110153000321A17\x1d" "10LOT";

ScanFormat taking(std::string take, std::string match = {}) {
    ScanFormat format;
    format.take = std::move(take);
    format.match = std::move(match);
    return format;
}

/// The text, or why there is none.
std::string read(const std::string& sent, const ScanFormat& format = {}) {
    const auto reading = readScan(sent, format);
    EXPECT_EQ(reading.text.empty(), reading.error.has_value());
    return reading.error ? std::string{name(reading.error->code)} : reading.text;
}

TEST(ScanFormat, WithoutOneAPayloadIsTakenWhole) {
    EXPECT_EQ(read(" SN-17\r\n"), "SN-17");
    EXPECT_EQ(read("(01)09501101530003(21)A17"), "(01)09501101530003(21)A17") << "nothing says that this is GS1";
    EXPECT_EQ(read("21A\x1d" "10B"), "bad-scan") << "nor that this is";
}

TEST(ScanFormat, TheSymbologyIdentifierIsTakenOffAndUsed) {
    EXPECT_EQ(read("]C0SN-17"), "SN-17");
    EXPECT_EQ(readScan("]d1SN-17", {}).symbology, "]d1 Data Matrix");
    EXPECT_EQ(readScan("]d2" + kLabel, {}).symbology, "]d2 GS1 Data Matrix");
    EXPECT_EQ(read("]d2" + kLabel), "(01)09501101530003(21)A17(10)LOT");
    EXPECT_EQ(read("]C1" + kLabel, taking("{21}")), "A17");
    EXPECT_EQ(read("]Q3" + kLabel, taking("{21}")), "A17");
    EXPECT_EQ(read("\x1d" + kLabel), "(01)09501101530003(21)A17(10)LOT") << "FNC1 itself says so";
    EXPECT_EQ(read("]C0" + kLabel, taking("{21}")), "scan-foreign") << "the same characters, but no GS1 barcode";
    EXPECT_EQ(read("]y0SN-17"), "scan-foreign");
    EXPECT_EQ(read("]C"), "scan-foreign");
}

TEST(ScanFormat, OneLabelReadsAlikeThroughAnyScanner) {
    for (const std::string& sent : std::vector<std::string>{kLabel, "]d2" + kLabel, "\x1d" + kLabel, "(01)09501101530003(21)A17(10)LOT"}) {
        EXPECT_EQ(read(sent, taking("acme-{21}")), "acme-A17") << sent;
    }
}

TEST(ScanFormat, AnElementThatIsMissingOrAnotherProductsIsForeign) {
    ScanFormat format = taking("{21}");
    EXPECT_EQ(read("0109501101530003", format), "scan-foreign");
    format.need = {{"01", "09501101530003"}, {"10", ""}};
    EXPECT_EQ(read(kLabel, format), "A17");
    EXPECT_EQ(readScan("010950110153000321A1710LOT", format).error->detail, "it has no (10)") << "the separator was lost: A1710LOT is no serial number";
    EXPECT_EQ(readScan("011061414100041521A17\x1d" "10LOT", format).error->detail, "its (01) is 10614141000415, not 09501101530003");
}

TEST(ScanFormat, EveryBeginningOfALabelIsRefusedWhereItsLastElementIsNeeded) {
    ScanFormat format = taking("{21}");
    format.need = {{"10", "LOT"}};
    for (std::size_t n = 0; n < kLabel.size(); ++n) EXPECT_TRUE(readScan(kLabel.substr(0, n), format).error) << n;
    EXPECT_EQ(read(kLabel, format), "A17");
}

TEST(ScanFormat, AnExpressionPicksItsGroupAndRefusesTheRest) {
    const std::string match = R"(https://acme\.example/u/([0-9]{6})(\?.*)?)";
    EXPECT_EQ(read("https://acme.example/u/004711", taking("", match)), "004711");
    EXPECT_EQ(read("]Q1https://acme.example/u/004711?v=2", taking("acme-{1}", match)), "acme-004711");
    EXPECT_EQ(read("https://acme.example/u/00471", taking("", match)), "scan-foreign");
    EXPECT_EQ(read("https://other.example/u/004711", taking("", match)), "scan-foreign");
    EXPECT_EQ(read("AB-1", taking("", "[A-Z]+-[0-9]+")), "AB-1") << "no group: all of it";
}

TEST(ScanFormat, AnExpressionThatWouldTakeForEverDoesNot) {
    EXPECT_EQ(read(std::string(120, 'a') + "!", taking("", "(a+)+b")), "scan-foreign");
}

TEST(ScanFormat, PrefixAndSuffixAreTakenOffAndMissed) {
    ScanFormat format;
    format.prefix = "~";
    format.suffix = "#";
    EXPECT_EQ(read("~SN-17#\r", format), "SN-17");
    EXPECT_EQ(read("~]C0SN-17#", format), "SN-17");
    EXPECT_EQ(read("SN-17#", format), "scan-foreign");
    EXPECT_EQ(read("~SN-17", format), "scan-cut");
    EXPECT_EQ(read("~#", format), "bad-scan");
}

TEST(ScanFormat, TwoScansInOneAreRefused) {
    EXPECT_EQ(read("SN-004711SN-004711"), "scan-twice");
    EXPECT_EQ(read(kLabel + kLabel, taking("{21}")), "scan-twice");
    EXPECT_EQ(read("0109501101530003211" "0109501101530003211", taking("{21}")), "scan-twice") << "would else be one long serial number";
    EXPECT_EQ(read("12341234"), "12341234") << "short enough to be chance";
    EXPECT_EQ(read("SN-004711SN-004711", taking("", ".+")), "SN-004711SN-004711") << "an expression says what serial numbers look like";
}

TEST(ScanFormat, AFixturesLabelNeedNotLookLikeABoards) {
    ScanFormat format = taking("{21}");
    format.prefix = "~";
    Claims claims{{{"F1", "unix:/1", "agent", "FIX-1"}, {"F2", "unix:/2", "agent", "FIX-2"}}, format};
    ASSERT_TRUE(claims.scan("~]C0FIX-2").ok());
    EXPECT_EQ(claims.selected(), "F2");
    EXPECT_EQ(claims.scan("~SN-1").error().code, ErrorCode::ScanForeign);
    EXPECT_EQ(claims.selected(), "F2") << "what cannot be used uses up no label";
    EXPECT_EQ((*claims.scan("~" + kLabel))->payload, "A17");
    EXPECT_EQ(claims.scanAt("F1", "~FIX-1").error().code, ErrorCode::BadScan);
}

TEST(ScanFormat, WhatCouldNeverFitAScanIsFoundBeforehand) {
    const auto fault = [](const ScanFormat& format) { return faultOf(format).value_or(FormatFault{}).key; };
    EXPECT_EQ(fault(taking("acme-{21}")), "");
    EXPECT_EQ(fault(taking("{77}")), "take");
    EXPECT_EQ(fault(taking("{21")), "take");
    EXPECT_EQ(fault(taking("{}")), "take");
    EXPECT_EQ(fault(taking("{1}")), "take");
    EXPECT_EQ(fault(taking("{2}", "(a)b")), "take");
    EXPECT_EQ(fault(taking("", "(a")), "match");
    EXPECT_EQ(fault(taking("", "(a)\\1")), "match") << "a back reference could take for ever";
    ScanFormat format;
    format.need = {{"01", "09501101530004"}};
    EXPECT_EQ(faultOf(format)->why, "could never be met: the check digit of (01) is 4, and its digits want 3");
}

}  // namespace
}  // namespace keystamp::workflow
