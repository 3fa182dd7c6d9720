// SPDX-License-Identifier: Apache-2.0
// The shipped profiles against the emulated consoles: what is true of one board with a console is true of the others, and what each can show.
#include <gtest/gtest.h>

#include <signal.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <thread>

#include "flashing/console/console_board.h"
#include "flashing/console/profile.h"
#include "tests/flashing/board_process.h"
#include "tests/support/crypto.h"

namespace keystamp {
namespace {

using flashing::Board;
using flashing::BoardInfo;
using flashing::Credential;
using flashing::DriverOptions;
using test::BoardProcess;
using test::soon;

struct Way {
    const char* name;
    const char* driver;
    Mode mode;
    bool keyOnBoard;
    const char* shows;  ///< "read-back", "digest", "accepted"
};
void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }

DeviceId id(const char* text = "acme-000017") { return *DeviceId::parse(text); }

std::unique_ptr<Board> open(const BoardProcess& boards, const std::string& driver, const DriverOptions& options = {}) { return boards.open(driver, options); }

/// Returns once the signal was taken.
void swapBoards(pid_t pid) {
    ASSERT_EQ(::kill(pid, SIGUSR1), 0);
    const auto pending = [pid] {
        std::ifstream status{"/proc/" + std::to_string(pid) + "/status"};
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("ShdPnd:")) return (std::stoull(line.substr(7), nullptr, 16) >> (SIGUSR1 - 1) & 1) != 0;
        }
        return false;
    };
    while (pending()) std::this_thread::yield();
}

class EveryConsole : public testing::TestWithParam<Way> {
protected:
    std::unique_ptr<Board> connect() const { return open(m_boards, GetParam().driver); }
    static BoardInfo infoOf(Board& board) {
        auto info = board.info(soon());
        EXPECT_TRUE(info) << describe(info.error());
        return info ? *info : BoardInfo{};
    }
    static Credential credentialFor(Board& board, const DeviceId& device) {
        EXPECT_TRUE(board.begin(GetParam().mode, device, "0ne00TEST01", soon()));
        if (GetParam().mode == Mode::Sas) return test::sasCredential(device);
        if (!GetParam().keyOnBoard) return test::x509CredentialWithKey(device);
        const auto csr = board.makeKey(soon());
        EXPECT_TRUE(csr) << describe(csr.error());
        if (!csr) return test::x509CredentialWithKey(device);
        EXPECT_EQ(test::commonNameOfCsr(*csr), device.text());
        const Bytes key = test::publicKeyOfCsr(*csr);
        EXPECT_FALSE(key.empty()) << "its signature is not strict DER, or does not verify";
        EXPECT_EQ(infoOf(board).pendingKey, sha256(key));
        return test::x509Credential(device, key);
    }
    static void expectHeld(Board& board, const Credential& credential) {
        const BoardInfo held = infoOf(board);
        EXPECT_EQ(held.credential, flashing::credentialDigest(credential));
        EXPECT_EQ(held.deviceId, credential.id.text());
        EXPECT_EQ(held.scopeId, credential.scopeId);
        EXPECT_FALSE(held.pendingKey);
        const std::string shows = GetParam().shows;
        EXPECT_EQ(held.readsBack, shows == "read-back");
        EXPECT_EQ(held.accepted, shows == "accepted");
    }
    static bool showsLater() { return GetParam().shows != std::string{"accepted"}; }

    BoardProcess m_boards{{"--driver", GetParam().driver}};
};

TEST_P(EveryConsole, HoldsWhatItWasGivenAndTheNextConnectionSeesIt) {
    auto board = connect();
    const BoardInfo blank = infoOf(*board);
    EXPECT_FALSE(blank.uid.empty());
    EXPECT_FALSE(blank.credential || blank.pendingKey || blank.proves || blank.locked || blank.locks);
    EXPECT_TRUE(blank.deviceId.empty());
    EXPECT_EQ(blank.makesKeys, std::string{"nrf91"} == GetParam().driver);
    for (const char* device : {"acme-000017", "acme-000018"}) {  // the second over the first
        const Credential credential = credentialFor(*board, id(device));
        const auto written = board->write(credential, soon());
        ASSERT_TRUE(written) << describe(written.error());
        EXPECT_EQ(infoOf(*board).uid, blank.uid);
        expectHeld(*board, credential);
        if (!showsLater()) continue;
        board = connect();
        expectHeld(*board, credential);
    }
    ASSERT_TRUE(board->erase(soon()));
    ASSERT_TRUE(board->erase(soon())) << "again";
    EXPECT_FALSE(infoOf(*board).credential);
    EXPECT_FALSE(infoOf(*connect()).credential);
}

