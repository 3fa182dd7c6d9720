// SPDX-License-Identifier: Apache-2.0
// The driver of gateways on real shells: how they prove, what they are left with, and what they are not told.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <thread>

#include "tests/flashing/board_process.h"
#include "tests/flashing/gateway.h"
#include "tests/support/crypto.h"
#include "tests/support/faulty_link.h"

namespace keystamp {
namespace {

using flashing::Board;
using flashing::Credential;
using flashing::DriverOptions;
using test::BoardProcess;
using test::soon;
namespace fs = std::filesystem;

const DeviceId kId = *DeviceId::parse("acme-000017");

/// Hands on, and keeps what was said both ways.
class KeepingLink : public flashing::Link {
public:
    KeepingLink(std::unique_ptr<Link> link, std::string& said, std::string& heard) : m_link(std::move(link)), m_said(said), m_heard(heard) {}
    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        auto got = m_link->read(into, deadline);
        if (got) m_heard += asText(into.first(*got));
        return got;
    }
    Result<void> write(BytesView bytes, Deadline deadline) override {
        m_said += asText(bytes);
        return m_link->write(bytes, deadline);
    }
    void discardInput() override { m_link->discardInput(); }

private:
    std::unique_ptr<Link> m_link;
    std::string& m_said;
    std::string& m_heard;
};

class Gateway : public testing::TestWithParam<const char*> {
protected:
    std::unique_ptr<Board> open(const DriverOptions& options = test::gatewayOptions()) {
        auto link = std::make_unique<KeepingLink>(*flashing::openLink(m_boards.link(), soon()), m_said, m_heard);
        auto board = flashing::openBoard("linux", std::move(link), options);
        if (!board) throw std::runtime_error(describe(board.error()));
        return *std::move(board);
    }
    /// Its home: with --state the boards' folders are there.
    fs::path home() const {
        for (const auto& each : fs::directory_iterator{m_state.path()}) {
            if (each.is_directory()) return each.path() / "home";
        }
        return {};
    }
    std::string fileOf(const std::string& name) const {
        const auto text = readFile((home() / "azure/identity" / name).string(), 64 * 1024);
        return text ? *text : "no " + name;
    }
    std::vector<std::string> namesIn(const fs::path& folder) const {
        std::vector<std::string> names;
        for (const auto& each : fs::recursive_directory_iterator{folder}) names.push_back(fs::relative(each.path(), folder).string());
        std::sort(names.begin(), names.end());
        return names;
    }
    void expectNoneOf(std::string_view secret) const {
        ASSERT_GT(secret.size(), 30U);
        EXPECT_EQ(m_heard.find(secret), std::string::npos) << "it was echoed";
        EXPECT_EQ(m_said.find(secret), std::string::npos) << "only what base64 wraps is said";
    }
    static std::vector<std::string> of(const std::string& driver, const std::string& state) { return {"--driver", driver, "--state", state}; }

    test::TempFolder m_state;
    BoardProcess m_boards{of(GetParam(), m_state.path())};
    std::string m_said, m_heard;
};

TEST_P(Gateway, ProvesWhatItHoldsWithItsOwnOpenssl) {
    const auto board = open();
    const auto info = board->info(soon());
    ASSERT_TRUE(info) << describe(info.error());
    EXPECT_TRUE(info->proves && info->makesKeys);
    for (const auto& [mode, onBoard] : {std::pair{Mode::Sas, false}, std::pair{Mode::X509, true}, std::pair{Mode::X509, false}}) {
        const auto done = test::provision(*board, mode, kId, onBoard);
        EXPECT_TRUE(done) << describe(done.error());
    }
}

TEST_P(Gateway, MakesAKeyThatNeverLeavesIt) {
    auto board = open();
    ASSERT_TRUE(board->begin(Mode::X509, kId, "0ne00TEST01", soon()));
    const auto csr = board->makeKey(soon());
    ASSERT_TRUE(csr) << describe(csr.error());
    const Bytes key = test::publicKeyOfCsr(*csr);
    ASSERT_FALSE(key.empty());
    EXPECT_EQ(test::commonNameOfCsr(*csr), "acme-000017");
    board = open();
    EXPECT_EQ(board->info(soon())->pendingKey, sha256(key)) << "it outlives the connection";
    ASSERT_TRUE(board->begin(Mode::X509, kId, "0ne00TEST01", soon()));
    EXPECT_EQ(test::publicKeyOfCsr(*board->makeKey(soon())), key) << "and is kept for its identity";
    const auto other = board->write(test::x509Credential(kId, test::publicKeyOf(test::newKey())), soon());
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::BoardRefused) << "another key's certificate";
    const Credential credential = test::x509Credential(kId, key);
    const auto written = board->write(credential, soon());
    ASSERT_TRUE(written) << describe(written.error());
    const auto held = board->info(soon());
    EXPECT_EQ(held->credential, flashing::credentialDigest(credential));
    EXPECT_FALSE(held->pendingKey);
    EXPECT_EQ(m_heard.find("PRIVATE"), std::string::npos);
    expectNoneOf(fileOf("key.pem").substr(28, 60));
}

