// SPDX-License-Identifier: Apache-2.0
#include "db/id_list.h"

#include "core/file.h"
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

Result<std::vector<db::ListedId>> read(const std::string& content) {
    const TempFolder folder{TempFolder::On::Memory};
    must(writeFile(folder / "ids.csv", content));
    return db::readIdList(folder / "ids.csv");
}

std::string ids(const std::string& content) {
    const auto list = read(content);
    if (!list) return list.error().detail;
    std::string joined;
    for (const auto& listed : *list) joined += (joined.empty() ? "" : " ") + listed.id.text();
    return joined;
}

std::string whatIsWrong(const std::string& content) {
    const auto list = read(content);
    EXPECT_EQ(codeOf(list), "bad-csv") << content;
    return list ? "" : list.error().detail;
}

TEST(IdList, TakesIotCentralsImportInAnyDress) {
    // the form of Microsoft's own sample: BOM, CRLF
    EXPECT_EQ(ids("\xef\xbb\xbfIOTC_DeviceID,IOTC_DeviceName\r\ndev-1,Device 1\r\ndev-2,Device 2\r\n"), "dev-1 dev-2");
    EXPECT_EQ(ids("iotc_deviceid,iotc_devicename\ndev-1,\ndev-2,"), "dev-1 dev-2");
    EXPECT_EQ(ids("IOTC_DEVICENAME,IOTC_DEVICEID\n\"Nice, \"\"device\"\"\",dev-1\n"), "dev-1");
    EXPECT_EQ(ids("IOTC_DEVICEID,IOTC_DEVICENAME,IOTC_SASKEY_PRIMARY,IOTC_SASKEY_SECONDARY,IOTC_X509THUMBPRINT_PRIMARY,"
                  "IOTC_X509THUMBPRINT_SECONDARY\ndev-1,n,,,,\n"), "dev-1");
    const auto list = read("IOTC_DEVICEID,IOTC_DEVICENAME\n\"DEV-1\",\"Nice, \"\"device\"\" \xc3\xa9\"\n");
    ASSERT_TRUE(list.ok());
    EXPECT_EQ((*list)[0].id.text(), "dev-1");
    EXPECT_EQ((*list)[0].name, "Nice, \"device\" \xc3\xa9");
}

TEST(IdList, TakesOtherColumnsAndPlainLines) {
    EXPECT_EQ(ids("a-1\na-2\r\n\n  a-3  \n"), "a-1 a-2 a-3");
    EXPECT_EQ(ids("id\na-1\na-2\n"), "a-1 a-2");
    const auto list = read("ID,uid,Name\na-1,00ffA0,one\na-2,,two\n");
    ASSERT_TRUE(list.ok()) << list.error().detail;
    EXPECT_EQ((*list)[0].uid, (Bytes{0x00, 0xff, 0xa0}));
    EXPECT_EQ((*list)[0].name, "one");
    EXPECT_TRUE((*list)[1].uid.empty());
}

TEST(IdList, RefusesEachOfTheseByItsLine) {
    const std::vector<std::pair<std::string, std::string>> all{
        {"", "no IDs"},
        {"id\n", "no IDs"},
        {"id\na_1\n", "line 2"},
        {"id\n-a\n", "line 2"},
        {"id\na-1\n" + std::string(65, 'a') + "\n", "line 3"},
        {"id\na-1\nb\nA-1\n", "line 4: a-1 stands on line 2 already"},
        {"id,uid\na,00\nb,00\n", "line 3: UID 00 stands on line 2 already"},
        {"id,uid\na,0\n", "line 2: the UID"},
        {"id,uid\na,zz\n", "line 2: the UID"},
        {"id,name\na\n", "line 2: 1 fields, 2 expected"},
        {"id,name\na,b,c\n", "line 2: 3 fields, 2 expected"},
        {"id,name\na,\"b\n", "line 2: a quote is not closed"},
        {"id,name\na,\"b\"c\n", "line 2: text follows a closing quote"},
        {"id,name\na,b\"c\n", "line 2: a quote inside"},
        {"id,name\na,=1+1\n", "line 2: a name that a spreadsheet"},
        {"id,name\na," + std::string(149, 'n') + "\n", "line 2: a name of 149"},
        {"id,name\na,b\x01\n", "line 2: a control character"},
        {"id,name\na,\xff\n", "line 2"},
        {"id,uuid\na,00\n", "line 1: column \"uuid\""},
        {"name,uid\na,00\n", "line 1: the first line must name"},
        {"id,ID\na,b\n", "line 1: column \"id\" stands twice"},
        {"a,b\nc,d\n", "line 1: the first line must name"},
        {std::string("\xff\xfei\0d\0", 6), "UTF-16"},
    };
    for (const auto& [content, expected] : all) {
        EXPECT_NE(whatIsWrong(content).find(expected), std::string::npos) << whatIsWrong(content) << "\n  wanted: " << expected;
    }
}

TEST(IdList, NamesTenErrorsAndCountsTheRest) {
    std::string content = "id\ngood-1\n";
    for (int n = 0; n < 25; ++n) content += "bad_" + std::to_string(n) + "\n";
    const std::string told = whatIsWrong(content);
    EXPECT_NE(told.find("line 3:"), std::string::npos);
    EXPECT_NE(told.find("line 12:"), std::string::npos);
    EXPECT_EQ(told.find("line 13:"), std::string::npos);
    EXPECT_NE(told.find("and 15 more"), std::string::npos);
}

TEST(IdList, AFileThatIsNotThereOrAFolderIsABadCsv) {
    const TempFolder folder;
    EXPECT_EQ(codeOf(db::readIdList(folder / "none.csv")), "bad-csv");
    EXPECT_EQ(codeOf(db::readIdList(folder.path())), "bad-csv");
}

TEST(IdList, AnyBytesAtAllAreReadOrRefused) {
    for (int round = 0; round < 500; ++round) {
        const Bytes noise = randomBytes(200);
        std::string content = round % 2 == 0 ? "id,name,uid\n" : "";
        for (const auto byte : noise) content += static_cast<char>(byte % 7 == 0 ? ",\"\n\r-a\0"[byte % 8] : byte);
        const auto list = read(content);
        if (!list) {
            EXPECT_EQ(codeOf(list), "bad-csv");
        }
    }
}

TEST(IdList, TwoHundredThousandAreNoTrouble) {
    std::string content = "IOTC_DEVICEID,IOTC_DEVICENAME\r\n";
    for (int n = 0; n < 200'000; ++n) content += "acme-" + std::to_string(n) + ",\r\n";
    const auto list = read(content);
    ASSERT_TRUE(list.ok());
    EXPECT_EQ(list->size(), 200'000u);
}

}  // namespace
}  // namespace keystamp::test
