// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/token.h"

#include <gtest/gtest.h>

#include "tests/support/token_folder.h"

namespace keystamp::hsm {
namespace {

const Bytes kPrimaryCa{0x01};
const Bytes kGroupKey{0x11};
const Bytes kScratch{0x77};

std::unique_ptr<Token> openAndLogIn(const test::TokenFolder& folder) {
    auto token = Token::open(folder.config());
    if (!token) ADD_FAILURE() << describe(token.error());
    const auto in = (*token)->login(folder.pin());
    if (!in) ADD_FAILURE() << describe(in.error());
    return std::move(token).value();
}

TEST(Token, DerivesThePublishedDeviceKeysInsideTheHsm) {
    struct Vector {
        const char* groupKey;
        const char* id;
        const char* deviceKey;
    };
    // published by Microsoft in samples and tests of its IoT command line and SDKs
    const Vector vectors[] = {
        {"8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==",
         "sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6", "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc="},
        {"oiK77Oy7rBw8YB6IS6ukRChAw+Yq6GC61RMrPLSTiOOtdI+XDu0LmLuNm11p+qv2I+adqGUdZHm46zXAQdZoOA==",
         "breakroom499-contoso-tstrsd-007", "JC8F96eayuQwwz+PkE7IzjH2lIAjCUnAa61tDigBnSs="},
        {"rLuyBPpIJ+hOre2SFIP9Ajvdty3j0EwSP/WvTVH9eZAw5HpDuEmf13nziHy5RRXmuTy84FCLpOnhhBPASSbHYg==",
         "contoso-simdevice-east", "p3w2DQr9WqEGBLUSlFi1jPQ7UWQL4siAGy75HFTFbf8="},
        {"r0mxLzPr9gg5DfsaxVhOwKK2+8jEHNclmCeb9iACAyb2A7yHPDrB2/+PTmwnTAetvI6oQkwarWHxYbkIVLybEg==", "pytest",
         "XLXPHX5ND3KBL0BU9Y4C3ZIg4/oSSv3QlYZ0eBfbQtE="},
    };
    const test::TokenFolder folder;
    const auto token = openAndLogIn(folder);
    for (const Vector& vector : vectors) {
        ASSERT_TRUE(token->importSecretKey(kScratch, "vector", *Secret::fromBase64(vector.groupKey), true));
        const auto key = token->hmac(kScratch, asBytes(vector.id));
        ASSERT_TRUE(key) << describe(key.error());
        EXPECT_EQ(key->toBase64().text(), vector.deviceKey);
    }
    // the first vector is also published with this value, which belongs to the ID in upper case
    const char* ofUpperCase = "9GWVnYuoOLXlHc346XjhLRb9pKgIOrKSwxDRSOgnvXo=";
    ASSERT_TRUE(token->importSecretKey(kScratch, "vector", *Secret::fromBase64(vectors[0].groupKey), true));
    EXPECT_NE(token->hmac(kScratch, asBytes(vectors[0].id))->toBase64().text(), ofUpperCase);
    EXPECT_EQ(token->hmac(kScratch, asBytes("SN-007-888-ABC-MAC-A1-B2-C3-D4-E5-F6"))->toBase64().text(), ofUpperCase);
}

TEST(Token, AShortGroupKeyDerivesAsItIs) {
    // RFC 4231 test case 1: a key of 20 bytes, fewer than SoftHSM takes for an HMAC
    const test::TokenFolder folder;
    const auto token = openAndLogIn(folder);
    const Bytes key(20, 0x0b);
    ASSERT_TRUE(token->importSecretKey(kScratch, "short", Secret::copyOf(BytesView{key}), false));
    EXPECT_EQ(toHex(token->hmac(kScratch, asBytes("Hi There"))->view()),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

TEST(Token, AKeyIsNotReplacedUnasked) {
    const test::TokenFolder folder;
    const auto token = openAndLogIn(folder);
    const auto before = token->hmac(kGroupKey, asBytes("device"));
    ASSERT_TRUE(before);
    const auto refused = token->importSecretKey(kGroupKey, "other", Secret::copyOf(BytesView{Bytes(64, 7)}), false);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::SignerRefused);
    EXPECT_TRUE(token->hmac(kGroupKey, asBytes("device"))->equals(*before));
    ASSERT_TRUE(token->importSecretKey(kGroupKey, "other", Secret::copyOf(BytesView{Bytes(64, 7)}), true));
    EXPECT_FALSE(token->hmac(kGroupKey, asBytes("device"))->equals(*before));
}

TEST(Token, AnImportedKeySurvivesTheProcessThatBroughtIt) {
    const test::TokenFolder folder;
    ASSERT_TRUE(
        openAndLogIn(folder)->importSecretKey(kScratch, "kept", Secret::copyOf(BytesView{Bytes(32, 7)}), false));
    const auto token = openAndLogIn(folder);
    EXPECT_TRUE(*token->hasSecretKey(kScratch));
    EXPECT_FALSE(*token->hasSecretKey(Bytes{0x78}));
}

TEST(Token, AWrongPinCostsOneLoginAndIsNotTriedAgain) {
    test::TokenFolder folder;
    folder.logCalls();
    const auto token = Token::open(folder.config());
    ASSERT_TRUE(token) << describe(token.error());
    const auto refused = (*token)->login(Secret::copyOf("0000"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::PinWrong);
    EXPECT_FALSE((*token)->loggedIn());
    EXPECT_EQ(folder.calls("C_Login").size(), 1u);

    const auto locked = (*token)->hmac(kGroupKey, asBytes("device"));
    ASSERT_FALSE(locked);
    EXPECT_EQ(locked.error().code, ErrorCode::PinNeeded);
    EXPECT_EQ((*token)->publicKey(kPrimaryCa).error().code, ErrorCode::PinNeeded);
    EXPECT_EQ(folder.calls("C_Login").size(), 1u);

    ASSERT_TRUE((*token)->login(folder.pin()));
    ASSERT_TRUE((*token)->login(folder.pin())) << "logged in already is no error";
    EXPECT_TRUE((*token)->hmac(kGroupKey, asBytes("device")));
    EXPECT_EQ(folder.calls("C_Login").size(), 2u) << "and no C_Login";
}

TEST(Token, AnEmptyPinNeverReachesTheHsm) {
    test::TokenFolder folder;
    folder.logCalls();
    const auto token = Token::open(folder.config());
    ASSERT_TRUE(token);
    EXPECT_EQ((*token)->login(Secret{}).error().code, ErrorCode::PinWrong);
    EXPECT_TRUE(folder.calls("C_Login").empty());
}

TEST(Token, ATokenOfAnotherLabelOrSerialIsMissing) {
    const test::TokenFolder folder;
    auto config = folder.config();
    config.tokenLabel = "keystamp-demo-2";
    EXPECT_EQ(Token::open(config).error().code, ErrorCode::TokenMissing);
    config = folder.config();
    config.tokenSerial = "0123456789abcdef";
    EXPECT_EQ(Token::open(config).error().code, ErrorCode::TokenMissing);
    config.tokenSerial = openAndLogIn(folder)->serial();
    EXPECT_TRUE(Token::open(config));
}

TEST(Token, AModuleThatIsNoneIsAFaultAndNotACrash) {
    const test::TokenFolder folder;
    auto config = folder.config();
    config.module = "/nonexistent/module.so";
    EXPECT_EQ(Token::open(config).error().code, ErrorCode::HsmFault);
    config.module = "/usr/lib/x86_64-linux-gnu/libcrypto.so.3";
    EXPECT_EQ(Token::open(config).error().code, ErrorCode::HsmFault);
}

TEST(Token, AKeyThatIsNotThereIsMissingByItsId) {
    const test::TokenFolder folder;
    const auto token = openAndLogIn(folder);
    for (const auto& error : {token->publicKey(kScratch).error(), token->hmac(kScratch, asBytes("device")).error()}) {
        EXPECT_EQ(error.code, ErrorCode::KeyMissing);
        EXPECT_NE(error.detail.find("77"), std::string::npos) << error.detail;
    }
}

TEST(Token, FindsAKeyOnceAndNotForEachSignature) {
    test::TokenFolder folder;
    folder.logCalls();
    const auto token = openAndLogIn(folder);
    ASSERT_TRUE(token->hmac(kGroupKey, asBytes("device")));
    const std::size_t searches = folder.calls("C_FindObjectsInit").size();
    EXPECT_GT(searches, 0u);
    for (int i = 1; i < 20; ++i) ASSERT_TRUE(token->hmac(kGroupKey, asBytes("device")));
    EXPECT_EQ(folder.calls("C_FindObjectsInit").size(), searches);
    const auto signatures = folder.calls("C_Sign");
    ASSERT_EQ(signatures.size(), 20u);
    EXPECT_EQ(signatures[0].at("key"), "11");
    EXPECT_EQ(signatures[0].at("mech"), "CKM_SHA256_HMAC");
    EXPECT_EQ(signatures[0].at("rv"), "0");
}

}  // namespace
}  // namespace keystamp::hsm
