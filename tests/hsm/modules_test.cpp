// SPDX-License-Identifier: Apache-2.0
// Modules that differ: the real signer over each, from login to a leaf and a derived key, or to the words that say why not.
// SoftHSM behind a shim that differs from it as vendors' modules do; module_loaders_test.cpp has the modules that really are others.
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <filesystem>

#include "core/file.h"
#include "tests/hsm/module_station.h"
#include "tests/support/crypto.h"

namespace keystamp::test {
namespace {

namespace fs = std::filesystem;

struct Quirk {
    const char* name;
    const char* words;
    bool anew = false;          ///< keys made through the module
    const char* pin = "";
    const char* noKeys = "";    ///< why none are derived
};
void PrintTo(const Quirk& quirk, std::ostream* out) { *out << quirk.name; }

class OddModule : public testing::TestWithParam<Quirk> {};

TEST_P(OddModule, IssuesAndDerivesOrSaysWhyNot) {
    OddStation folder{GetParam().words};
    if (GetParam().anew) folder.makeAnew(GetParam().pin);
    const auto signer = folder.connect();
    ASSERT_TRUE(eventually([&] { return signer->status()->state == "ready"; })) << signer->status()->state;
    expectLeaf(*signer, folder.authority());
    if (*GetParam().noKeys == '\0')
        expectDerives(*signer, folder.authority());
    else
        expectNoKeys(*signer, folder.authority(), GetParam().noKeys);
    expectTested(*signer);
    EXPECT_EQ(folder.logins("1", true), 1u);
    EXPECT_EQ(folder.logins("1", false) + folder.logins("2", false), 0u);
}

INSTANTIATE_TEST_SUITE_P(Each, OddModule,
                         testing::Values(Quirk{"AsItIs", ""}, Quirk{"NoHmac", "no-hmac", false, "", "no CKM_SHA256_HMAC"},
                                         Quirk{"ShortHmac", "short-hmac", false, "", "keys of 32 bytes at most"},
                                         Quirk{"RawOnly", "raw-only"}, Quirk{"HashingOnly", "hashing-only"},
                                         Quirk{"HmacKeys", "hmac-keys"}, Quirk{"GenericKeys", "generic-keys"},
                                         Quirk{"OneSession", "sessions=1"}, Quirk{"AsksEachTime", "ask-each-time", true, "012345678"},
                                         Quirk{"NulLabels", "nul-labels"}, Quirk{"BlankLabels", "blank-labels"},
                                         Quirk{"BarePoints", "bare-points"}, Quirk{"MechanismsUntold", "mechanisms-untold"},
                                         Quirk{"PinOfYubiHsm", "", true, "0001password"},
                                         Quirk{"PinOfCloudHsm", "", true, "crypto user:pass word"}),
                         [](const auto& quirk) { return std::string{quirk.param.name}; });

TEST(OddModules, AKeyThatAsksEachTimeGetsOneLoginASignature) {
    OddStation folder{"ask-each-time"};
    folder.makeAnew("012345678");
    const auto signer = folder.connect();
    ASSERT_TRUE(eventually([&] { return signer->status()->state == "ready"; }));
    expectLeaf(*signer, folder.authority());
    std::size_t signatures = 0;
    for (const auto& call : folder.token().calls("C_Sign")) signatures += call.at("mech") == "CKM_ECDSA" ? 1u : 0u;
    EXPECT_GT(signatures, 3u);
    EXPECT_EQ(folder.logins("2", true), signatures);
}

TEST(OddModules, AKeyThatFindsThePinWrongIsAskedOnce) {
    OddStation folder{"ask-each-time"};
    folder.makeAnew("012345678");
    const auto signer = folder.connect();
    ASSERT_TRUE(eventually([&] { return signer->status()->state == "ready"; }));
    ASSERT_TRUE(signer->openGrant(grantOf("b1", Mode::X509), folder.authority()));
    const Bytes csr = newCsr(newKey(), "b1-0001");
    ASSERT_TRUE(writeFile(folder.refusal(), ""));
    EXPECT_EQ(issueOne(*signer, csr).error().code, ErrorCode::PinWrong);
    EXPECT_TRUE(eventually([&] { return signer->status()->state == "pin-needed"; }));
    EXPECT_EQ(issueOne(*signer, csr).error().code, ErrorCode::PinNeeded);
    // nor does a fresh worker try it
    folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return signer->status() && signer->status()->state == "pin-needed"; }));
    EXPECT_EQ(folder.logins("1", false) + folder.logins("2", false), 1u);
    EXPECT_EQ(folder.logins("1", true), 1u);
    fs::remove(folder.refusal());
    ASSERT_TRUE(signer->login(folder.token().pin()));
    EXPECT_TRUE(issueOne(*signer, csr));
}

