// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/config.h"

#include <gtest/gtest.h>

#include "core/file.h"
#include "tests/support/temp_folder.h"

namespace keystamp::hsm {
namespace {

constexpr const char* kWhole = R"([station]
name = "line-1"
data = "state"
operators = "the station's own keys are not ours to judge"
[signer]
module = "/usr/lib/softhsm/libsofthsm2.so"
token_label = "keystamp-demo-7"
token_serial = "abc"
environment = { SOFTHSM2_CONF = "softhsm2.conf", OTHER = "as is" }
root = "ca/root.pem"
callers = [1000, 1001]
pin_file = "pin"
[signer.primary]
ca_key = "01"
ca_cert = "ca/primary.pem"
group_key = "11aB"
[signer.secondary]
ca_key = "02"
ca_cert = "/abs/secondary.pem"
[signer.audit]
key = "21"
[profile]
validity_days = 365
backdate_hours = 2
organisation = "Acme"
[supervisor]
name = "eve"
passphrase_file = "pass"
[[fixture]]
name = "F1"
)";

class ConfigTest : public testing::Test {
protected:
    Result<SignerConfig> load(const std::string& text) {
        EXPECT_TRUE(writeFile(m_folder / "station.toml", text));
        return loadSignerConfig(m_folder / "station.toml");
    }
    /// kWhole with one text replaced by another.
    Result<SignerConfig> loadChanged(const std::string& from, const std::string& to) {
        std::string text = kWhole;
        const auto at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return load(text.replace(at, from.size(), to));
    }
    void expectRefused(const std::string& from, const std::string& to, const std::string& line,
                       const std::string& key) {
        const auto loaded = loadChanged(from, to);
        ASSERT_FALSE(loaded) << from << " -> " << to;
        EXPECT_EQ(loaded.error().code, ErrorCode::BadConfig);
        EXPECT_NE(loaded.error().detail.find("station.toml:" + line), std::string::npos) << loaded.error().detail;
        EXPECT_NE(loaded.error().detail.find(key), std::string::npos) << loaded.error().detail;
    }

