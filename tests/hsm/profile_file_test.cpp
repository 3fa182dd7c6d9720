// SPDX-License-Identifier: Apache-2.0
// The profile of leaves, in station.toml or in a file of its own: one that would make illegal certificates never
// starts.
#include <gtest/gtest.h>

#include "core/file.h"
#include "hsm/signer/config.h"
#include "tests/support/temp_folder.h"

namespace keystamp::hsm {
namespace {

constexpr const char* kStation = R"([station]
data = "data"
[signer]
module = "m.so"
token_label = "keystamp"
root = "root.pem"
[signer.primary]
ca_key = "01"
ca_cert = "primary.pem"
[signer.audit]
key = "21"
[profile]
)";  // the profile's keys begin in line 13

class ProfileFile : public testing::Test {
protected:
    Result<SignerConfig> load(const std::string& profile) {
        EXPECT_TRUE(writeFile(m_folder / "station.toml", kStation + profile));
        return loadSignerConfig(m_folder / "station.toml");
    }
    Result<SignerConfig> loadFile(const std::string& profile) {
        EXPECT_TRUE(writeFile(m_folder / "leaf.toml", profile));
        return load("file = \"leaf.toml\"\n");
    }
    static void expectRefused(const Result<SignerConfig>& loaded, const std::string& at, const std::string& why) {
        ASSERT_FALSE(loaded) << at;
        EXPECT_EQ(loaded.error().code, ErrorCode::BadConfig);
        EXPECT_NE(loaded.error().detail.find(at), std::string::npos) << loaded.error().detail;
        EXPECT_NE(loaded.error().detail.find(why), std::string::npos) << loaded.error().detail;
    }

    const test::TempFolder m_folder;
};

TEST_F(ProfileFile, SaysTheSameAsTheTable) {
    const std::string keys = R"(validity_days = 730
backdate_hours = 48
organisation = "Société Générale d'Électronique"
eku = ["serverAuth", "clientAuth"]
key = ["P-256", "RSA-3072"]
)";
    for (const auto& config : {load(keys), loadFile(keys)}) {
        ASSERT_TRUE(config) << describe(config.error());
        const Profile& profile = config->profile;
        EXPECT_EQ(profile.validity, std::chrono::hours{24 * 730});
        EXPECT_EQ(profile.backdate, std::chrono::hours{48});
        EXPECT_EQ(profile.organisation, "Société Générale d'Électronique");
        EXPECT_EQ(profile.purposes, (std::set{KeyPurpose::ClientAuth, KeyPurpose::ServerAuth}));
        EXPECT_EQ(profile.keys, (std::set{KeyAlgorithm::P256, KeyAlgorithm::Rsa3072}));
    }
}

TEST_F(ProfileFile, WhatIsLeftOutHasItsDefault) {
    for (const auto& config : {load(""), loadFile("")}) {
        ASSERT_TRUE(config) << describe(config.error());
        EXPECT_EQ(config->profile.validity, std::chrono::hours{24 * 3650});
        EXPECT_EQ(config->profile.purposes, std::set{KeyPurpose::ClientAuth});
        EXPECT_EQ(config->profile.keys.size(), 5u);
    }
}

struct Bad {
    const char* name;
    const char* line;  ///< the whole profile
    const char* why;
};

const Bad kBad[] = {
    {"NoValidity", "validity_days = 0", "validity_days: must be 1 to 18250"},
    {"ValidityThatOverflows", "validity_days = 9223372036854775807", "validity_days: must be 1 to 18250"},
    {"BackdatingInTheFuture", "backdate_hours = -1", "backdate_hours: must be 0 to 8760"},
    {"ExpiredWhenIssued", "backdate_hours = 48\nvalidity_days = 2", "backdate_hours: a leaf would have expired"},
    {"ExpiredByTheDefaultBackdating", "validity_days = 1", "validity_days: a leaf would have expired"},
    {"LongOrganisation", "organisation = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
     "64 bytes"},
    {"OrganisationOfTwoLines", "organisation = \"Acme\\nCN=x\"", "organisation: holds a control character"},
    {"OrganisationIsANumber", "organisation = 7", "organisation: must be text"},
    {"UsageIsNoList", "eku = \"clientAuth\"", "eku: must be a list of clientAuth, serverAuth"},
    {"NoUsage", "eku = []", "eku: must be a list of"},
    {"UsageWithoutClientAuth", "eku = [\"serverAuth\"]", "eku: must hold \"clientAuth\""},
    {"UsageThatSignsFirmware", "eku = [\"clientAuth\", \"codeSigning\"]", "eku: \"codeSigning\" is none of"},
    {"UsageOfEverything", "eku = [\"anyExtendedKeyUsage\"]", "eku: \"anyExtendedKeyUsage\" is none of"},
    {"UsageTwice", "eku = [\"clientAuth\", \"clientAuth\"]", "eku: \"clientAuth\" is there twice"},
    {"NoKey", "key = []", "key: must be a list of P-256"},
    {"WeakKey", "key = [\"RSA-1024\"]", "key: \"RSA-1024\" is none of"},
    {"KeyIsANumber", "key = [2048]", "key: this is none of"},
    {"MisspeltKey", "organization = \"Acme\"", "organization: no such key"},
    {"ByteThatIsNoUtf8", "organisation = \"\xff\"", ""},
};

class BadProfile : public ProfileFile, public testing::WithParamInterface<Bad> {};

TEST_P(BadProfile, IsRefusedWithItsLineWhereverItStands) {
    const Bad& bad = GetParam();
    expectRefused(load(bad.line), "station.toml:13: ", bad.why);
    expectRefused(loadFile(bad.line), "leaf.toml:1: ", bad.why);
}

INSTANTIATE_TEST_SUITE_P(Every, BadProfile, testing::ValuesIn(kBad), [](const auto& each) { return each.param.name; });

TEST_F(ProfileFile, StandsInOnePlaceOnly) {
    ASSERT_TRUE(writeFile(m_folder / "leaf.toml", ""));
    expectRefused(load("file = \"leaf.toml\"\nvalidity_days = 365\n"), "station.toml:14: profile.validity_days",
                  "write this there");
}

TEST_F(ProfileFile, OneThatIsNotThereIsNamedByTheLineThatAsksForIt) {
    expectRefused(load("file = \"none.toml\"\n"), "station.toml:13: profile.file", "none.toml");
    expectRefused(load("file = \"\"\n"), "station.toml:13: profile.file", "must be the path");
    expectRefused(load("file = 7\n"), "station.toml:13: profile.file", "must be text");
}

}  // namespace
}  // namespace keystamp::hsm