TEST(OddModules, ATokenWithoutASessionToSpareSaysWhoHoldsThem) {
    const OddStation folder{"sessions=0"};
    const auto signer = folder.connect();
    EXPECT_EQ(signer->status()->state, "token-missing");
    const auto refused = signer->selfTest();
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("other programs hold all sessions"), std::string::npos) << describe(refused.error());
    EXPECT_EQ(refused.error().where, "C_OpenSession");
}

TEST(OddModules, AWriteProtectedTokenSigns) {
    const OddStation folder{"read-only"};
    const auto signer = folder.connect();
    ASSERT_TRUE(eventually([&] { return signer->status()->state == "ready"; }));
    expectLeaf(*signer, folder.authority());
}

TEST(OddModules, AKeyWithoutItsPublicHalfSaysWhatToBring) {
    const OddStation folder{"no-public-halves"};
    const auto signer = folder.connect();
    ASSERT_TRUE(eventually([&] { return signer->status()->state == "ready"; }));
    const auto status = signer->status();
    EXPECT_FALSE(status->slots.front().usable);
    EXPECT_NE(status->slots.front().problem.find("bring it as a public key object"), std::string::npos) << status->slots.front().problem;
}

TEST(OddModules, AGroupKeyOfTheWrongTypeFailsItsTestAndDerivesNothing) {
    const OddStation folder{"hmac-keys"};  // the demo's keys are generic ones
    const auto signer = folder.connect();
    ASSERT_TRUE(eventually([&] { return signer->status()->state == "ready"; }));
    EXPECT_NE(signer->status()->selfTest.at("primary-group").find("C_SignInit 0x63"), std::string::npos)
        << signer->status()->selfTest.at("primary-group");
    ASSERT_TRUE(signer->openGrant(keyGrant(), folder.authority()));
    const auto key = signer->derive("keys", deviceId(kDeviceId), "job");
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, ErrorCode::SignerRefused) << describe(key.error());
    expectLeaf(*signer, folder.authority());
}

TEST(OddModules, OfTwoTokensOfOneLabelTheSerialDecides) {
    StationFolder folder;
    const std::string file = folder.token().configFile();
    std::string serial;
    {
        const auto signer = folder.connect();
        serial = signer->status()->tokenSerial;
        ASSERT_FALSE(serial.empty());
    }
    ASSERT_TRUE(folder.deserted());
    const std::string twin = "SOFTHSM2_CONF='" + folder.token().path() +
                             "/softhsm2.conf' softhsm2-util --init-token --free --label keystamp-demo --pin 1234 --so-pin 5678 >/dev/null";
    ASSERT_EQ(std::system(twin.c_str()), 0);
    {
        const auto signer = folder.connect();
        EXPECT_EQ(signer->status()->state, "token-missing");
        EXPECT_NE(signer->selfTest().error().detail.find("token_serial tells them apart"), std::string::npos);
    }
    ASSERT_TRUE(folder.deserted());
    // with blanks behind both, as a form may leave them
    replace(file, "token_label = \"keystamp-demo\"", "token_label = \"keystamp-demo  \"\ntoken_serial = \"" + serial + " \"");
    const auto signer = folder.connect();
    ASSERT_TRUE(eventually([&] { return signer->status()->state == "ready"; }));
    EXPECT_EQ(signer->status()->tokenSerial, serial);
    expectLeaf(*signer, folder.authority());
}

}  // namespace
}  // namespace keystamp::test