    const test::TempFolder m_folder;
};

TEST_F(ConfigTest, EveryKeyIsReadAndPathsAreFromTheFilesFolder) {
    const auto config = load(kWhole);
    ASSERT_TRUE(config) << describe(config.error());
    EXPECT_EQ(config->data, m_folder / "state");
    EXPECT_EQ(config->socket, m_folder / "state/signer.sock");
    EXPECT_EQ(config->ledgerPath(), m_folder / "state/ledger.db");
    EXPECT_EQ(config->module, "/usr/lib/softhsm/libsofthsm2.so");
    EXPECT_EQ(config->tokenSerial, "abc");
    EXPECT_EQ(config->environment.at("SOFTHSM2_CONF"), m_folder / "softhsm2.conf");
    EXPECT_EQ(config->environment.at("OTHER"), "as is");
    EXPECT_EQ(config->root, m_folder / "ca/root.pem");
    EXPECT_EQ(config->callers, (std::vector<uid_t>{1000, 1001}));
    EXPECT_EQ(config->slots.at(Slot::Primary).groupKey, (Bytes{0x11, 0xab}));
    EXPECT_EQ(config->slots.at(Slot::Secondary).caCert, "/abs/secondary.pem");
    EXPECT_TRUE(config->slots.at(Slot::Secondary).groupKey.empty());
    EXPECT_EQ(config->auditKey, Bytes{0x21});
    EXPECT_EQ(config->profile.validity, std::chrono::hours{24 * 365});
    EXPECT_EQ(config->profile.backdate, std::chrono::hours{2});
    EXPECT_EQ(config->profile.organisation, "Acme");
    EXPECT_EQ(config->supervisor, "eve");
    EXPECT_EQ(config->passphraseFile, m_folder / "pass");
    EXPECT_TRUE(config->demo());
}

TEST_F(ConfigTest, WhatIsLeftOutHasItsDefault) {
    const auto config = load(R"([station]
data = "/var/lib/keystamp"
[signer]
module = "libhsm.so"
token_label = "keystamp"
root = "root.pem"
[signer.primary]
ca_key = "01"
ca_cert = "primary.pem"
[signer.audit]
key = "21"
)");
    ASSERT_TRUE(config) << describe(config.error());
    EXPECT_EQ(config->socket, "/var/lib/keystamp/signer.sock");
    EXPECT_EQ(config->module, "libhsm.so") << "left to the loader";
    EXPECT_EQ(config->slots.size(), 1u);
    EXPECT_EQ(config->profile.validity, std::chrono::hours{24 * 3650});
    EXPECT_EQ(config->profile.backdate, std::chrono::hours{24});
    EXPECT_EQ(config->supervisor, "supervisor");
    EXPECT_FALSE(config->demo());
}

TEST_F(ConfigTest, TroubleIsNamedByFileLineAndKey) {
    expectRefused("token_serial", "token_seriall", "8", "signer.token_seriall");
    expectRefused("group_key", "groupkey", "16", "signer.primary.groupkey");
    expectRefused("organisation", "organization", "25", "profile.organization");
    expectRefused("ca_key = \"01\"", "ca_key = \"0x01\"", "14", "signer.primary.ca_key");
    expectRefused("ca_key = \"01\"\n", "", "13", "signer.primary.ca_key");
    expectRefused("key = \"21\"", "key = 21", "21", "signer.audit.key");
    expectRefused("key = \"21\"", "key = \"01\"", "20", "signer.audit.key");
    expectRefused("callers = [1000, 1001]", "callers = [\"root\"]", "11", "signer.callers");
    expectRefused("data = \"state\"\n", "", "1", "station.data");
    expectRefused("[signer]", "[signer", "5", "");
}

TEST_F(ConfigTest, TheWrappingKeyIsNoOther) {
    const std::string place = "callers = [1000, 1001]";
    const auto config = loadChanged(place, "wrapping_key = \"31\"");
    ASSERT_TRUE(config) << describe(config.error());
    EXPECT_EQ(config->wrappingKey, Bytes{0x31});
    for (const char* signing : {"01", "02", "21"}) expectRefused(place, "wrapping_key = \"" + std::string{signing} + "\"", "11", "signer.wrapping_key");
}

TEST_F(ConfigTest, TheSealingKeyIsNoGroupKey) {
    const std::string place = "callers = [1000, 1001]";
    const auto config = loadChanged(place, "sealing_key = \"41\"");
    ASSERT_TRUE(config) << describe(config.error());
    EXPECT_EQ(config->sealingKey, Bytes{0x41});
    expectRefused(place, "sealing_key = \"11aB\"", "11", "signer.sealing_key");
}

TEST_F(ConfigTest, AProfileThatMakesIllegalCertificatesIsRefused) {
    expectRefused("validity_days = 365", "validity_days = 0", "23", "profile.validity_days");
    expectRefused("validity_days = 365", "validity_days = 18251", "23", "profile.validity_days");
    expectRefused("backdate_hours = 2", "backdate_hours = -1", "24", "profile.backdate_hours");
    expectRefused("\"Acme\"", "\"" + std::string(65, 'a') + "\"", "25", "profile.organisation");
}

TEST_F(ConfigTest, SecretsInFilesAreForADemoTokenOnly) {
    expectRefused("keystamp-demo-7", "keystamp", "12", "signer.pin_file");
    std::string text = kWhole;
    text.replace(text.find("keystamp-demo-7"), 15, "keystamp");
    text.replace(text.find("pin_file = \"pin\"\n"), 17, "");
    const auto loaded = load(text);
    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().detail.find("supervisor.passphrase_file"), std::string::npos) << loaded.error().detail;
}

TEST_F(ConfigTest, AFileThatIsNotThereIsNamed) {
    const auto loaded = loadSignerConfig(m_folder / "none.toml");
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, ErrorCode::BadConfig);
    EXPECT_NE(loaded.error().detail.find("none.toml"), std::string::npos);
}

}  // namespace
}  // namespace keystamp::hsm
