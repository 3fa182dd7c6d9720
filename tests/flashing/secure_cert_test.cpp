// SPDX-License-Identifier: Apache-2.0
// Partitions of Espressif's secure certificate manager, against its published example; and whose they are.
#include "flashing/esp32/secure_cert.h"

#include <gtest/gtest.h>

#include "flashing/esp32/identity.h"
#include "tests/support/crypto.h"

namespace keystamp {
namespace {

using namespace flashing::esp32;

constexpr std::size_t kPartition = 0x2000;

const DeviceId& id() {
    static const DeviceId kId = *DeviceId::parse("acme-000017");
    return kId;
}

flashing::Credential credentialFor(const DeviceId& device) {
    const Bytes ca = test::newKey(), key = test::newKey();
    return {Mode::X509, device, "0ne00TEST01",
            {test::newCertificate(test::publicKeyOf(key), device.text(), ca), test::newCertificate(test::publicKeyOf(ca), "an intermediate", ca)},
            Secret::copyOf(BytesView{key}), {}};
}

/// As the driver gives it back: the image, and erased flash behind it.
Bytes inFlash(const Secret& image) {
    Bytes flash = toBytes(image.view());
    flash.resize(kPartition, 0xFF);
    return flash;
}

/// Two entries of the example that comes with Espressif's tool (types 51 and 52), and the CRCs that it prints for them.
TEST(SecureCert, IsThePublishedStructure) {
    const Bytes binary = *fromHex("deadbeefcafebabe1234567890abcdef");
    const auto image = makeSecureCert({{static_cast<TlvType>(51), asBytes("Device Model: ESP32-S3-DevKit-C")}, {static_cast<TlvType>(52), binary}}, kPartition);
    ASSERT_TRUE(image) << describe(image.error());
    ASSERT_EQ(image->size(), 48U + 32U + 48U);
    const std::string hex = toHex(image->view());
    EXPECT_EQ(hex.substr(0, 24), "11ba5eba" "00000000" "33" "00" "1f00");
    EXPECT_EQ(hex.substr(86, 10), "00" "d8f6602e");  // a byte of padding, then the CRC
    EXPECT_EQ(hex.substr(96, 64), "11ba5eba" "00000000" "34" "00" "1000" + toHex(binary) + "1cc6f32a");
    EXPECT_EQ(hex.substr(160, 24), "11ba5eba" "00000000" "09" "00" "2000");
    EXPECT_EQ(hex.substr(184, 64), toHex(sha256(image->view().first(80))));
}

TEST(SecureCert, ComesBackAsItWasWritten) {
    const auto image = makeSecureCert({{TlvType::DeviceCertificate, asBytes("leaf")}, {TlvType::PrivateKey, asBytes("0123456789abcdef")}}, kPartition);
    ASSERT_TRUE(image);
    for (const Bytes& bytes : {toBytes(image->view()), inFlash(*image)}) {
        const SecureCertContents held = readSecureCert(bytes);
        ASSERT_TRUE(held.whole());
        EXPECT_EQ(held.values.at(TlvType::DeviceCertificate).text(), "leaf");
        EXPECT_EQ(held.values.at(TlvType::PrivateKey).text(), "0123456789abcdef");
    }
    EXPECT_TRUE(readSecureCert(Bytes(kPartition, 0xFF)).blank);
    EXPECT_TRUE(readSecureCert({}).blank);
}

TEST(SecureCert, EveryByteChangedIsNoticed) {
    const auto image = makeSecureCert({{TlvType::DeviceCertificate, asBytes("leaf")}, {TlvType::PrivateKey, asBytes("key")}}, kPartition);
    for (std::size_t at = 0; at < image->size(); ++at) {
        Bytes changed = inFlash(*image);
        changed[at] ^= 0x20;
        EXPECT_FALSE(readSecureCert(changed).whole()) << at;
    }
}

TEST(SecureCert, WhatWasCutShortIsBrokenAndNotSomebodyElses) {
    const auto image = makeSecureCert({{TlvType::DeviceCertificate, asBytes("leaf")}, {TlvType::PrivateKey, asBytes("key")}}, kPartition);
    for (std::size_t size = 1; size < image->size(); ++size) {
        Bytes cut = toBytes(image->view().first(size));
        cut.resize(kPartition, 0xFF);
        const SecureCertContents held = readSecureCert(cut);
        EXPECT_FALSE(held.blank) << size;
        EXPECT_FALSE(held.whole()) << size;
        EXPECT_FALSE(held.foreign) << size;
    }
}

TEST(SecureCert, WhatThisStationDoesNotWriteIsForeign) {
    const auto foreign = [](const Bytes& bytes) { return readSecureCert(bytes).foreign; };
    EXPECT_TRUE(foreign(inFlash(*makeSecureCert({{static_cast<TlvType>(3), asBytes("a key for the DS peripheral")}}, kPartition))));
    EXPECT_TRUE(foreign(inFlash(*makeSecureCert({{TlvType::PrivateKey, asBytes("a")}, {TlvType::PrivateKey, asBytes("b")}}, kPartition))));
    EXPECT_TRUE(foreign(inFlash(Secret::copyOf(std::string_view{"another format, as long as a header"}))));
    Bytes flagged = inFlash(*makeSecureCert({{TlvType::PrivateKey, asBytes("encrypted by HMAC")}}, kPartition));
    flagged[4] = 0x80;
    EXPECT_TRUE(foreign(flagged));
    Bytes second = inFlash(*makeSecureCert({{TlvType::PrivateKey, asBytes("of subtype 1")}}, kPartition));
    second[9] = 1;
    EXPECT_TRUE(foreign(second));
}

TEST(SecureCert, RefusesWhatItCannotHold) {
    const std::string large(kPartition, 'x');
    EXPECT_FALSE(makeSecureCert({{TlvType::PrivateKey, asBytes(large)}}, kPartition));
    const std::string most(kPartition - 16 - 48, 'x');
    const auto full = makeSecureCert({{TlvType::PrivateKey, asBytes(most)}}, kPartition);
    ASSERT_TRUE(full);
    EXPECT_EQ(full->size(), kPartition);
    EXPECT_TRUE(readSecureCert(full->view()).whole());
}

class Whose : public testing::Test {
protected:
    Whose() : m_credential(credentialFor(id())) { m_layout.inSecureCert = true; }

