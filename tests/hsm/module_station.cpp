// SPDX-License-Identifier: Apache-2.0
#include "tests/hsm/module_station.h"

#include <gtest/gtest.h>
#include <openssl/x509.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "core/file.h"
#include "hsm/signer/demo_token.h"
#include "hsm/signer/openssl.h"
#include "tests/support/crypto.h"

namespace keystamp::test {

// published by Microsoft with its samples
const char* const kGroupKey = "8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==";
static constexpr const char* kDeviceKey = "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc=";

void replace(const std::string& file, const std::string& what, const std::string& with) {
    std::string text = *readFile(file);
    const auto at = text.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    text.replace(at, what.size(), with);
    ASSERT_TRUE(writeFile(file, text));
}

OddStation::OddStation(const std::string& quirks, const std::string& module, const std::string& more) {
    const std::string file = token().configFile();
    token().logCalls();
    replace(file, "KEYSTAMP_PKCS11_LOG_MODULE = \"" + kSoftHsm, "KEYSTAMP_PKCS11_LOG_MODULE = \"" + module);
    replace(file, "SOFTHSM2_CONF",
            "KEYSTAMP_PKCS11_QUIRKS_MODULE = \"" + kSoftHsm + "\", KEYSTAMP_PKCS11_QUIRKS = \"" + quirks +
                "\", KEYSTAMP_PKCS11_QUIRKS_REFUSE = \"" + refusal() + "\", " + more + "SOFTHSM2_CONF");
}

void OddStation::makeAnew(const std::string& pin) {
    for (const char* old : {"tokens", "softhsm2.conf", "ca", "pin"}) std::filesystem::remove_all(token().path() + "/" + old);
    ASSERT_TRUE(writeFile(token().path() + "/pin", pin + "\n", 0400));
    // in a process of its own: what a module leaves behind, threads and a bus, goes with it
    const pid_t child = ::fork();
    if (child == 0) {
        const auto made = hsm::makeDemoToken(token().config());
        if (!made) std::fprintf(stderr, "%s\n", describe(made.error()).c_str());
        ::_exit(made ? 0 : 1);
    }
    int outcome = 0;
    ASSERT_EQ(::waitpid(child, &outcome, 0), child);
    ASSERT_EQ(outcome, 0);
    std::filesystem::remove(token().path() + "/calls.log");
}

std::size_t OddStation::logins(const char* user, bool right) const {
    std::size_t count = 0;
    for (const auto& call : token().calls("C_Login")) count += call.at("user") == user && (call.at("rv") == "0") == right ? 1u : 0u;
    return count;
}

Result<hsm::Leaf> issueOne(hsm::Signer& signer, const Bytes& csr) {
    const auto serial = signer.reserve("b1", deviceId("b1-0001"), "job");
    if (!serial) return serial.error();
    return signer.issue({"b1", "job", deviceId("b1-0001"), *serial, csr});
}

void expectLeaf(hsm::Signer& signer, const hsm::Authority& authority) {
    ASSERT_TRUE(signer.openGrant(grantOf("b1", Mode::X509), authority));
    const auto leaf = issueOne(signer, newCsr(newKey(), "b1-0001"));
    ASSERT_TRUE(leaf) << describe(leaf.error());
    const auto certificate = hsm::fromDer<hsm::X509Ptr>(d2i_X509, leaf->certificate);
    const auto ca = hsm::fromDer<hsm::X509Ptr>(d2i_X509, signer.status()->slots.front().certificate);
    ASSERT_TRUE(certificate && ca);
    EXPECT_EQ(X509_verify(certificate.get(), X509_get0_pubkey(ca.get())), 1);
    EXPECT_TRUE(signer.proveCa("CODE", Slot::Primary, authority));
}

hsm::Grant keyGrant() {
    hsm::Grant grant;
    grant.batch = "keys";
    grant.mode = Mode::Sas;
    grant.cap = 1;
    grant.ids.push_back(deviceId(kDeviceId));
    return grant;
}

void expectDerives(hsm::Signer& signer, const hsm::Authority& authority) {
    for (const Slot slot : {Slot::Primary, Slot::Secondary}) {
        const auto imported = signer.importGroupKey(slot, *Secret::fromBase64(kGroupKey), true, authority);
        ASSERT_TRUE(imported) << describe(imported.error());
    }
    ASSERT_TRUE(signer.openGrant(keyGrant(), authority));
    const auto key = signer.derive("keys", deviceId(kDeviceId), "job");
    ASSERT_TRUE(key) << describe(key.error());
    EXPECT_EQ(key->key.toBase64().text(), kDeviceKey);
}

void expectNoKeys(hsm::Signer& signer, const hsm::Authority& authority, const std::string& why) {
    EXPECT_NE(signer.status()->sasProblem.find(why), std::string::npos) << signer.status()->sasProblem;
    const auto granted = signer.openGrant(keyGrant(), authority);
    ASSERT_FALSE(granted);
    EXPECT_EQ(granted.error().code, ErrorCode::SignerRefused);
    EXPECT_EQ(granted.error().detail, signer.status()->sasProblem);
    EXPECT_EQ(signer.importGroupKey(Slot::Primary, *Secret::fromBase64(kGroupKey), true, authority).error().code, ErrorCode::SignerRefused);
}

void expectTested(hsm::Signer& signer) {
    const auto status = signer.status();
    ASSERT_TRUE(status);
    EXPECT_TRUE(status->selfTest.contains("primary") && status->selfTest.contains("audit"));
    for (const auto& [key, problem] : status->selfTest) EXPECT_EQ(problem, "") << key;
    const auto tested = signer.selfTest();
    EXPECT_TRUE(tested) << describe(tested.error());
}

}  // namespace keystamp::test
