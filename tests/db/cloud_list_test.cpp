// SPDX-License-Identifier: Apache-2.0
// What a cloud gives of its devices: each kind is told by its content, and a damaged one by its line.
#include "db/cloud_list.h"

#include <gtest/gtest.h>

#include "core/file.h"
#include "tests/support/journal.h"
#include "tests/support/temp_folder.h"

namespace keystamp::test {
namespace {

using db::CloudFile;
using db::CloudSaid;

const std::string kHeader = "IOTC_DEVICEID,IOTC_DEVICENAME,IOTC_SASKEY_PRIMARY,IOTC_SASKEY_SECONDARY,IOTC_X509THUMBPRINT_PRIMARY,IOTC_X509THUMBPRINT_SECONDARY";
const std::string kKey = "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc=";
const std::string kSha1(40, 'A');

class CloudLists : public testing::Test {
protected:
    Result<db::CloudList> read(const std::string& content) {
        must(writeFile(m_path, content));
        return db::readCloudList(m_path);
    }
    /// Why it is not taken; never with a key in it.
    std::string why(const std::string& content) {
        const auto list = read(content);
        EXPECT_FALSE(list) << "taken: " << content.substr(0, 200);
        if (list) return {};
        EXPECT_EQ(list.error().code, ErrorCode::BadCsv);
        EXPECT_EQ(list.error().detail.find(kKey), std::string::npos) << list.error().detail;
        EXPECT_EQ(list.error().detail.substr(0, m_path.size() + 2), m_path + ": ");
        return list.error().detail.substr(m_path.size() + 2);
    }

    TempFolder m_folder{TempFolder::On::Memory};
    const std::string m_path = m_folder / "list";
};

TEST_F(CloudLists, AnExportSaysThatItsDevicesAreThereAndByWhichThumbprint) {
    const auto list = must(read("\xef\xbb\xbf" + kHeader + "\r\npump-1,\"North, \"\"old\"\"\"," + kKey + "," + kKey + ",,\r\npump-2,two,,," + kSha1 + ",\r\n"));
    EXPECT_EQ(list.kind, CloudFile::Export);
    ASSERT_EQ(list.devices.size(), 2u);
    EXPECT_EQ(list.devices[0].id, "pump-1");
    EXPECT_EQ(list.devices[0].said, CloudSaid::There);
    EXPECT_EQ(list.devices[1].thumbprints, std::vector{kSha1});
    EXPECT_EQ(list.devices[1].line, 3u);
}

TEST_F(CloudLists, AnExportMayHaveAColumnOfStatesInAnySpelling) {
    for (const char* column : {"IOTC_DEVICESTATUS", "iotc_status", "Device status", "provisioning_status"}) {
        const auto list = must(read("IOTC_DeviceID," + std::string{column} + "\na,Registered\nb,Provisioned\nc,BLOCKED\nd,Unassociated\ne,Waiting for approval\n"));
        std::vector<CloudSaid> said;
        for (const auto& device : list.devices) said.push_back(device.said);
        EXPECT_EQ(said, (std::vector{CloudSaid::Registered, CloudSaid::Provisioned, CloudSaid::Blocked, CloudSaid::Registered, CloudSaid::Registered})) << column;
    }
}

TEST_F(CloudLists, TheLogOfAnImportSaysWhatWasNotTaken) {
    const auto list = must(read("IOTC_DEVICEID,IOTC_DEVICENAME,Error\npump-1,one,\"the name, it is too long\"\n"));
    EXPECT_EQ(list.kind, CloudFile::ImportLog);
    EXPECT_EQ(list.devices[0].said, CloudSaid::NotImported);
    EXPECT_EQ(list.devices[0].words, "the name, it is too long");
}

TEST_F(CloudLists, ALineWithoutAnErrorInTheLogOfAnImportSaysNothing) {
    const auto list = must(read("IOTC_DEVICEID,IOTC_DEVICENAME,Error\npump-1,one,\npump-2,two,the name\npump-3,three,\" \"\n"));
    ASSERT_EQ(list.devices.size(), 1u);
    EXPECT_EQ(list.devices[0].id, "pump-2");
    EXPECT_EQ(why("IOTC_DEVICEID,IOTC_DEVICENAME,Error\npump-1,one,\npump-1,one,\n"), "line 3: pump-1 stands on line 2 already");
    EXPECT_EQ(why("IOTC_DEVICEID,IOTC_DEVICENAME,Error\npump-1,one,\n"), "line 1: there are no devices in it");
}

TEST_F(CloudLists, IotCentralsRestApiIsReadWithItsPagesAndAsTheCliPrintsIt) {
    const std::string devices = R"([
  {"id": "pump-1", "etag": "x", "displayName": "one", "enabled": true, "provisioned": true, "simulated": false},
  {"id": "pump-2", "displayName": "two", "enabled": true, "provisioned": false, "organizations": ["value"]},
  {"id": "pump-3", "displayName": "three", "enabled": false, "provisioned": true, "approved": true}
])";
    for (const std::string& text : {devices, "{\"value\":" + devices + "}", "{\"nextLink\": \"https://x/api/devices?skiptoken=1\", \"value\":" + devices + "}"}) {
        const auto list = must(read(text));
        EXPECT_EQ(list.kind, CloudFile::Devices);
        ASSERT_EQ(list.devices.size(), 3u);
        EXPECT_EQ(list.devices[0].said, CloudSaid::Provisioned);
        EXPECT_EQ(list.devices[1].said, CloudSaid::Registered);
        EXPECT_EQ(list.devices[2].said, CloudSaid::Blocked);
        EXPECT_EQ(list.devices[2].line, 4u);
        EXPECT_EQ(list.more, text.find("nextLink") != std::string::npos);
    }
}

