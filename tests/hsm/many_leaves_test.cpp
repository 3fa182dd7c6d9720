// SPDX-License-Identifier: Apache-2.0
// Many leaves from the real signer's processes, by many clients at once: each is clean, no serial is twice, and OpenSSL
// and GnuTLS read the same out of it. 100,000 with KEYSTAMP_FULL, 500 otherwise.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <set>
#include <thread>

#include "core/id_pattern.h"
#include "hsm/signer/ca_certificate.h"
#include "hsm/signer/certificate_authority.h"
#include "tests/hsm/made_certificate.h"
#include "tests/hsm/read_leaf.h"
#include "tests/hsm/station_folder.h"

namespace keystamp::test {
namespace {

std::size_t howMany() { return std::getenv("KEYSTAMP_FULL") != nullptr ? 100000 : 500; }

// Mostly P-256, as boards have; every eighth P-384, and every hundredth (of a short run) RSA, whose keys take long to
// make.
hsm::EvpKeyPtr keyOf(std::size_t number) {
    if (number % 100 == 99 && number < 500) return newRsaKey(number % 200 == 99 ? 2048 : 3072);
    return newEcKey(number % 8 == 7 ? "P-384" : "P-256");
}

class ManyLeaves : public testing::Test {
protected:
    struct Slotted {
        std::string batch;
        IdPattern ids;
        hsm::CaInfo ca;
        hsm::CaCertificatePtr parsed;
    };

    void SetUp() override {
        m_signer = m_folder.connect();
        const auto status = m_signer->status();
        ASSERT_TRUE(status) << describe(status.error());
        for (const Slot slot : {Slot::Primary, Slot::Secondary}) {
            hsm::Grant grant;
            grant.batch = slot == Slot::Primary ? "first" : "second";
            grant.slot = slot;
            grant.cap = howMany();
            grant.pattern = grant.batch + "-{seq:06}";
            grant.last = howMany();
            ASSERT_TRUE(m_signer->openGrant(grant, m_folder.authority()));
            const hsm::CaInfo& ca = status->slots[static_cast<std::size_t>(slot)];
            m_slots.push_back({grant.batch, *IdPattern::parse(grant.pattern), ca, *hsm::parseCaCertificate(ca.certificate)});
        }
    }

    void issueAndJudge(std::size_t number) {
        const Slotted& slotted = m_slots[number % 2];
        const DeviceId id = *slotted.ids.at(number);
        const auto key = keyOf(number);
        const auto serial = m_signer->reserve(slotted.batch, id, "job");
        if (!serial) return wrong(describe(serial.error()));
        const auto leaf = m_signer->issue({slotted.batch, "job", id, *serial, makeCsr(key.get(), id.text())});
        if (!leaf) return wrong(describe(leaf.error()));
        if (const auto clean = hsm::lintLeaf(leaf->certificate, slotted.ca.certificate, hsm::Profile{}); !clean)
            return wrong(clean.error().detail);

        const LeafFacts read = readByOpenssl(leaf->certificate);
        if (!(read == readByGnutls(leaf->certificate))) return wrong("read differently: " + toHex(leaf->certificate));
        const bool ours = read.serial == *serial && read.issuer == slotted.parsed->subject &&
                          read.commonName == id.text() && read.authorityKeyId == slotted.parsed->keyIdentifier &&
                          read.publicKey == hsm::toDer(i2d_PUBKEY, key.get()) &&
                          read.notAfter - read.notBefore == std::chrono::hours{24 * 3650} &&
                          read.purposes == std::vector<std::string>{"1.3.6.1.5.5.7.3.2"} && read.digitalSignatureOnly;
        if (!ours) return wrong("not what was asked for: " + toHex(leaf->certificate));
        const std::lock_guard lock{m_mutex};
        if (!m_serials.insert(read.serial).second) m_wrong.push_back("a serial twice: " + toHex(read.serial));
    }

    void wrong(const std::string& what) {
        const std::lock_guard lock{m_mutex};
        m_wrong.push_back(what);
    }

    StationFolder m_folder;
    std::unique_ptr<hsm::Signer> m_signer;
    std::vector<Slotted> m_slots;
    std::mutex m_mutex;
    std::set<Bytes> m_serials;
    std::vector<std::string> m_wrong;
};

TEST_F(ManyLeaves, AreCleanUniqueAndReadAlikeByOpensslAndGnutls) {
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 16; ++i) {
        clients.emplace_back([&] {
            for (std::size_t number = next++; number < howMany(); number = next++) issueAndJudge(number);
        });
    }
    for (auto& client : clients) client.join();
    EXPECT_TRUE(m_wrong.empty()) << m_wrong.size() << " wrong, the first: " << m_wrong.front();
    EXPECT_EQ(m_serials.size(), howMany());
    EXPECT_EQ(m_folder.ledger("SELECT count(*) FROM serial WHERE state = 'issued'").front(), std::to_string(howMany()));
    EXPECT_EQ(m_folder.ledger("SELECT count(*) FROM signature WHERE purpose = 'leaf'").front(),
              std::to_string(howMany()));
    std::printf("%zu leaves issued and read\n", m_serials.size());
}

// The readers themselves: a comparison that cannot fail shows nothing.
TEST(LeafFacts, DifferWhereTwoLeavesDiffer) {
    const auto ca = makeCa({});
    const Bytes one = makeLeaf(ca);
    const Bytes other = makeLeaf(ca);
    EXPECT_EQ(readByOpenssl(one), readByGnutls(one));
    EXPECT_FALSE(readByOpenssl(one) == readByGnutls(other));
    const Bytes wide = makeLeaf(ca, [&](X509* leaf) {
        removeExtension(leaf, NID_ext_key_usage);
        setExtension(leaf, ca.certificate.get(), NID_ext_key_usage, "clientAuth,serverAuth");
        removeExtension(leaf, NID_key_usage);
        setExtension(leaf, ca.certificate.get(), NID_key_usage, "critical,digitalSignature,keyAgreement");
    });
    EXPECT_EQ(readByGnutls(wide).purposes.size(), 2u);
    EXPECT_FALSE(readByGnutls(wide).digitalSignatureOnly);
    EXPECT_EQ(readByOpenssl(wide), readByGnutls(wide));
}

}  // namespace
}  // namespace keystamp::test
