// SPDX-License-Identifier: Apache-2.0
// The ESP32 driver against the emulated ROM loader, every chip of the family.
#include <gtest/gtest.h>

#include <array>

#include "flashing/esp32/chips.h"
#include "flashing/esp32/loader.h"
#include "flashing/esp32/protocol.h"
#include "flashing/esp32/slip.h"
#include "tests/flashing/board_process.h"

namespace keystamp {
namespace {

using flashing::Board;
using flashing::DriverOptions;
using test::BoardProcess;
using test::soon;

constexpr const char* kServer = "rfc2217:127.0.0.1:0";

DeviceId id(const char* text = "acme-000017") { return *DeviceId::parse(text); }

std::unique_ptr<Board> open(const BoardProcess& boards, const std::string& driver, const DriverOptions& options = {}) { return boards.open(driver, options); }

class EveryChip : public testing::TestWithParam<flashing::esp32::Chip> {
protected:
    std::string driver() const { return std::string{GetParam().driver}; }
};

TEST_P(EveryChip, HoldsAfterAResetWhatItWasGiven) {
    const BoardProcess boards{{"--driver", driver()}, kServer};
    const auto board = open(boards, driver());
    const auto blank = board->info(soon());
    ASSERT_TRUE(blank) << describe(blank.error());
    EXPECT_EQ(blank->uid.size(), 6U);
    EXPECT_EQ(blank->family, GetParam().name);
    EXPECT_FALSE(blank->credential || blank->makesKeys || blank->proves || blank->locks);
    EXPECT_TRUE(blank->readsBack);

    const auto sas = test::sasCredential(id());
    const auto x509 = test::x509CredentialWithKey(id("acme-000018"));
    for (const auto* credential : {&sas, &x509, &sas}) {  // each over the one before
        ASSERT_TRUE(board->begin(credential->kind, credential->id, credential->scopeId, soon()));
        const auto written = board->write(*credential, soon());
        ASSERT_TRUE(written) << describe(written.error());
        const auto held = board->info(soon());
        ASSERT_TRUE(held) << describe(held.error());
        EXPECT_EQ(held->uid, blank->uid);
        EXPECT_EQ(held->credential, flashing::credentialDigest(*credential));
        EXPECT_EQ(held->deviceId, credential->id.text());
        EXPECT_EQ(held->scopeId, credential->scopeId);
        EXPECT_FALSE(held->readsBack) << "the ROM's MD5 is a digest";
    }
    // who did not write it reads all of it
    const auto other = open(boards, driver());
    const auto read = other->info(soon());
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_EQ(read->credential, flashing::credentialDigest(sas));
    EXPECT_EQ(read->deviceId, sas.id.text());
    EXPECT_TRUE(read->readsBack);
    ASSERT_TRUE(other->erase(soon()));
    const auto erased = other->info(soon());
    ASSERT_TRUE(erased);
    EXPECT_FALSE(erased->credential);
}

INSTANTIATE_TEST_SUITE_P(Family, EveryChip, testing::ValuesIn(flashing::esp32::chips().begin(), flashing::esp32::chips().end()),
                         [](const auto& chip) { return std::string{chip.param.driver}; });

/// Nothing is written: the next reading finds a blank board.
void refusesTheTable(const DriverOptions& options, const std::string& why) {
    const BoardProcess boards{{"--driver", "esp32c3"}, kServer};
    const auto board = open(boards, "esp32c3", options);
    const auto refused = board->write(test::sasCredential(id()), soon());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::BadConfig);
    EXPECT_NE(refused.error().detail.find(why), std::string::npos) << refused.error().detail;
    const auto untouched = open(boards, "esp32c3")->info(soon());
    ASSERT_TRUE(untouched);
    EXPECT_FALSE(untouched->credential);
}

TEST(Esp32, AWrongPlaceIsRefusedBeforeAByteIsWritten) {
    refusesTheTable({{"offset", "0x191000"}}, "is configured at 0x191000");
    refusesTheTable({{"size", "0x5000"}}, "is configured with size 0x5000");
    refusesTheTable({{"partition", "storage"}}, "has no partition 'storage'; it has nvs, esp_secure_cert, phy_init, factory, fctry");
    refusesTheTable({{"partition", "factory"}}, "is not of type data, nvs");
    refusesTheTable({{"table", "0x9000"}}, "there is none");
}

TEST(Esp32, AWrongPlaceForSecureCertIsRefusedBeforeAByteIsWritten) {
    const auto with = [](DriverOptions options) {
        options["store"] = "esp_secure_cert";
        return options;
    };
    refusesTheTable(with({{"secure_cert_offset", "0xE000"}}), "'esp_secure_cert' of the board (offset 0xd000, size 0x2000) is configured at 0xe000");
    refusesTheTable(with({{"secure_cert_size", "0x1000"}}), "is configured with size 0x1000");
    refusesTheTable(with({{"partition", "storage"}}), "has no partition 'storage'");
}

/// What the product's firmware says when it has been started.
std::string applicationOf(const BoardProcess& boards) {
    const auto link = flashing::openLink(boards.link(), soon());
    if (!link || !(*link)->setLines(false, true) || !(*link)->setLines(false, false)) return "no link";
    std::string said;
    std::array<std::uint8_t, 256> buffer{};
    while (said.find("app: ") == std::string::npos || said.back() != '\n') {
        const auto got = (*link)->read(buffer, soon());
        if (!got) return describe(got.error());
        said += asText(BytesView{buffer}.first(*got));
    }
    return said.substr(said.find("app: "));
}

TEST_P(EveryChip, KeepsItsCertificateWhereEspressifsManagerLooks) {
    const BoardProcess boards{{"--driver", driver()}, kServer};
    const DriverOptions options{{"store", "esp_secure_cert"}, {"secure_cert_offset", "0xD000"}, {"secure_cert_size", "0x2000"}};
    const auto board = open(boards, driver(), options);
    const auto sas = test::sasCredential(id());
    const auto x509 = test::x509CredentialWithKey(id("acme-000018"));
    const auto another = test::x509CredentialWithKey(id("acme-000019"));
    for (const auto* credential : {&x509, &another, &sas, &x509}) {  // each over the one before
        const auto before = board->info(soon());
        ASSERT_TRUE(before) << describe(before.error());
        ASSERT_TRUE(board->begin(credential->kind, credential->id, credential->scopeId, soon()));
        const auto written = board->write(*credential, soon());
        ASSERT_TRUE(written) << describe(written.error());
        const auto held = board->info(soon());
        ASSERT_TRUE(held) << describe(held.error());
        EXPECT_EQ(held->credential, flashing::credentialDigest(*credential));
        EXPECT_EQ(held->deviceId, credential->id.text());
        EXPECT_EQ(held->scopeId, credential->scopeId);
    }
    const auto byNvs = open(boards, driver())->info(soon());
    ASSERT_TRUE(byNvs);
    EXPECT_FALSE(byNvs->credential) << "in NVS there is no credential";
    EXPECT_EQ(applicationOf(boards), "app: acme-000018 of 0ne00TEST01, credential " + toHex(flashing::credentialDigest(x509)) + "\r\n");

    const auto again = open(boards, driver(), options);
    const auto read = again->info(soon());
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_EQ(read->credential, flashing::credentialDigest(x509)) << "who did not write it reads all of it";
    ASSERT_TRUE(again->erase(soon()));
    const auto erased = again->info(soon());
    ASSERT_TRUE(erased);
    EXPECT_FALSE(erased->credential);
    EXPECT_EQ(applicationOf(boards), "app: no identity\r\n");
}

TEST(Esp32, ACertificateThatSomebodyElsePutThereIsLeftAlone) {
    const BoardProcess boards{{"--driver", "esp32c3"}, kServer};
    const DriverOptions options{{"store", "esp_secure_cert"}};
    const auto theirs = test::x509CredentialWithKey(id("theirs-1"));
    ASSERT_TRUE(open(boards, "esp32c3", options)->write(theirs, soon()));
    ASSERT_TRUE(open(boards, "esp32c3")->erase(soon()));  // NVS, which named it
    const auto board = open(boards, "esp32c3", options);
    const auto blank = board->info(soon());
    ASSERT_TRUE(blank) << describe(blank.error());
    EXPECT_FALSE(blank->credential);
    const auto begun = board->begin(Mode::X509, id(), "0ne00TEST01", soon());
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code, ErrorCode::BoardRefused);
    EXPECT_NE(begun.error().detail.find("holds what this station did not write"), std::string::npos) << begun.error().detail;
    EXPECT_FALSE(board->write(test::x509CredentialWithKey(id()), soon()));
    EXPECT_FALSE(board->erase(soon()));
}

