// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/gs1.h"

#include <gtest/gtest.h>
#include <zint.h>

#include <memory>

namespace keystamp::workflow {
namespace {

std::string read(const std::string& text) {
    const auto elements = parseGs1(text);
    return elements ? bracketed(*elements) : std::string{name(elements.error().code)};
}

// The element strings of the General Specifications' own examples: sections 2.1, 3.2 to 3.6, 7.8.
TEST(Gs1, ReadsWhatAScannerSendsForTheStandardsOwnExamples) {
    EXPECT_EQ(read("0109501101530003"), "(01)09501101530003");
    EXPECT_EQ(read("01095011015300031714070410AB-123"), "(01)09501101530003(17)140704(10)AB-123");
    EXPECT_EQ(read("\x1d" "01095011015300032112345\x1d" "10ABC123"), "(01)09501101530003(21)12345(10)ABC123");
    EXPECT_EQ(read("00106141412345678908"), "(00)106141412345678908");
    EXPECT_EQ(read("010950110153000331030002242123"), "(01)09501101530003(3103)000224(21)23") << "no separator behind what has a fixed length";
    EXPECT_EQ(read("4140614141000012254112A"), "(414)0614141000012(254)112A");
}

TEST(Gs1, ASeparatorBehindAnElementOfFixedLengthOrAtTheEndDoesNoHarm) {
    EXPECT_EQ(read("0109501101530003\x1d" "21A17\x1d"), "(01)09501101530003(21)A17");
}

TEST(Gs1, ReadsTheFormThatPeopleWrite) {
    EXPECT_EQ(read("(01)09501101530003(21)A17(10)LOT"), "(01)09501101530003(21)A17(10)LOT");
    EXPECT_EQ(read("(21)A(x)17"), "(21)A(x)17") << "brackets are data, too";
    EXPECT_EQ(read("(77)1"), "scan-foreign");
    EXPECT_EQ(read("(21"), "scan-foreign");
}

TEST(Gs1, EveryWrongDigitOfAGtinIsFound) {
    const std::string good = "0109501101530003";
    for (std::size_t at = 2; at < good.size(); ++at) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string text = good;
            text[at] = digit;
            EXPECT_EQ(parseGs1(text).ok(), text == good) << text;
        }
    }
}

TEST(Gs1, EachFaultHasItsOwnReason) {
    const auto fault = [](const std::string& text) { return parseGs1(text).error(); };
    EXPECT_EQ(fault("0109501101530004").detail, "the check digit of (01) is 4, and its digits want 3");
    EXPECT_EQ(fault("0109501101530004").code, ErrorCode::ScanMisread);
    EXPECT_EQ(fault("010950110153").code, ErrorCode::ScanCut);
    EXPECT_EQ(fault("010950110153\x1d" "0003").code, ErrorCode::ScanCut) << "a separator inside";
    EXPECT_EQ(fault("01095011015300032").code, ErrorCode::ScanCut) << "in the middle of an identifier";
    EXPECT_EQ(fault("010950110153000321").code, ErrorCode::ScanCut) << "a serial number without characters";
    EXPECT_EQ(fault("0109501101530003219876543210987654321010LOT").detail,
              "(21) has 25 characters, a separator was lost: at most 20");
    EXPECT_EQ(fault("0109501101530003" "7712").detail, "\"7712\" begins with no GS1 application identifier");
    EXPECT_EQ(fault("31061234562").code, ErrorCode::ScanForeign) << "no seventh decimal";
    EXPECT_EQ(fault("21A\x1d" "21A").code, ErrorCode::ScanTwice);
    EXPECT_EQ(fault("21A~7").code, ErrorCode::ScanMisread) << "not of character set 82";
    EXPECT_EQ(fault("0109501101A30003").code, ErrorCode::ScanMisread);
    EXPECT_EQ(fault("").code, ErrorCode::ScanCut);
    EXPECT_EQ(fault("\x1d").code, ErrorCode::ScanCut);
    EXPECT_EQ(fault("(").code, ErrorCode::ScanCut);
}

/// Whether zint, which checks element strings before it draws them, would draw these.
bool zintTakes(std::string written) {
    for (char& c : written) c = c == '(' ? '[' : c == ')' ? ']' : c;
    const std::unique_ptr<zint_symbol, void (*)(zint_symbol*)> symbol{ZBarcode_Create(), ZBarcode_Delete};
    symbol->symbology = BARCODE_DATAMATRIX;
    symbol->input_mode = GS1_MODE;
    const auto* source = reinterpret_cast<const unsigned char*>(written.c_str());
    return ZBarcode_Encode(symbol.get(), source, static_cast<int>(written.size())) == 0;  // it also warns
}

TEST(Gs1, JudgesAsAnotherReadersLibraryDoes) {
    for (const char* text :
         {"(01)09501101530003", "(01)09501101530004", "(01)0950110153000", "(01)09501101530003(21)A17", "(21)123456789012345678901",
          "(00)106141412345678908", "(00)106141412345678909", "(10)AB-123", "(10)AB~123", "(3103)000224", "(3106)000224", "(414)0614141000012",
          "(414)0614141000013", "(253)9501101530003", "(253)9501101530004", "(8006)095011015300030102", "(8006)095011015300040102", "(20)01",
          "(20)0A", "(30)12345678", "(30)123456789", "(77)1", "(8018)950110153000000004", "(8010)9501101A#B-1", "(8010)a", "(98)a_b", "(402)95011015300000006", "(8200)x"}) {
        EXPECT_EQ(parseGs1(text).ok(), zintTakes(text)) << text;
    }
}

}  // namespace
}  // namespace keystamp::workflow