TEST_P(EveryConsole, ProvesNothingAndSaysSo) {
    const auto board = connect();
    const auto proof = board->prove(randomBytes(32), soon());
    ASSERT_FALSE(proof);
    EXPECT_EQ(proof.error().code, ErrorCode::BoardRefused);
}

TEST_P(EveryConsole, IsLeftToTheNextBoardOnceItIsFinished) {
    const BoardProcess boards{{"--driver", GetParam().driver, "--feed", "2"}};
    auto board = open(boards, GetParam().driver);
    const Bytes first = infoOf(*board).uid;
    ASSERT_TRUE(board->write(credentialFor(*board, id()), soon()));
    EXPECT_FALSE(board->lost());
    const auto locked = board->lock(soon());
    ASSERT_TRUE(locked) << describe(locked.error());
    EXPECT_TRUE(board->lost()) << "the next board is spoken to from the beginning";
    board.reset();
    const BoardInfo next = infoOf(*open(boards, GetParam().driver));
    EXPECT_NE(next.uid, first);
    EXPECT_FALSE(next.credential);
}

TEST_P(EveryConsole, ASwappedBoardIsNotWrittenTo) {
    const BoardProcess boards{{"--driver", GetParam().driver, "--feed", "2"}};
    const auto board = open(boards, GetParam().driver);
    infoOf(*board);
    const Credential credential = credentialFor(*board, id());
    swapBoards(boards.pid());
    const auto written = board->write(credential, soon());
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::WrongUid) << describe(written.error());
    EXPECT_FALSE(infoOf(*board).credential);
}

constexpr std::array kWays{Way{"az3166_sas", "az3166", Mode::Sas, false, "accepted"}, Way{"wio_sas", "wio-terminal", Mode::Sas, false, "read-back"},
                           Way{"nrf91_x509", "nrf91", Mode::X509, true, "digest"},    Way{"nrf91_station_key", "nrf91", Mode::X509, false, "digest"},
                           Way{"zephyr_sas", "zephyr-cred", Mode::Sas, false, "digest"}, Way{"zephyr_x509", "zephyr-cred", Mode::X509, false, "digest"}};
INSTANTIATE_TEST_SUITE_P(Over, EveryConsole, testing::ValuesIn(kWays), [](const auto& each) { return std::string{each.param.name}; });

TEST(Consoles, EveryShippedProfileIsADriverAndIsGood) {
    const auto drivers = flashing::drivers();
    ASSERT_EQ(flashing::console::shipped().size(), 4U);
    for (const std::string& each : flashing::console::shipped()) {
        EXPECT_NE(std::find(drivers.begin(), drivers.end(), each), drivers.end()) << each;
        const auto checked = flashing::checkDriver(each, {});
        EXPECT_TRUE(checked) << describe(checked.error());
    }
}

TEST(Consoles, WhatABoardCannotTakeIsRefusedBeforeAnythingIsSent) {
    const BoardProcess boards{{"--driver", "nrf91"}};
    const auto begun = open(boards, "nrf91")->begin(Mode::Sas, id(), "0ne00TEST01", soon());
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code, ErrorCode::BadConfig);
    EXPECT_NE(begun.error().detail.find("takes no sas credentials"), std::string::npos) << begun.error().detail;
}

TEST(Consoles, OptionsThatMeanNothingAreRefusedByName) {
    const std::pair<DriverOptions, std::string> bad[] = {{{{"sec_tagg", "1"}}, "sec_tagg is not a key here; the profile nrf91.toml has note_tag, note_type, sec_tag"},
                                                         {{{"profile", "x.toml"}}, "profile is a key of the driver console"}};
    for (const auto& [options, why] : bad) {
        const auto checked = flashing::checkDriver("nrf91", options);
        ASSERT_FALSE(checked);
        EXPECT_NE(checked.error().detail.find(why), std::string::npos) << checked.error().detail;
    }
    EXPECT_NE(flashing::checkDriver("console", {}).error().detail.find("needs a profile"), std::string::npos);
    EXPECT_NE(flashing::checkDriver("console", {{"profile", "/nowhere.toml"}}).error().detail.find("there is az3166, nrf91, wio-terminal, zephyr-cred"), std::string::npos);
    EXPECT_TRUE(flashing::checkDriver("nrf91", {{"sec_tag", "16842753"}}));
}

