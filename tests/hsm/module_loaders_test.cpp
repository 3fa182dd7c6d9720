// SPDX-License-Identifier: Apache-2.0
// The real signer over other modules: SoftHSM through p11-kit and OpenSC, and tpm2-pkcs11 over a software TPM.
#include <gtest/gtest.h>
#include <openssl/x509.h>
#include <signal.h>

#include <cstdlib>
#include <filesystem>

#include "core/file.h"
#include "hsm/signer/openssl.h"
#include "tests/hsm/module_station.h"
#include "tests/hsm/soft_tpm.h"

namespace keystamp::test {
namespace {

namespace fs = std::filesystem;

const std::string kOpenSc = "/usr/lib/x86_64-linux-gnu/pkcs11-spy.so";
const std::string kP11Kit = "/usr/lib/x86_64-linux-gnu/p11-kit-proxy.so";
const std::string kTpm = "/usr/lib/x86_64-linux-gnu/libtpm2_pkcs11.so.1";

TEST(ModuleLoaders, TheSignerWorksThroughP11Kit) {
    OddStation folder{"", kP11Kit};
    const std::string config = folder.token().path() + "/xdg/pkcs11";
    replace(folder.token().configFile(), "SOFTHSM2_CONF", "XDG_CONFIG_HOME = \"" + folder.token().path() + "/xdg\", SOFTHSM2_CONF");
    fs::create_directories(config + "/modules");
    ASSERT_TRUE(writeFile(config + "/pkcs11.conf", "user-config: only\n"));
    ASSERT_TRUE(writeFile(config + "/modules/softhsm.module", "module: " + kSoftHsm + "\ncritical: yes\n"));
    const auto signer = folder.connect();
    ASSERT_TRUE(eventually([&] { return signer->status()->state == "ready"; })) << describe(signer->selfTest().error());
    expectLeaf(*signer, folder.authority());
    expectDerives(*signer, folder.authority());
    expectTested(*signer);
}

TEST(ModuleLoaders, TheSignerWorksThroughOpenScsLoader) {
    const std::string spied = newFolder() + "/spied";  // OpenSC's spy writes down what passes, PINs too: never in production
    const OddStation folder{"", kOpenSc, "PKCS11SPY = \"" + kSoftHsm + "\", PKCS11SPY_OUTPUT = \"" + spied + "\", "};
    const auto signer = folder.connect();
    ASSERT_TRUE(eventually([&] { return signer->status()->state == "ready"; })) << describe(signer->selfTest().error());
    expectLeaf(*signer, folder.authority());
    expectDerives(*signer, folder.authority());
    expectTested(*signer);
    EXPECT_NE(readFile(spied, 64u << 20)->find("C_SignInit"), std::string::npos) << "it really went through the spy";
}

TEST(ModuleLoaders, OpenScsToolVerifiesWhatTheSignersKeyMeans) {
    const StationFolder folder;
    const std::string tool = "cd '" + folder.token().path() + "' && SOFTHSM2_CONF=softhsm2.conf pkcs11-tool --module " + kSoftHsm +
                             " --token-label keystamp-demo ";
    ASSERT_EQ(std::system((tool + "--read-object --type pubkey --id 01 --output-file 01.der >/dev/null").c_str()), 0);
    const auto signer = folder.connect();
    ASSERT_TRUE(eventually([&] { return signer->status()->state == "ready"; }));
    const auto ca = hsm::fromDer<hsm::X509Ptr>(d2i_X509, signer->status()->slots.front().certificate);
    const auto der = readFile(folder.token().path() + "/01.der");
    ASSERT_TRUE(ca && der);
    EXPECT_EQ(hsm::toDer(i2d_PUBKEY, X509_get0_pubkey(ca.get())), toBytes(asBytes(*der)));
}

// ---- a TPM

// Its token is made through PKCS#11 too: four EC keys, no group key.
TEST(Tpm, IssuesCertificatesAndSaysThatItDerivesNoKeys) {
    const SoftTpm tpm;
    ASSERT_TRUE(tpm.running()) << "swtpm, dbus-daemon or tpm2-abrmd does not start";
    OddStation station{"", kTpm, tpm.environment()};
    const std::string file = station.token().configFile();
    for (const char* key : {"group_key = \"11\"\n", "group_key = \"12\"\n"}) replace(file, key, "");
    station.makeAnew("012345678901");
    const auto signer = station.connect();
    ASSERT_TRUE(eventually([&] { return signer->status()->state == "ready"; })) << describe(signer->selfTest().error());
    EXPECT_EQ(signer->status()->slots.front().keyType, "EC P-256");
    expectLeaf(*signer, station.authority());
    expectNoKeys(*signer, station.authority(), "keys of 32 bytes at most");
    expectTested(*signer);
    EXPECT_EQ(station.logins("1", false), 0u);
    // the keys stay in the TPM when the worker dies, and what it had loaded goes
    station.kill("worker", SIGKILL);
    ASSERT_TRUE(eventually([&] { return signer->status() && signer->status()->state == "ready"; }));
    expectTested(*signer);
}

}  // namespace
}  // namespace keystamp::test
