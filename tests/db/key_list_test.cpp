// SPDX-License-Identifier: Apache-2.0
// IoT Central's export with its keys: what is read of it, and that no error repeats a key.
#include "db/key_list.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>

namespace keystamp::test {
namespace {

const std::string kHeader =
    "IOTC_DEVICEID,IOTC_DEVICENAME,IOTC_SASKEY_PRIMARY,IOTC_SASKEY_SECONDARY,IOTC_X509THUMBPRINT_PRIMARY,IOTC_X509THUMBPRINT_SECONDARY";

std::string base64(std::uint8_t byte, std::size_t size = 32) { return toBase64(Bytes(size, byte)); }

Result<db::KeyList> parse(const std::string& text, Slot slot = Slot::Primary) {
    std::FILE* file = std::tmpfile();
    EXPECT_EQ(std::fwrite(text.data(), 1, text.size(), file), text.size());
    std::rewind(file);
    auto read = db::WipedText::read(fileno(file));
    std::fclose(file);
    EXPECT_TRUE(read);
    EXPECT_EQ(read->view(), text);
    return db::KeyList::parse(std::move(*read), "export.csv", slot);
}

std::string why(const std::string& text) {
    const auto list = parse(text);
    EXPECT_FALSE(list);
    return list ? "" : list.error().detail;
}

std::string keyOf(const db::KeyList& list, std::size_t n) { return std::string{list.key(n).toBase64().text()}; }

class KeyLists : public testing::Test {
protected:
    KeyLists() { EXPECT_TRUE(openSecureHeap()); }
};

TEST_F(KeyLists, AnExportIsReadWithBomCrlfAndQuotes) {
    const auto list = parse("\xef\xbb\xbf" + kHeader + "\r\n\"Pump-1\",\"North, \"\"old\"\"\",\"" + base64(1) + "\"," + base64(2) + ",,\r\n\r\npump-2,," +
                            base64(3) + "," + base64(4) + ",,");
    ASSERT_TRUE(list) << list.error().detail;
    ASSERT_EQ(list->ids().size(), 2u);
    EXPECT_EQ(list->ids()[0].id.text(), "pump-1");
    EXPECT_EQ(list->ids()[0].name, "North, \"old\"");
    EXPECT_EQ(keyOf(*list, 0), base64(1));
    EXPECT_EQ(keyOf(*list, 1), base64(3));
}

TEST_F(KeyLists, TheSlotChoosesTheColumn) {
    const auto list = parse(kHeader + "\na,," + base64(1) + "," + base64(2) + ",,\n", Slot::Secondary);
    ASSERT_TRUE(list) << list.error().detail;
    EXPECT_EQ(keyOf(*list, 0), base64(2));
}

TEST_F(KeyLists, ColumnsComeInAnyOrderAndCaseWithAUid) {
    const auto list = parse("uid,iotc_saskey_primary,Id\n0A0b," + base64(7) + ",a\n");
    ASSERT_TRUE(list) << list.error().detail;
    EXPECT_EQ(list->ids()[0].uid, (Bytes{0x0a, 0x0b}));
    EXPECT_EQ(keyOf(*list, 0), base64(7));
}

TEST_F(KeyLists, EachErrorNamesItsLineAndAllAreTold) {
    const std::string told = why(kHeader + "\na,," + base64(1) + ",,,\nb,,,,,\nc,,not base64,,,\nd,," + base64(4, 64) + ",,,\nE!,," + base64(5) + ",,,\na,," +
                                 base64(6) + ",,,\nf,," + base64(1) + ",,,\ng,," + base64(8) + ",,\n");
    EXPECT_EQ(told, "export.csv: line 3: the key is missing; line 4: the key is not base64; copy it whole, to the last =; line 5: the key has 64 "
                    "bytes; boards take those of 32, as devices of an enrolment group have them; line 6: the device ID is none: 1 to 64 letters, digits and hyphens; line 7: a stands on line 2 "
                    "already; line 8: its key is the one on line 2; line 9: 5 fields, 6 expected");
}

TEST_F(KeyLists, TenErrorsAreTold) {
    std::string text = kHeader + "\n";
    for (int n = 0; n < 13; ++n) text += "a" + std::to_string(n) + ",,,,,\n";
    const std::string told = why(text);
    EXPECT_NE(told.find("line 11: the key is missing; and 3 more"), std::string::npos) << told;
}

TEST_F(KeyLists, AFileWithoutKeysIsRefusedOnce) {
    EXPECT_EQ(why("IOTC_DEVICEID,IOTC_DEVICENAME\na,\nb,\n"),
              "export.csv: line 1: the first line has no column IOTC_SASKEY_PRIMARY; in IoT Central export the devices with their keys");
    EXPECT_NE(why("").find("no IDs"), std::string::npos);
    EXPECT_NE(why(kHeader + "\n").find("no IDs"), std::string::npos);
}

TEST_F(KeyLists, NoErrorRepeatsAKey) {
    const std::string key = base64(0x5a);
    for (const std::string& text :
         {kHeader + "\n" + key + ",," + base64(2) + ",,,\n", kHeader + "\na,," + key + "x,,,\n", kHeader + "\na,," + key + key + key + ",,,\n",
          key + "\n", "a," + key + "\n", kHeader + "\na,," + key + ",,,\nb,," + key + ",,,\n", kHeader + "\na,," + key + "\n",
          kHeader + "\na,,\"" + key + ",,,\n", "id,iotc_saskey_primary,uid\na," + base64(3) + "," + key + "\n"}) {
        EXPECT_EQ(why(text).find(key.substr(0, 20)), std::string::npos) << text;
    }
    const auto single = db::KeyList::single("a", Secret::copyOf(key + "x"));
    ASSERT_FALSE(single);
    EXPECT_EQ(single.error().detail.find(key.substr(0, 20)), std::string::npos);
}

TEST_F(KeyLists, ASingleDeviceHasOneKey) {
    const auto list = db::KeyList::single(" Pump-9 ", Secret::copyOf(base64(9)));
    ASSERT_TRUE(list) << list.error().detail;
    EXPECT_EQ(list->ids().front().id.text(), "pump-9");
    EXPECT_EQ(keyOf(*list, 0), base64(9));
}

}  // namespace
}  // namespace keystamp::test