    NvsContents nvs(const Layout& layout) const { return readNvs(layout.nameSpace, nvsImageOf(layout, m_credential, 0x6000)->view()); }
    SecureCertContents secureCert(const flashing::Credential& credential) const {
        return readSecureCert(secureCertImageOf(credential, kPartition)->view());
    }
    std::optional<Digest> credentialIn(const Stored& stored) const {
        flashing::BoardInfo info;
        readIdentity(m_layout, stored, info);
        return info.credential;
    }

    Layout m_layout;
    const flashing::Credential m_credential;
};

TEST_F(Whose, TheDevicesOwnIsFoundAndMayBeWrittenOver) {
    const Stored stored{nvs(m_layout), secureCert(m_credential)};
    EXPECT_EQ(stored.nvs.texts.size(), 2U) << "scope and device ID, and nothing of the credential";
    EXPECT_EQ(credentialIn(stored), flashing::credentialDigest(m_credential));
    EXPECT_FALSE(isForeign(m_layout, stored));
}

TEST_F(Whose, AnotherDevicesIsNeitherFoundNorWrittenOver) {
    const Stored stored{nvs(m_layout), secureCert(credentialFor(*DeviceId::parse("acme-000018")))};
    EXPECT_FALSE(credentialIn(stored));
    EXPECT_TRUE(isForeign(m_layout, stored));
}

TEST_F(Whose, OneThatNobodyNamedIsNeitherFoundNorWrittenOver) {
    Stored stored;
    stored.secureCert = secureCert(m_credential);
    EXPECT_FALSE(credentialIn(stored));
    EXPECT_TRUE(isForeign(m_layout, stored));
}

TEST_F(Whose, OneWithAnotherKeyIsNoCredential) {
    flashing::Credential mixed = credentialFor(id());
    mixed.chain = m_credential.chain;
    const Stored stored{nvs(m_layout), secureCert(mixed)};
    EXPECT_FALSE(credentialIn(stored));
    EXPECT_TRUE(isForeign(m_layout, stored));
}

TEST_F(Whose, OneBesideACredentialInNvsIsNotWrittenOver) {
    const Stored stored{nvs(Layout{}), secureCert(m_credential)};
    EXPECT_EQ(credentialIn(stored), flashing::credentialDigest(m_credential));
    EXPECT_TRUE(isForeign(m_layout, stored));
}

TEST_F(Whose, AWriteThatWasCutShortMayBeDoneAgain) {
    Stored stored{nvs(m_layout), {}};
    EXPECT_FALSE(credentialIn(stored)) << "named, and nothing in esp_secure_cert yet";
    EXPECT_FALSE(isForeign(m_layout, stored));
    const auto image = secureCertImageOf(m_credential, kPartition);
    stored.secureCert = readSecureCert(image->view().first(image->size() / 2));
    EXPECT_FALSE(credentialIn(stored));
    EXPECT_FALSE(isForeign(m_layout, stored));
}

}  // namespace
}  // namespace keystamp