TEST_F(CloudLists, OneEntryByItselfIsNoListOfAll) {
    const std::vector<std::pair<std::string, CloudFile>> cases{
        {R"({"id": "pump-1", "displayName": "one", "enabled": true, "provisioned": true})", CloudFile::Devices},
        {R"({"registrationId":"pump-1","provisioningStatus":"enabled","attestation":{"symmetricKey":{"primaryKey":")" + kKey + R"("}},"registrationState":{"status":"assigned"}})",
         CloudFile::Enrolments},
        {R"({"registrationId":"pump-1","status":"assigned","assignedHub":"h"})", CloudFile::Registrations}};
    for (const auto& [text, kind] : cases) {
        const auto list = must(read(text));
        EXPECT_EQ(list.kind, kind);
        EXPECT_TRUE(list.single);
        ASSERT_EQ(list.devices.size(), 1u);
        EXPECT_EQ(list.devices[0].id, "pump-1");
        EXPECT_EQ(list.devices[0].said, CloudSaid::Provisioned);
        EXPECT_FALSE(must(read("[" + text + "]")).single) << "a list of one";
    }
    EXPECT_EQ(why(R"({"id": "pump-1", "enabled": "perhaps"})"), "line 1: entry 1 has a state that is none of iotc-devices");
}

TEST_F(CloudLists, EnrolmentsOfDpsAreReadWithTheirRegistrationAndWithoutTheirKeys) {
    const auto list = must(read(R"([{"registrationId":"pump-1","deviceId":"pump-1","provisioningStatus":"enabled","attestation":{"type":"symmetricKey","symmetricKey":{"primaryKey":")" + kKey +
                                R"(","secondaryKey":")" + kKey + R"("}},"registrationState":{"status":"assigned","assignedHub":"h"}},)"
                                R"({"registrationId":"pump-2","provisioningStatus":"disabled","attestation":{"type":"x509","x509":{"clientCertificates":{"primary":{"info":{"sha1Thumbprint":")" + kSha1 +
                                R"("}}}}}},{"registrationId":"pump-3","provisioningStatus":"enabled","attestation":{"type":"tpm"}}])"));
    EXPECT_EQ(list.kind, CloudFile::Enrolments);
    ASSERT_EQ(list.devices.size(), 3u);
    EXPECT_EQ(list.devices[0].said, CloudSaid::Provisioned);
    EXPECT_EQ(list.devices[1].said, CloudSaid::Blocked);
    EXPECT_EQ(list.devices[1].thumbprints, std::vector{kSha1});
    EXPECT_EQ(list.devices[2].said, CloudSaid::Registered);
}

TEST_F(CloudLists, RegistrationStatesOfDpsAreRead) {
    const auto list = must(read(R"([{"registrationId":"a","status":"assigned","assignedHub":"h","deviceId":"a"},{"registrationId":"b","status":"disabled"},
                                    {"registrationId":"c","status":"unassigned"},{"registrationId":"d","status":"failed","errorCode":400}])"));
    EXPECT_EQ(list.kind, CloudFile::Registrations);
    std::vector<CloudSaid> said;
    for (const auto& device : list.devices) said.push_back(device.said);
    EXPECT_EQ(said, (std::vector{CloudSaid::Provisioned, CloudSaid::Blocked, CloudSaid::Registered, CloudSaid::Registered}));
}

TEST_F(CloudLists, WhatIsNoneOfThemIsSaidToBeNone) {
    const std::string files = "; what is read here is IoT Central's export of devices, its log of an import, its REST API's list of devices, DPS's lists of individual "
                              "enrolments and of registration states, and one JSON entry of these";
    for (const std::string& content :
         {std::string{}, std::string{"\n \n"}, std::string{"hello\nworld\n"}, std::string{"IOTC_DEVICEID,IOTC_DEVICENAME\npump-1,one\n"}, std::string{"{}"}, std::string{"{\"value\":{}}"},
          std::string{"[1, 2]"}, std::string{R"([{"deviceId":"a","status":"enabled","connectionState":"Connected"}])"},
          std::string{R"([{"enrollmentGroupId":"g","provisioningStatus":"enabled","attestation":{}}])"}, std::string{R"({"id":"a","displayName":"a"})"},
          std::string{"\x7f\x45\x4c\x46\x02\x01\x01"}}) {
        EXPECT_NE(why(content).find(files), std::string::npos) << content;
    }
    EXPECT_EQ(why("\xff\xfe" "a"), "UTF-16; save it as UTF-8");
    EXPECT_EQ(why(kHeader + "\n"), "line 1: there are no devices in it");
    EXPECT_EQ(why("[]"), "line 1: there are no devices in it");
}

