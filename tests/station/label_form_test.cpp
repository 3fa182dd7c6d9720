// SPDX-License-Identifier: Apache-2.0
// What stands on a label: templates, their escapes and their errors, and the picture that is read from the printer's bytes.
#include <gtest/gtest.h>

#include "station/label/layout.h"
#include "station/label/picture.h"
#include "station/label/symbol.h"

// fontconfig keeps its configuration for as long as the process lives
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig"; }

namespace keystamp::test {
namespace {
using label::Element;
using label::Settings;
using label::Template;

db::Unit unit() {
    db::Unit one{.batch = "order-4711", .id = *DeviceId::parse("acme-000017"), .scan = "SN-17", .uid = {0xAB, 0xCD}, .fixture = "F1",
                 .job = {}, .serial = {}, .certificate = {}, .family = {}, .firmware = {}, .voidReason = {}};
    one.recordedAt = *parseUtc("2026-11-29T14:02:11.000Z");
    return one;
}

std::string refusal(const std::string& zpl) {
    const auto form = Template::parse(zpl, "l.zpl");
    EXPECT_FALSE(form.ok()) << zpl;
    if (form.ok()) return {};
    EXPECT_EQ(form.error().code, ErrorCode::BadConfig);
    return form.error().detail;
}

TEST(LabelTemplate, PlaceHoldersAreFilledFromTheUnit) {
    const auto form = Template::parse("^XA^FO1,2^A0N,20^FD{id} of {batch}^FS^FO1,30^FDUID {uid}, {date}{thumbprint}^FS^XZ", "l.zpl");
    ASSERT_TRUE(form.ok()) << describe(form.error());
    EXPECT_EQ(form->of(unit()), "^XA^FO1,2^A0N,20^FH_^FDacme-000017 of order-4711^FS^FO1,30^FH_^FDUID abcd, 2026-11-29^FS^XZ");
}

TEST(LabelTemplate, NothingThatIsPutInCanBecomeACommand) {
    const auto form = Template::parse("^XA^FD{id}^FS^FD_{scan}^FS^XZ", "l.zpl");
    ASSERT_TRUE(form.ok()) << describe(form.error());
    db::Unit bad = unit();
    bad.scan = "1^XZ~JR\\&_5E{id}\xC3\xA4";
    const std::string zpl = form->of(bad);
    EXPECT_EQ(zpl, "^XA^FH_^FDacme-000017^FS^FH_^FD_5F1_5EXZ_7EJR_5C&_5F5E{id}_C3_A4^FS^XZ");
    // and the printer, which undoes the escapes, has the scan as it was
    EXPECT_EQ(label::layoutOf(zpl).at(1).content, "_" + bad.scan);
}

TEST(LabelTemplate, WhatIsWrongIsNamedByFileAndLine) {
    EXPECT_EQ(refusal("no label"), "l.zpl:1: no label in it: it begins with ^XA and ends with ^XZ");
    EXPECT_EQ(refusal("^XA^FD{id}^FS"), "l.zpl:1: no label in it: it begins with ^XA and ends with ^XZ");
    EXPECT_EQ(refusal("^XA\n^FDx^FS\n^XZ"), "l.zpl:1: {id} is not in it: nothing would say whose label it is");
    EXPECT_EQ(refusal("^XA\n^FD{id}^FS\n^FD{serail}^FS\n^XZ"), "l.zpl:3: ^FD has {serail}, which is no place holder");
    EXPECT_EQ(refusal("^XA\n^FO{id},1^FD{id}^FS^XZ"), "l.zpl:2: ^FO has {id}, which may stand in field data (^FD) only");
    EXPECT_EQ(refusal("^XA\n\n^BXN,4,200^FD{scan}^FS^FD{id}^FS^XZ"),
              "l.zpl:3: ^FD has {scan} in a symbol: it may hold characters that a symbol reads as escapes");
    EXPECT_EQ(refusal("^XA\n^FH^FD{id}^FS^XZ"), "l.zpl:2: ^FD has a place holder, and ^FH before it: leave ^FH out, it is put in");
    EXPECT_EQ(refusal("^XA^FD{id}^FS^XZ\n^XA^FD{id}^FS^XZ"), "l.zpl:2: ^XA stands twice: a template is one label");
    EXPECT_EQ(refusal("^XA^CC!^FD{id}^FS^XZ"), "l.zpl:1: ^CC may not change what ^, ~ and commas mean");
}

TEST(LabelTemplate, TheBuiltInFormCarriesTheIdAsASymbolAndAsText) {
    for (const unsigned dots : {6u, 8u, 12u, 24u}) {
        for (const auto& [width, height] : {std::pair{50u, 25u}, {20u, 10u}, {100u, 50u}}) {
            const auto layout = label::layoutOf(Template::standard(width, height, dots).of(unit()));
            ASSERT_EQ(layout.size(), 3u);
            EXPECT_EQ(layout[0].kind, Element::Kind::DataMatrix);
            EXPECT_EQ(layout[0].content, "acme-000017");
            EXPECT_EQ(layout[1].content, "acme-000017");
            EXPECT_EQ(layout[2].content, "2026-11-29");
            for (const Element& one : layout) {
                EXPECT_LT(one.x, static_cast<int>(width * dots));
                EXPECT_LT(one.y, static_cast<int>(height * dots));
            }
        }
    }
}

TEST(LabelTemplate, TheBuiltInFormHasRoomForTheSymbolOfTheLongestId) {
    for (const std::size_t length : {1u, 36u, 37u, 64u}) {
        db::Unit one = unit();
        one.id = *DeviceId::parse(std::string(length / 2, 'z') + std::string(length - length / 2, '7'));
        const auto layout = label::layoutOf(Template::standard(50, 25, 8).of(one));
        const auto symbol = label::symbolOf(layout.at(0));
        ASSERT_TRUE(symbol.ok());
        const int size = static_cast<int>(symbol->size()) * layout[0].module;
        EXPECT_LE(layout[0].x + size, layout[1].x) << length;
        EXPECT_LE(layout[0].y + size, 200) << length;
    }
}

TEST(LabelLayout, ASymbolSaysWhatAScannerReadsFromIt) {
    const std::string zpl = "^XA^FO1,2^BXN,4,200^FDacme-1^FS^FO9,9^BY3^BCN,80^FD0042^FS^FO5,5^BQN,2,6^FDQA,http://x^FS^FO0,0^GB90,40,2^FS^FDtext^FS^XZ";
    EXPECT_EQ(label::codesOf(zpl), (std::vector<std::string>{"acme-1", "0042", "http://x"}));
    const auto all = label::layoutOf(zpl);
    ASSERT_EQ(all.size(), 5u);
    EXPECT_EQ(all[1].module, 3);
    EXPECT_EQ(all[1].height, 80);
    EXPECT_EQ(all[2].module, 6);
    EXPECT_EQ(all[3].width, 90);
}

TEST(LabelLayout, NonsenseIsNoElementAndNoCrash) {
    for (const std::string zpl : {"", "^", "~", "^^~~", "^F", "^FO,,^FS", "^FO99999999999,-5^FDx^FS", "^FH_^FD_^FS", "^FH_^FD_ZZ_4^FS", "^BQ^FDQ^FS"}) {
        for (const Element& one : label::layoutOf(zpl)) EXPECT_GE(one.x, 0);
    }
}

TEST(LabelPicture, IsADotAPixelAndDiffersByUnit) {
    Settings settings;
    settings.form = Template::standard(settings.widthMm, settings.heightMm, settings.dotsPerMm);
    db::Unit other = unit();
    other.id = *DeviceId::parse("acme-000018");
    const auto one = label::pictureOf(settings.form.of(unit()), settings, label::PictureForm::Png);
    const auto two = label::pictureOf(settings.form.of(other), settings, label::PictureForm::Png);
    ASSERT_TRUE(one.ok()) << describe(one.error());
    ASSERT_TRUE(two.ok());
    EXPECT_NE(*one, *two);
    // a PNG's header: width and height
    EXPECT_EQ(one->substr(1, 3), "PNG");
    EXPECT_EQ(one->substr(16, 8), std::string("\0\0\x01\x90\0\0\0\xC8", 8));
    const auto svg = label::pictureOf(settings.form.of(unit()), settings, label::PictureForm::Svg);
    ASSERT_TRUE(svg.ok());
    EXPECT_NE(svg->find("<svg"), std::string::npos);
}

}  // namespace
}  // namespace keystamp::test
