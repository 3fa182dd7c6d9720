// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/config.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "core/file.h"
#include "tests/support/temp_folder.h"

namespace keystamp::workflow {
namespace {

constexpr const char* kStation = "[station]\nname = \"line-1\"\ndata = \"data\"\n";
constexpr const char* kFixture = "[[fixture]]\nname = \"F1\"\nlink = \"tcp:localhost:7\"\n";

class ConfigFile : public ::testing::Test {
protected:
    void SetUp() override { unsetenv("KEYSTAMP_CONFIG"); }

    std::string path() const { return m_folder / "station.toml"; }
    Result<Config> load(const std::string& text) {
        EXPECT_TRUE(writeFile(path(), text).ok());
        return loadConfig(path());
    }
    /// The detail behind the file's name and a colon.
    std::string refusal(const std::string& text) {
        const auto config = load(text);
        if (config) return "taken";
        EXPECT_EQ(config.error().code, ErrorCode::BadConfig);
        return config.error().detail.substr(path().size() + 1);
    }

    test::TempFolder m_folder;
};

TEST_F(ConfigFile, PathsAreRelativeToItAndDefaultsStand) {
    const auto config = load(std::string{kStation} + kFixture);
    ASSERT_TRUE(config.ok()) << describe(config.error());
    EXPECT_EQ(config->file, path());
    EXPECT_EQ(config->data, m_folder / "data");
    EXPECT_EQ(config->signerSocket, m_folder / "data/signer.sock");
    EXPECT_EQ(config->journalPath(), m_folder / "data/journal.db");
    EXPECT_TRUE(config->startSigner);
    EXPECT_EQ(config->supervisor, "supervisor");
    EXPECT_TRUE(config->passphraseFile.empty());
    ASSERT_NE(config->fixture("F1"), nullptr);
    EXPECT_EQ(config->fixture("F1")->driver, "agent");
    EXPECT_EQ(config->fixture("F1")->label, "F1");
    EXPECT_EQ(config->fixture("F2"), nullptr);
    EXPECT_EQ(config->stopAfter, 3u);
    EXPECT_EQ(config->logoutMinutes, 10u);
}

TEST_F(ConfigFile, EveryKeyIsRead) {
    const auto config = load(
        "[station]\nname = \"a\"\ndata = \"/var/lib/k\"\nstop_after = 0\nlogout_minutes = 25\n[signer]\nsocket = \"s.sock\"\nstart = false\nmodule = \"m\"\n"
        "[signer.primary]\nca_key = \"01\"\n[profile]\nvalidity_days = 9\n[supervisor]\nname = \"eve\"\npassphrase_file = \"p\"\n"
        "[[fixture]]\nname = \"F1\"\nlink = \"tcp:a:1\"\ndriver = \"agent\"\nlabel = \"L1\"\n");
    ASSERT_TRUE(config.ok()) << describe(config.error());
    EXPECT_EQ(config->data, "/var/lib/k");
    EXPECT_EQ(config->signerSocket, "/var/lib/k/s.sock");
    EXPECT_FALSE(config->startSigner);
    EXPECT_EQ(config->supervisor, "eve");
    EXPECT_EQ(config->passphraseFile, m_folder / "p");
    EXPECT_EQ(config->fixtures.front().label, "L1");
    EXPECT_EQ(config->stopAfter, 0u);
    EXPECT_EQ(config->logoutMinutes, 25u);
}

TEST_F(ConfigFile, ADriversOptionsGoToItsFixturesAndItSaysWhatItDoesNotKnow) {
    const std::string fixture = "[[fixture]]\nname = \"F1\"\nlink = \"tcp:a:1\"\ndriver = \"esp32c3\"\n";
    const auto config = load(kStation + fixture + "[driver.esp32c3]\npartition = \"nvs\"\noffset = 0x9000\n");
    ASSERT_TRUE(config.ok()) << describe(config.error());
    EXPECT_EQ(config->fixtures.front().options.at("partition"), "nvs");
    EXPECT_EQ(config->fixtures.front().options.at("offset"), "36864");
    EXPECT_EQ(refusal(kStation + fixture + "[driver.esp32c3]\nbaud = 1\n"), "4: driver of F1: baud is from 9600 to 4000000");
    EXPECT_EQ(refusal(kStation + fixture + "[driver.esp32c3]\nbaud = true\n"), "9: driver.esp32c3.baud must be text in quotes or a whole number");
    EXPECT_NE(refusal(kStation + std::string{"[[fixture]]\nname = \"F1\"\nlink = \"tcp:a:1\"\ndriver = \"esp99\"\n"}).find("no driver 'esp99'"), std::string::npos);
}

TEST_F(ConfigFile, LabelsArePrintedWhereAPrinterIsNamedAndAFormIsReadAtStart) {
    EXPECT_FALSE(load(std::string{kStation} + kFixture)->label.has_value());
    const auto config = load(std::string{kStation} + kFixture + "[label]\nprinter = \"tcp:10.0.0.7\"\nconfirm = true\nwidth_mm = 60\n");
    ASSERT_TRUE(config.ok()) << describe(config.error());
    EXPECT_EQ(config->label->printer, "tcp:10.0.0.7");
    EXPECT_TRUE(config->label->confirm);
    EXPECT_EQ(config->label->widthMm, 60u);
    const auto with = [&](const std::string& label) { return refusal(std::string{kStation} + kFixture + "[label]\n" + label); };
    EXPECT_EQ(with(""), "7: label.printer is needed");
    EXPECT_EQ(with("printer = \"lp0\"\n"), "8: label.printer must be \"tcp:host[:9100]\" or \"usb:/dev/usb/lp0\"");
    EXPECT_EQ(with("printer = \"tcp:a\"\nheight_mm = 5\n"), "9: label.height_mm must be from 10 to 300");
    ASSERT_TRUE(writeFile(m_folder / "bad.zpl", "^XA\n^FD{id} {nmae}^FS^XZ").ok());
    const auto bad = load(std::string{kStation} + kFixture + "[label]\nprinter = \"tcp:a\"\ntemplate = \"bad.zpl\"\n");
    ASSERT_FALSE(bad.ok());
    EXPECT_EQ(bad.error().detail, m_folder / "bad.zpl" + std::string{":2: ^FD has {nmae}, which is no place holder"});
}

TEST_F(ConfigFile, TheShippedExampleIsUnderstood) {
    const auto config = loadConfig(std::string{KEYSTAMP_SOURCE} + "/docs/station.toml");
    ASSERT_TRUE(config.ok()) << describe(config.error());
    EXPECT_EQ(config->data, "/var/lib/keystamp");
}

TEST_F(ConfigFile, WhatIsMisspeltIsNamedByLineAndKey) {
    EXPECT_EQ(refusal("[station]\nname = \"a\"\ndata = \"d\"\nnmae = 1\n"), "4: station.nmae is not a key here");
    EXPECT_EQ(refusal(std::string{kStation} + "[supervisor]\npassphrase = \"x\"\n"), "5: supervisor.passphrase is not a key here");
    EXPECT_EQ(refusal(std::string{kStation} + kFixture + "port = 1\n"), "7: fixture.port is not a key here");
    EXPECT_EQ(refusal(std::string{kStation} + "[singer]\n" + kFixture), "4: singer is not a table here");
}

TEST_F(ConfigFile, WhatIsMissingOrOfTheWrongKindIsNamed) {
    EXPECT_EQ(refusal("[station]\ndata = \"d\"\n"), "1: station.name is needed");
    EXPECT_EQ(refusal("[station]\nname = 5\ndata = \"d\"\n"), "2: station.name must be text in quotes");
    EXPECT_EQ(refusal(std::string{kStation} + "[signer]\nstart = \"no\"\n"), "5: signer.start must be true or false");
    EXPECT_EQ(refusal(std::string{kStation} + "stop_after = \"3\"\n"), "4: station.stop_after must be a whole number");
    EXPECT_EQ(refusal(std::string{kStation} + "stop_after = -1\n"), "4: station.stop_after must be from 0 to 1000");
    EXPECT_EQ(refusal(std::string{kStation} + "logout_minutes = 1441\n"), "4: station.logout_minutes must be from 0 to 1440");
    EXPECT_EQ(refusal(kStation), "1: 1 to 16 tables [[fixture]] are needed");
    EXPECT_EQ(refusal(std::string{kStation} + "[[fixture]]\nname = \"F1\"\n"), "4: fixture.link is needed");
    EXPECT_EQ(refusal("[station\n").substr(0, 2), "1:");
}

TEST_F(ConfigFile, TwoFixturesNeverShareANameALabelOrALink) {
    const auto with = [&](const std::string& second) { return refusal(std::string{kStation} + kFixture + second); };
    EXPECT_EQ(with("[[fixture]]\nname = \"F1\"\nlink = \"tcp:a:2\"\n"), "8: fixture.name stands twice");
    EXPECT_EQ(with("[[fixture]]\nname = \"F2\"\nlink = \"tcp:a:2\"\nlabel = \"F1\"\n"), "10: fixture.label belongs to F1 too");
    EXPECT_EQ(with("[[fixture]]\nname = \"F2\"\nlink = \"tcp:localhost:7\"\n"), "9: fixture.link belongs to F1 too");
    EXPECT_EQ(with("[[fixture]]\nname = \"F,2\"\nlink = \"tcp:a:2\"\n"),
              "8: fixture.name must be 1 to 32 printable characters, no blank, comma or quote");
}

TEST_F(ConfigFile, ALinkThatNobodyCouldOpenIsNamedAtOnce) {
    const std::string fixture = std::string{kStation} + "[[fixture]]\nname = \"F1\"\n";
    EXPECT_TRUE(load(fixture + "link = \"usb:1-2.3:1.0@9600\"\n").ok());
    EXPECT_EQ(refusal(fixture + "link = \"usb:ttyUSB0\"\n").substr(0, 57), "6: fixture.link cannot be used: link 'usb:ttyUSB0': write");
    EXPECT_EQ(refusal(fixture + "link = \"\"\n"), "4: fixture.link is needed");
}

TEST_F(ConfigFile, TheEnvironmentNamesItWhereNoneIsGiven) {
    ASSERT_TRUE(writeFile(path(), std::string{kStation} + kFixture).ok());
    setenv("KEYSTAMP_CONFIG", path().c_str(), 1);
    EXPECT_TRUE(loadConfig({}).ok());
    setenv("KEYSTAMP_CONFIG", (m_folder / "none.toml").c_str(), 1);
    const auto missing = loadConfig({});
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().code, ErrorCode::BadConfig);
    EXPECT_NE(missing.error().detail.find("none.toml"), std::string::npos);
    unsetenv("KEYSTAMP_CONFIG");
}

TEST_F(ConfigFile, LabelsAndScannersAreRead) {
    const auto config = load(std::string{kStation} + kFixture +
                             "[scan]\nprefix = \"~\"\ntake = \"acme-{21}\"\nneed = [\"01=09501101530003\", \"10\"]\n"
                             "[[scanner]]\nname = \"S1\"\nlink = \"usb:1-2.4\"\nfixture = \"F1\"\nend = \"crlf\"\n"
                             "[[scanner]]\nname = \"S2\"\nlink = \"evdev:/dev/input/event3\"\n");
    ASSERT_TRUE(config.ok()) << describe(config.error());
    EXPECT_EQ(config->scan.prefix, "~");
    EXPECT_EQ(config->scan.take, "acme-{21}");
    EXPECT_EQ(config->scan.need, (std::vector<std::pair<std::string, std::string>>{{"01", "09501101530003"}, {"10", ""}}));
    ASSERT_EQ(config->scanners.size(), 2u);
    EXPECT_EQ(config->scanners[0].fixture, "F1");
    EXPECT_EQ(config->scanners[0].end, "\r\n");
    EXPECT_EQ(config->scanners[1].link, "evdev:/dev/input/event3");
}

TEST_F(ConfigFile, LabelsAndScannersThatCannotBeAreRefusedByLineAndKey) {
    const std::string start = std::string{kStation} + kFixture;
    EXPECT_EQ(refusal(start + "[scan]\ntake = \"{77}\"\n"), "8: scan.take names {77}, which is no GS1 application identifier");
    EXPECT_EQ(refusal(start + "[scan]\nneed = \"01\"\n"), "8: scan.need must be a list of texts in quotes");
    EXPECT_EQ(refusal(start + "[scan]\ntakes = \"{21}\"\n"), "8: scan.takes is not a key here");
    const std::string scanner = start + "[[scanner]]\nname = \"S1\"\n";
    EXPECT_EQ(refusal(scanner), "7: scanner.link is needed");
    EXPECT_EQ(refusal(scanner + "link = \"tcp:localhost:7\"\n"), "9: scanner.link belongs to fixture F1 too");
    EXPECT_EQ(refusal(scanner + "link = \"usb:1-2\"\nfixture = \"F2\"\n"), "10: scanner.fixture is none of the fixtures");
    EXPECT_EQ(refusal(scanner + "link = \"evdev:event3\"\n"), "9: scanner.link must name a device: evdev:/dev/input/by-id/...");
    EXPECT_EQ(refusal(scanner + "link = \"usb:1-2\"\nend = \"enter\"\n"), "10: scanner.end must be any, cr, lf, crlf or tab");
}

TEST_F(ConfigFile, DevicesArePushedNowhereUnlessItSaysWhere) {
    const std::string start = std::string{kStation} + kFixture + "[cloud]\nmqtt_port = 8883\n";
    const auto without = load(start);
    ASSERT_TRUE(without.ok()) << describe(without.error());
    EXPECT_FALSE(without->push);
    const auto central = load(start + "[cloud.push]\nservice = \"iot-central\"\nhost = \"acme.azureiotcentral.com\"\ntemplate = \"dtmi:acme:board;1\"\n");
    ASSERT_TRUE(central.ok()) << describe(central.error());
    EXPECT_EQ(central->push->host, "acme.azureiotcentral.com");
    EXPECT_EQ(central->push->deviceTemplate, "dtmi:acme:board;1");
    const auto dps = load(start + "[cloud.push]\nservice = \"dps\"\nhost = \"acme-dps.azure-devices-provisioning.net\"\n");
    ASSERT_TRUE(dps.ok()) << describe(dps.error());
    EXPECT_EQ(dps->push->kind, cloud::PushTarget::Kind::Dps);
    const std::string push = start + "[cloud.push]\n";
    EXPECT_EQ(refusal(push), "9: cloud.push.service is needed");
    EXPECT_EQ(refusal(push + "service = \"hub\"\nhost = \"a\"\n"), "10: cloud.push.service must be \"iot-central\" or \"dps\"");
    EXPECT_EQ(refusal(push + "service = \"dps\"\nhost = \"https://a\"\n"), "11: cloud.push.host must be a host, or host:port: no https:// in front, no path behind");
    EXPECT_EQ(refusal(push + "service = \"dps\"\nhost = \"a\"\ntemplate = \"t\"\n"), "12: cloud.push.template is for iot-central");
    EXPECT_EQ(refusal(push + "service = \"dps\"\nhost = \"a\"\ntoken = \"t\"\n"), "12: cloud.push.token is not a key here");
}

}  // namespace
}  // namespace keystamp::workflow