TEST(Esp32, FlashEncryptionLeavesNoPlaceForAPlainCertificate) {
    const BoardProcess boards{{"--driver", "esp32"}, "unix:FOLDER/board.sock"};
    {
        // the emulated chip keeps what is written to its registers, fuses too
        using namespace flashing::esp32;
        constexpr std::array<std::uint8_t, 16> kOneBit{0x00, 0xA0, 0xF5, 0x3F, 0x00, 0x00, 0x10, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0};
        const auto link = flashing::openLink(boards.link(), soon());
        ASSERT_TRUE(link);
        ASSERT_TRUE((*link)->write(slip({Bytes{0x00, kWriteRegister, kOneBit.size(), 0, 0, 0, 0, 0}, kOneBit}).view(), soon()));
        std::array<std::uint8_t, 64> reply{};
        ASSERT_TRUE((*link)->read(reply, soon()));
    }
    const auto plain = open(boards, "esp32")->info(soon());
    ASSERT_TRUE(plain);
    EXPECT_NE(plain->firmware.find("flash encryption on"), std::string::npos) << plain->firmware;
    const auto refused = open(boards, "esp32", {{"store", "esp_secure_cert"}})->info(soon());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::BoardRefused);
    EXPECT_NE(refused.error().detail.find("flash encryption is on"), std::string::npos) << refused.error().detail;
}