TEST(Consoles, AnotherPlaceIsAnotherIdentity) {
    const BoardProcess boards{{"--driver", "zephyr-cred"}};
    const Credential credential = test::sasCredential(id());
    const auto elsewhere = open(boards, "zephyr-cred", {{"sec_tag", "9"}, {"note_tag", "10"}});
    ASSERT_TRUE(elsewhere->write(credential, soon()));
    EXPECT_EQ(elsewhere->info(soon())->deviceId, "acme-000017");
    EXPECT_FALSE(open(boards, "zephyr-cred")->info(soon())->credential);
}

TEST(Consoles, ANoteOfAnotherTypeIsReadAsWell) {
    const BoardProcess boards{{"--driver", "nrf91"}};
    const DriverOptions options{{"note_type", "0"}};
    const Credential credential = test::x509CredentialWithKey(id());
    ASSERT_TRUE(open(boards, "nrf91", options)->write(credential, soon()));
    EXPECT_EQ(open(boards, "nrf91", options)->info(soon())->credential, flashing::credentialDigest(credential));
    EXPECT_FALSE(open(boards, "nrf91")->info(soon())->credential) << "without its note a certificate is nobody's";
}

TEST(Consoles, StockFirmwareWithoutAUidNeedsALinkThatKnowsOne) {
    for (const std::string driver : {"az3166", "wio-terminal"}) {
        const BoardProcess boards{{"--driver", driver, "--stock"}};
        const auto info = open(boards, driver)->info(soon());
        ASSERT_FALSE(info);
        EXPECT_EQ(info.error().code, ErrorCode::BadConfig);
        EXPECT_NE(info.error().detail.find("its console says no UID"), std::string::npos) << info.error().detail;
    }
}

/// Everything that is shown of a whole job.
std::string transcriptOf(const std::string& driver, const Credential& credential) {
    const BoardProcess boards{{"--driver", driver}};
    auto link = flashing::openLink(boards.link(), soon());
    std::string shown;
    const auto board = flashing::console::openProfile(driver, *std::move(link), {}, [&](std::string_view side, const std::string& text) {
        shown += std::string{side} + " " + text + "\n";
    });
    EXPECT_TRUE(board);
    EXPECT_TRUE((*board)->info(soon()));
    const auto written = (*board)->write(credential, soon());
    EXPECT_TRUE(written) << describe(written.error());
    EXPECT_TRUE((*board)->info(soon()));
    return shown;
}

TEST(Consoles, ATranscriptHasEveryLineAndNoSecret) {
    for (const auto& [driver, mode] : {std::pair{"az3166", Mode::Sas}, std::pair{"wio-terminal", Mode::Sas}, std::pair{"zephyr-cred", Mode::Sas},
                                       std::pair{"nrf91", Mode::X509}, std::pair{"zephyr-cred", Mode::X509}}) {
        const Credential credential = mode == Mode::Sas ? test::sasCredential(id()) : test::x509CredentialWithKey(id());
        const std::string shown = transcriptOf(driver, credential);
        EXPECT_NE(shown.find("acme-000017"), std::string::npos) << shown;
        const Secret base64 = mode == Mode::Sas ? credential.sasKey.toBase64() : credential.privateKey.toBase64();
        // of PKCS #8 the private number alone: the public key is in the certificate, too
        const std::size_t begin = mode == Mode::Sas ? 0 : 48, end = mode == Mode::Sas ? base64.size() : 90;
        for (std::size_t at = begin; at + 12 <= end; ++at) {
            EXPECT_EQ(shown.find(base64.text().substr(at, 12)), std::string::npos) << driver << " shows a part of the key\n" << shown;
        }
        EXPECT_EQ(shown.find("not-for-transcripts"), std::string::npos) << "the Wi-Fi password is shown";
        EXPECT_EQ(shown.find("PRIVATE KEY"), std::string::npos);
    }
}

}  // namespace
}  // namespace keystamp