TEST_F(CloudLists, EachErrorNamesItsLineAndNothingIsHalfTaken) {
    EXPECT_EQ(why(kHeader + ",Status\nok,,,,,,Registered\nb,,,,,,Happy\nc,,\n,,,,,,Blocked\nok,,,,,,Blocked\nd,,,,xyz,,Blocked\ne,\"open,,,,,Blocked\n"),
              "line 3: a state that is none of Registered, Provisioned, Blocked, Unassociated, Waiting for approval; line 4: 3 fields, 7 expected; line 5: the device ID is "
              "none: 1 to 128 letters, digits and - . _ :; line 6: ok stands on line 2 already; line 7: a thumbprint that is none: 40 or 64 hexadecimal digits; line 8: 2 "
              "fields, 7 expected");
    EXPECT_EQ(why("[{\"id\":\"a\",\"provisioned\":true},\n{\"id\":\"b\",\"provisioned\":tr"), "line 2: it is no JSON from here on: damaged, or cut");
    EXPECT_EQ(why("[{\"id\":\"a\",\"provisioned\":true},\n{\"id\":\"b\",\"provisioned\":\"yes\"},\n{\"id\":7,\"provisioned\":true}]"),
              "line 2: entry 2 has a state that is none of iotc-devices; line 3: the device ID is none: 1 to 128 letters, digits and - . _ :");
    EXPECT_EQ(why("[{\"registrationId\":\"a\",\"status\":\"assigned\"},\n{\"registrationId\":\"b\",\"attestation\":{}}]"),
              "line 2: an entry of another list (dps-enrolments) than those before it (dps-registrations)");
}

TEST_F(CloudLists, ADepthThatNoCloudHasIsRefusedBeforeItIsTakenIn) {
    const auto nested = [](std::size_t depth) { return "[{\"id\":\"a\",\"provisioned\":true,\"x\":\"[[\\\"[\",\n\"y\":" + std::string(depth, '[') + std::string(depth, ']') + "}]"; };
    EXPECT_EQ(must(read(nested(40))).devices.size(), 1u);
    EXPECT_EQ(why(nested(100)), "line 2: nested deeper than any cloud's list");
    EXPECT_EQ(why(std::string(1000, '[')), "line 1: nested deeper than any cloud's list");
}

TEST_F(CloudLists, ALineThatNoCloudWritesIsNotTakenApart) {
    const std::string commas(100'000, ',');
    EXPECT_EQ(why(kHeader + "\n" + commas + "\n"), "line 2: longer than any cloud's line");
    EXPECT_TRUE(why(kHeader + commas + "\na\n").starts_with("its first line is longer than any header"));
}

TEST_F(CloudLists, ADamagedFileRepeatsNoKey) {
    // the key where the ID should be, a quote lost, a cut JSON, an unknown word beside a key
    why(kHeader + "\n" + kKey + ",pump-1," + kKey + ",,,\n");
    why(kHeader + "\n\"pump-1,one," + kKey + "," + kKey + ",,\n");
    why(R"([{"registrationId":"pump-1","provisioningStatus":"enabled","attestation":{"symmetricKey":{"primaryKey":")" + kKey + "\n");
    why(R"([{"registrationId":"pump-1","provisioningStatus":"perhaps","attestation":{"symmetricKey":{"primaryKey" : ")" + kKey + R"("}}}])");
}

TEST_F(CloudLists, WhyADeviceWasNotTakenRepeatsNoneOfItsKeys) {
    const auto list = must(read(kHeader + ",Error\npump-1,one,\"" + kKey + "\",,,,\"the key '" + kKey + "' of pump-1, " + kKey.substr(3, 30) + ", is none\"\n"));
    EXPECT_EQ(list.devices[0].words, "the key '***' of pump-1, ***, is none");
}

TEST_F(CloudLists, TheLastPageOfAListMayBeEmpty) {
    const auto list = must(read(R"({"value": []})"));
    EXPECT_EQ(list.kind, CloudFile::Devices);
    EXPECT_TRUE(list.devices.empty());
    EXPECT_FALSE(list.more);
    EXPECT_EQ(why(R"({"value": [], "nextLink": "https://x/api/devices?skiptoken=1"})"), "line 1: there are no devices in it");
}

TEST_F(CloudLists, CutAnywhereAListIsRefusedAndNeverTakenForAShorterOne) {
    const std::string whole = R"({"value":[{"id":"a","provisioned":true},{"id":"b","enabled":false}]})";
    for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(read(whole.substr(0, size))) << size;
    EXPECT_TRUE(read(whole));
}

}  // namespace
}  // namespace keystamp::test
