// SPDX-License-Identifier: Apache-2.0
// The formats of the ESP32 family: against published structure and vectors.
#include <gtest/gtest.h>

#include "flashing/esp32/nvs.h"
#include "flashing/esp32/partitions.h"
#include "flashing/esp32/slip.h"
#include "tests/flashing/board_process.h"

namespace keystamp {
namespace {

using namespace flashing::esp32;

TEST(EspCrc, IsThePublishedOne) { EXPECT_EQ(espCrc({asBytes("123456789")}), 0xD202D277U); }

TEST(Slip, EscapesAndComesBackWhereverItIsCut) {
    const Bytes packet{0x00, 0xC0, 0xDB, 0xDC, 0xDD, 0xFF};
    const Secret framed = slip({BytesView{packet}.first(2), BytesView{packet}.subspan(2)});
    EXPECT_EQ(toHex(framed.view()), "c000dbdcdbdddcddffc0");
    for (std::size_t cut = 0; cut <= framed.size(); ++cut) {
        Deslip deslip;
        BytesView front = framed.view().first(cut), back = framed.view().subspan(cut);
        const bool early = deslip.take(front);
        ASSERT_EQ(early, cut == framed.size());
        if (!early) {
            ASSERT_TRUE(deslip.take(back)) << cut;
        }
        EXPECT_EQ(toHex(deslip.packet()), toHex(packet));
    }
}

TEST(Slip, DropsNoiseAndWhatIsTooLongAndGoesOn) {
    Deslip deslip{8};
    Bytes stream{'b', 'o', 'o', 't', 0xC0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xC0, 0xC0, 0xDB, 0x00, 0xC0, 7, 0xC0};
    BytesView rest{stream};
    ASSERT_TRUE(deslip.take(rest));
    EXPECT_EQ(toHex(deslip.packet()), "07");
    EXPECT_FALSE(deslip.take(rest));
}

/// A page, byte for byte, by ESP-IDF's description of the format; its CRCs were computed with another program's zlib.
TEST(Nvs, IsThePublishedStructure) {
    const std::string text = "acme-000017";
    const auto image = makeNvs("identity", {{"device_id", asBytes(text)}}, 0x3000);
    ASSERT_TRUE(image) << describe(image.error());
    ASSERT_EQ(image->size(), 64U + 3 * 32U);
    const std::string hex = toHex(image->view());
    EXPECT_EQ(hex.substr(0, 64), "feffffff" "00000000" "fe" + std::string(38, 'f') + "842dbab9");
    EXPECT_EQ(hex.substr(64, 4), "eaff");  // three entries written: 10 10 10 11
    EXPECT_EQ(hex.substr(128, 64), "000101ff939d41026964656e746974790000000000000000" "01ffffffffffffff");
    EXPECT_EQ(hex.substr(192, 64), "012102ff59fab6316465766963655f696400000000000000" "0c00ffff46de1d9d");
    EXPECT_EQ(hex.substr(256, 64), toHex(asBytes(text)) + "00" + std::string(40, 'f'));
}

TEST(Nvs, GoesOnToANewPageAndIsReadBack) {
    const std::string large(3000, 'x'), other(2000, 'y');
    const auto image = makeNvs("identity", {{"a", asBytes(large)}, {"b", asBytes(other)}}, 0x4000);
    ASSERT_TRUE(image) << describe(image.error());
    EXPECT_EQ(toHex(image->view().first(4)), "fcffffff");
    EXPECT_EQ(toHex(image->view().subspan(kNvsPage, 8)), "feffffff01000000");
    const NvsContents held = readNvs("identity", image->view());
    EXPECT_FALSE(held.broken || held.foreign || held.blank);
    EXPECT_EQ(held.texts.at("a").text(), large);
    EXPECT_EQ(held.texts.at("b").text(), other);
}

TEST(Nvs, EveryByteChangedIsNoticed) {
    const auto image = makeNvs("identity", {{"device_id", asBytes("acme-1")}, {"sas_key", asBytes("c2VjcmV0")}}, 0x3000);
    ASSERT_TRUE(image);
    for (std::size_t at = 0; at < image->size(); ++at) {
        if (at < 4 || (at >= 32 && at < 64)) continue;  // the page's state and the bitmap have no CRC; NVS changes them in place
        Bytes changed = toBytes(image->view());
        changed[at] ^= 0x20;
        const NvsContents held = readNvs("identity", changed);
        const auto id = held.texts.find("device_id"), key = held.texts.find("sas_key");
        const bool same = id != held.texts.end() && id->second.text() == "acme-1" && key != held.texts.end() && key->second.text() == "c2VjcmV0";
        const bool padding = image->view()[at] == 0xFF && same;  // what fills a string's last entry counts for nothing
        EXPECT_TRUE(held.broken || held.foreign || padding) << at;
    }
}

TEST(Nvs, WhatAnotherProgramPutThereIsForeign) {
    const auto other = makeNvs("wifi", {{"ssid", asBytes("hall 7")}}, 0x3000);
    ASSERT_TRUE(other);
    EXPECT_TRUE(readNvs("identity", other->view()).foreign);
    EXPECT_TRUE(readNvs("identity", Bytes(0x3000, 0xFF)).blank);
}

TEST(Nvs, RefusesWhatItCannotHold) {
    const std::string tooLong(kNvsTextMost + 1, 'x');
    EXPECT_FALSE(makeNvs("identity", {{"a", asBytes(tooLong)}}, 0x6000));
    EXPECT_FALSE(makeNvs("identity", {{"sixteen_letters_", asBytes("x")}}, 0x6000));
    EXPECT_FALSE(makeNvs("identity", {{"a", asBytes("x")}}, 0x2000));
    const std::string most(kNvsTextMost, 'x');
    EXPECT_FALSE(makeNvs("identity", {{"a", asBytes(most)}, {"b", asBytes(most)}, {"c", asBytes(most)}}, 0x4000)) << "three full pages and one free one";
}

TEST(PartitionTable, ItsMd5IsChecked) {
    const Bytes table = makeTable({{"nvs", 1, 2, 0x9000, 0x6000}, {"factory", 0, 0, 0x10000, 0x100000}});
    const auto read = readTable(table);
    ASSERT_TRUE(read) << describe(read.error());
    ASSERT_EQ(read->size(), 2U);
    EXPECT_EQ(read->at(1).label, "factory");
    EXPECT_EQ(read->at(1).offset, 0x10000U);
    Bytes changed = table;
    changed[5] ^= 1;
    EXPECT_FALSE(readTable(changed));
    EXPECT_FALSE(readTable(Bytes(0xC00, 0xFF)));
}

}  // namespace
}  // namespace keystamp