TEST(Esp32, OptionsThatMeanNothingAreRefusedByName) {
    const std::pair<DriverOptions, std::string> bad[] = {{{{"namespase", "x"}}, "namespase"},    {{{"offset", "0x123"}}, "offset"},
                                                         {{{"size", "large"}}, "size"},          {{{"size", "0x1000"}}, "size"},
                                                         {{{"namespace", "far_too_long_name"}}, "namespace"},
                                                         {{{"sas_key", "cert"}}, "sas_key"},     {{{"baud", "1"}}, "baud"},
                                                         {{{"store", "flash"}}, "store"},        {{{"secure_cert_size", "0x20000"}}, "secure_cert_size"}};
    for (const auto& [options, key] : bad) {
        const auto checked = flashing::checkDriver("esp32s3", options);
        ASSERT_FALSE(checked) << key;
        EXPECT_EQ(checked.error().code, ErrorCode::BadConfig);
        EXPECT_NE(checked.error().detail.find(key), std::string::npos) << checked.error().detail;
    }
    EXPECT_TRUE(flashing::checkDriver("esp32s3", {{"partition", "nvs"}, {"offset", "0x9000"}, {"size", "24576"}, {"baud", "460800"}}));
    EXPECT_FALSE(flashing::checkDriver("agent", {{"baud", "460800"}}));
}

TEST(Esp32, AnotherChipIsNamed) {
    const BoardProcess boards{{"--driver", "esp32s3"}, kServer};
    const auto info = open(boards, "esp32")->info(soon());
    ASSERT_FALSE(info);
    EXPECT_NE(info.error().detail.find("this is an ESP32-S3; the fixture's driver is esp32"), std::string::npos) << info.error().detail;
}