TEST_P(Gateway, IsLeftWithTheIdentityAndItsLoginPromptAndNothingElse) {
    const Credential sas = test::sasCredential(kId);
    {
        const auto board = open();
        ASSERT_TRUE(board->write(sas, soon()));
        ASSERT_TRUE(board->prove(randomBytes(32), soon()));
        ASSERT_TRUE(board->lock(soon()));
    }
    EXPECT_TRUE(m_heard.ends_with("login: ")) << "logged out: " << m_heard.substr(m_heard.size() - std::min<std::size_t>(m_heard.size(), 80));
    EXPECT_EQ(namesIn(home()), (std::vector<std::string>{".profile", "azure", "azure/identity", "azure/identity/config.toml", "azure/identity/device.env", "azure/identity/device_id",
                                                         "azure/identity/keystamp", "azure/identity/sas.key", "azure/identity/scope_id", "azure/identity/sums"}));
    struct stat status {};
    ASSERT_EQ(::stat((home() / "azure/identity/sas.key").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0400U);
    ASSERT_EQ(::stat((home() / "azure/identity").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700U);
    const std::string key{sas.sasKey.toBase64().text()};
    EXPECT_EQ(fileOf("sas.key"), key + "\n");
    EXPECT_EQ(fileOf("device_id"), "acme-000017\n");
    EXPECT_NE(fileOf("config.toml").find("registration_id = \"acme-000017\"\nsymmetric_key = { value = \"" + key), std::string::npos) << fileOf("config.toml");
    expectNoneOf(key);
    EXPECT_EQ(m_heard.find("virtual-board"), std::string::npos) << "the password was echoed";
}

TEST_P(Gateway, WhoseJobBrokeOffIsLoggedOutAllTheSame) {
    ASSERT_TRUE(open()->info(soon()));
    EXPECT_TRUE(m_heard.ends_with("login: "));
}

TEST_P(Gateway, WhatSomebodyElseKeepsThereIsLeftAlone) {
    fs::create_directories(home() / "azure/identity");
    ASSERT_TRUE(writeFile((home() / "azure/identity/key.pem").string(), "somebody's"));
    const auto board = open();
    const auto found = board->info(soon());
    ASSERT_TRUE(found) << describe(found.error());
    EXPECT_FALSE(found->credential);
    for (const auto& refused : {board->begin(Mode::Sas, kId, "0ne00TEST01", soon()), board->write(test::sasCredential(kId), soon()), board->erase(soon())}) {
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::BoardRefused);
        EXPECT_NE(refused.error().detail.find("did not write"), std::string::npos) << refused.error().detail;
    }
    EXPECT_EQ(fileOf("key.pem"), "somebody's");
}

INSTANTIATE_TEST_SUITE_P(On, Gateway, testing::Values("linux", "linux-dash", "linux-bash"), [](const auto& each) {
    std::string name = each.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(LinuxGateway, WithoutOpensslIsGivenItsKeyAndShowsADigest) {
    const BoardProcess boards{{"--driver", "linux", "--no-keygen"}};
    const auto board = *flashing::openBoard("linux", *flashing::openLink(boards.link(), soon()), test::gatewayOptions());
    const auto info = board->info(soon());
    ASSERT_TRUE(info) << describe(info.error());
    EXPECT_FALSE(info->proves || info->makesKeys || info->readsBack);
    const auto credential = test::x509CredentialWithKey(kId);
    ASSERT_TRUE(board->write(credential, soon()));
    EXPECT_EQ(board->info(soon())->credential, flashing::credentialDigest(credential));
}

TEST(LinuxGateway, AWrongPasswordIsTheConfigurationsFaultAndSaysWhere) {
    const BoardProcess boards{{"--driver", "linux"}};
    const auto with = [&](const char* key, const std::string& value) {
        auto options = test::gatewayOptions();
        options[key] = value;
        if (value.empty()) options.erase(key);
        return (*flashing::openBoard("linux", *flashing::openLink(boards.link(), soon()), options))->info(soon());
    };
    const std::pair<const char*, std::string> bad[] = {{"user", "nobody"}, {"password_file", ""}, {"password_file", "/nowhere/password"}};
    for (const auto& [key, value] : bad) {
        const auto info = with(key, value);
        ASSERT_FALSE(info) << key;
        EXPECT_EQ(info.error().code, ErrorCode::BadConfig) << describe(info.error());
        EXPECT_EQ(info.error().detail.find("virtual-board"), std::string::npos);
    }
    EXPECT_TRUE(with("mode", "0400")) << "and the next try is as good as the first";
}

TEST(LinuxGateway, OptionsThatMeanNothingAreRefusedByName) {
    const std::pair<DriverOptions, std::string> bad[] = {
        {{}, "user is missing"},
        {{{"user", "a b"}}, "user is a user's name"},
        {{{"user", "pi"}, {"folder", "relative"}}, "folder is an absolute path"},
        {{{"user", "pi"}, {"folder", "/etc/$(reboot)"}}, "folder is an absolute path"},
        {{{"user", "pi"}, {"password_file", "password"}}, "password_file is an absolute path"},
        {{{"user", "pi"}, {"mode", "0644"}}, "others may not read a key"},
        {{{"user", "pi"}, {"owner", "a;b"}}, "owner is user"},
        {{{"user", "pi"}, {"keys", "none"}}, "keys is device"},
        {{{"user", "pi"}, {"password", "secret"}}, "password is not a key here"}};
    for (const auto& [options, why] : bad) {
        const auto checked = flashing::checkDriver("linux", options);
        ASSERT_FALSE(checked) << why;
        EXPECT_EQ(checked.error().code, ErrorCode::BadConfig);
        EXPECT_NE(checked.error().detail.find(why), std::string::npos) << checked.error().detail;
    }
    EXPECT_TRUE(flashing::checkDriver("linux", {{"user", "pi"}, {"folder", "/etc/azure"}, {"owner", "aziotcs:aziotcs"}, {"mode", "0440"}, {"keys", "station"},
                                                {"uid", "cat /sys/class/net/eth0/address"}, {"endpoint", "global.azure-devices-provisioning.cn"}}));
}

TEST(GatewayLogin, AByteOfNameOrPasswordThatTheLineLostIsNotAWrongOne) {
    constexpr std::size_t kAtOnce = 16;
    const BoardProcess boards{{"--driver", "linux", "--fixtures", std::to_string(kAtOnce)}};
    std::vector<std::jthread> threads;
    for (std::size_t fixture = 0; fixture < kAtOnce; ++fixture) {
        threads.emplace_back([&, fixture] {
            const std::size_t at = 4 * fixture;
            auto link = test::faulty(*flashing::openLink(boards.link(fixture), soon()), test::LinkFault::Drop, at);
            const auto info = (*flashing::openBoard("linux", std::move(link), test::gatewayOptions()))->info(soon());
            EXPECT_TRUE(info) << "byte " << at << ": " << describe(info.error());
        });
    }
}

}  // namespace
}  // namespace keystamp
