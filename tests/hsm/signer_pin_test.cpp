// SPDX-License-Identifier: Apache-2.0
// The real signer's PIN: entered, wrong, in a demo's file; a token that is not there.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>

#include "core/file.h"
#include "tests/hsm/contract.h"
#include "tests/hsm/station_folder.h"

namespace keystamp::test {
namespace {

StationFolder& withoutPinFile(StationFolder& folder) {
    folder.token().logCalls();
    const std::string file = folder.token().configFile();
    std::string text = *readFile(file);
    text.erase(text.find("pin_file = \"pin\""), 16);
    EXPECT_TRUE(writeFile(file, text));
    return folder;
}

TEST(SignerPin, AWrongPinCostsOneLoginAndIsAskedAgain) {
    StationFolder folder;
    withoutPinFile(folder);
    const auto signer = folder.connect();
    EXPECT_EQ(signer->status()->state, "pin-needed");
    EXPECT_EQ(signer->reserve("b1", deviceId("b1-0001"), "job").error().code, ErrorCode::PinNeeded);
    EXPECT_EQ(signer->login(Secret::copyOf("wrong pin")).error().code, ErrorCode::PinWrong);
    EXPECT_EQ(folder.token().calls("C_Login").size(), 1u);
    // nobody tries by himself, not even a new worker
    folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return signer->status() && signer->status()->state == "pin-needed"; }));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 1u);
    ASSERT_TRUE(signer->login(folder.token().pin()));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 2u);
    EXPECT_EQ(signer->status()->state, "ready");
    // a right one is given to each new worker once
    folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return signer->status() && signer->status()->loggedIn; }));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 3u);
}

TEST(SignerPin, WrongPinsAreShownToTheHsmEverLater) {
    StationFolder folder;
    withoutPinFile(folder);
    const auto signer = folder.connect();
    const auto counted = [&] { return folder.ledger("SELECT failures FROM pin_tries").front(); };
    for (int n = 0; n < 3; ++n) EXPECT_EQ(signer->login(Secret::copyOf("wrong pin")).error().code, ErrorCode::PinWrong);
    const auto early = signer->login(folder.token().pin());
    ASSERT_FALSE(early) << "even the right one has to wait now";
    EXPECT_EQ(early.error().code, ErrorCode::PinWrong);
    EXPECT_NE(early.error().detail.find("the next one is taken in "), std::string::npos) << early.error().detail;
    EXPECT_EQ(folder.token().calls("C_Login").size(), 3u);
    folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return signer->status() && signer->status()->state == "pin-needed"; }));
    EXPECT_EQ(counted(), "3") << "a new worker starts no count anew";
    EXPECT_TRUE(eventually([&] { return signer->login(folder.token().pin()).ok(); }));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 4u);
    EXPECT_EQ(counted(), "0");
}

TEST(SignerPin, TheRightPinIsGivenToANewWorkerWhateverWasEnteredBefore) {
    StationFolder folder;
    folder.token().logCalls();
    const auto signer = folder.connect();
    ASSERT_TRUE(signer->status()->loggedIn);
    for (int n = 0; n < 5; ++n) EXPECT_TRUE(signer->login(Secret::copyOf("wrong pin"))) << "somebody is logged in: not looked at";
    EXPECT_EQ(folder.token().calls("C_Login").size(), 1u);
    SQLite::Database{folder.token().path() + "/data/ledger.db", SQLite::OPEN_READWRITE, 5000}.exec(
        "UPDATE pin_tries SET failures = 9, tried_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')");
    folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return signer->status() && signer->status()->loggedIn; }, 10));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 2u);
}

TEST(SignerPin, AWrongPinFileIsTriedOnce) {
    StationFolder folder;
    folder.token().logCalls();
    const std::string pin = folder.token().path() + "/pin";
    std::filesystem::remove(pin);
    ASSERT_TRUE(writeFile(pin, "999999999\n", 0400));
    const auto signer = folder.connect();
    EXPECT_TRUE(eventually([&] { return signer->status()->state == "pin-needed"; }));
    folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return signer->status() && signer->status()->state == "pin-needed"; }));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 1u);
}

TEST(SignerPin, WithoutALoginItStillServesWhatNeedsNone) {
    StationFolder folder;
    withoutPinFile(folder);
    const auto signer = folder.connect();
    ASSERT_TRUE(signer->openGrant(grantOf("b1", Mode::X509), folder.authority()));
    EXPECT_EQ(signer->counts("b1")->cap, 10u);
    EXPECT_EQ(signer->status()->slots.size(), 2u);
    EXPECT_FALSE(*signer->lastCheckpoint());
}

TEST(SignerPin, AMissingTokenIsSaidAndFoundWhenItComes) {
    StationFolder folder;
    const std::string tokens = folder.token().path() + "/tokens";
    std::filesystem::rename(tokens, tokens + ".away");
    std::filesystem::create_directory(tokens);
    const auto signer = folder.connect();
    EXPECT_EQ(signer->status()->state, "token-missing");
    EXPECT_EQ(signer->selfTest().error().code, ErrorCode::TokenMissing);
    std::filesystem::remove(tokens);
    std::filesystem::rename(tokens + ".away", tokens);
    EXPECT_TRUE(eventually([&] { return signer->status()->state == "ready"; }));
    EXPECT_TRUE(signer->selfTest());
}

TEST(SignerPin, APinFileOfATokenThatIsNoDemoIsRefused) {
    StationFolder folder;
    const std::string file = folder.token().configFile();
    std::string text = *readFile(file);
    text.replace(text.find("keystamp-demo"), 13, "keystamp-real");
    ASSERT_TRUE(writeFile(file, text));
    const auto signer = hsm::connect(folder.address());
    ASSERT_FALSE(signer);
    EXPECT_EQ(signer.error().code, ErrorCode::BadConfig);
}

}  // namespace
}  // namespace keystamp::test