TEST(Esp32, SecureDownloadModeIsRefusedWithTheReason) {
    const BoardProcess boards{{"--driver", "esp32c3", "--secure-download"}, kServer};
    const auto info = open(boards, "esp32c3")->info(soon());
    ASSERT_FALSE(info);
    EXPECT_EQ(info.error().code, ErrorCode::BoardRefused);
    EXPECT_NE(info.error().detail.find("secure download mode"), std::string::npos);
}

TEST(Esp32, AHigherBaudRateIsTakenAndGivenUpAtEachReset) {
    const BoardProcess boards{{"--driver", "esp32c6"}, kServer};
    const auto board = open(boards, "esp32c6", {{"baud", "921600"}});
    for (int i = 0; i < 2; ++i) {
        const auto info = board->info(soon());
        ASSERT_TRUE(info) << describe(info.error());
    }
}

TEST(Esp32, ABoardThatTakesALongResetGetsOne) {
    const BoardProcess boards{{"--driver", "esp32c3", "--reset-hold", "60"}, kServer};
    const auto board = open(boards, "esp32c3");
    ASSERT_TRUE(board->info(soon()));
    ASSERT_TRUE(board->write(test::sasCredential(id()), soon()));
    ASSERT_TRUE(board->lock(soon()));
    {
        const auto link = flashing::openLink(boards.link(), soon());
        ASSERT_TRUE(link);
        flashing::esp32::RomLoader loader{**link};
        EXPECT_FALSE(loader.readRegister(flashing::esp32::kMagicRegister, soon())) << "its application runs";
    }
    EXPECT_TRUE(open(boards, "esp32c3")->info(soon())) << "and the loader, when it is asked for";
}

TEST(Esp32, WhatIsKnownOfOneFlashIsNotSaidOfAnother) {
    const BoardProcess boards{{"--driver", "esp32c3", "--feed", "2"}, kServer};
    const auto board = open(boards, "esp32c3");
    const auto credential = test::sasCredential(id());
    ASSERT_TRUE(board->write(credential, soon()));
    ASSERT_TRUE(board->lock(soon()));
    const auto blank = board->info(soon());
    ASSERT_TRUE(blank);
    EXPECT_FALSE(blank->credential) << "what is known of the last board is not said of this one";
    ASSERT_TRUE(board->write(credential, soon()));
    ASSERT_TRUE(board->erase(soon()));
    const auto erased = board->info(soon());
    ASSERT_TRUE(erased);
    EXPECT_FALSE(erased->credential);
}

TEST(Esp32, TheNextBoardOfTheFeedLiesThereWhenThisOneWasStarted) {
    const BoardProcess boards{{"--driver", "esp32c3", "--feed", "2"}, kServer};
    const auto board = open(boards, "esp32c3");
    const auto first = board->info(soon());
    ASSERT_TRUE(first);
    ASSERT_TRUE(board->write(test::sasCredential(id()), soon()));
    ASSERT_TRUE(board->lock(soon()));
    const auto second = board->info(soon());
    ASSERT_TRUE(second) << describe(second.error());
    EXPECT_NE(second->uid, first->uid);
    EXPECT_FALSE(second->credential);
}

TEST(Esp32, OnALinkWithoutLinesTheLoaderMustRun) {
    const BoardProcess boards{{"--driver", "esp32c3"}, "unix:FOLDER/board.sock"};
    const auto board = open(boards, "esp32c3");
    ASSERT_TRUE(board->write(test::sasCredential(id()), soon()));
    const auto held = board->info(soon());
    ASSERT_TRUE(held);
    EXPECT_EQ(held->deviceId, "acme-000017");
}

TEST(Rfc2217, APortThatIsRawIsToldApart) {
    const BoardProcess boards{{"--driver", "esp32c3"}, "tcp:127.0.0.1:0"};
    const std::string raw = boards.link();
    const auto link = flashing::openLink("rfc2217" + raw.substr(3), soon());
    ASSERT_FALSE(link);
    EXPECT_EQ(link.error().code, ErrorCode::LinkUnavailable);
    EXPECT_NE(link.error().detail.find("does not answer as an RFC 2217 server"), std::string::npos);
}

}  // namespace
}  // namespace keystamp
