// SPDX-License-Identifier: Apache-2.0
// Group keys that are decrypted in the token: pairs made by pkcs11-tool, keys wrapped by openssl.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>

#include "core/file.h"
#include "hsm/signer/module.h"
#include "hsm/signer/token.h"
#include "tests/support/token_folder.h"

namespace keystamp::hsm {
namespace {

const Bytes kGroupKey{0x11};
const Bytes kWrappingKey{0x31};
// published by Microsoft
const char* const kPublished = "8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==";
const char* const kDeviceId = "sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6";
const char* const kDeviceKey = "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc=";

class WrappedKey : public testing::Test {
protected:
    void makePair(const std::string& words) const {
        tool("--login --pin " + std::string{m_folder.pin().text()} + " --keypairgen --label wrapping --id " + toHex(kWrappingKey) + " " + words);
    }
    /// From now on SoftHSM differs so (pkcs11_quirks.c).
    void behind(const std::string& quirks) const {
        std::string text = *readFile(m_folder.configFile());
        const std::string softHsm = "/usr/lib/softhsm/libsofthsm2.so";
        text.replace(text.find(softHsm), softHsm.size(), KEYSTAMP_PKCS11_QUIRKS_SO);
        text.insert(text.find("SOFTHSM2_CONF"), "KEYSTAMP_PKCS11_QUIRKS_MODULE = \"" + softHsm + "\", KEYSTAMP_PKCS11_QUIRKS = \"" + quirks + "\", ");
        EXPECT_TRUE(writeFile(m_folder.configFile(), text));
    }
    std::unique_ptr<Token> open() const {
        auto token = Token::open(m_folder.config());
        EXPECT_TRUE(token) << describe(token.error());
        EXPECT_TRUE((*token)->login(m_folder.pin()));
        return std::move(token).value();
    }
    /// pkcs11-tool has no word for that.
    void forbidUnwrapping() const {
        const auto module = Module::load(m_folder.config());
        ASSERT_TRUE(module) << describe(module.error());
        const CK_FUNCTION_LIST& call = module->call();
        ASSERT_EQ(call.C_Initialize(nullptr), CKR_OK);
        std::array<CK_SLOT_ID, 4> slots{};
        CK_ULONG count = slots.size();
        ASSERT_EQ(call.C_GetSlotList(CK_TRUE, slots.data(), &count), CKR_OK);
        CK_SESSION_HANDLE session = 0;
        ASSERT_EQ(call.C_OpenSession(slots.front(), CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session), CKR_OK);
        std::string pin{m_folder.pin().text()};
        ASSERT_EQ(call.C_Login(session, CKU_USER, reinterpret_cast<CK_UTF8CHAR_PTR>(pin.data()), pin.size()), CKR_OK);
        CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
        Bytes id = kWrappingKey;
        CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &kind, sizeof kind}, {CKA_ID, id.data(), id.size()}};
        CK_OBJECT_HANDLE key = 0;
        CK_ULONG found = 0;
        call.C_FindObjectsInit(session, wanted, 2);
        call.C_FindObjects(session, &key, 1, &found);
        call.C_FindObjectsFinal(session);
        CK_BBOOL no = CK_FALSE;
        CK_ATTRIBUTE unwrap{CKA_UNWRAP, &no, sizeof no};
        EXPECT_EQ(call.C_SetAttributeValue(session, key, &unwrap, 1), CKR_OK);
        call.C_Finalize(nullptr);
    }
    /// By the lines of `keystamp sas import --help`.
    Bytes wrap(BytesView key, const std::string& more = "") const {
        const std::string folder = m_folder.path();
        tool("--read-object --type pubkey --id " + toHex(kWrappingKey) + " --output-file " + folder + "/wrapping.der");
        EXPECT_TRUE(writeFile(folder + "/key", asText(key)));
        run("openssl pkeyutl -encrypt -pubin -keyform DER -inkey " + folder + "/wrapping.der -pkeyopt rsa_padding_mode:oaep " + more + " -in " +
            folder + "/key -out " + folder + "/wrapped");
        return toBytes(asBytes(*readFile(folder + "/wrapped")));
    }
    static Result<void> put(Token& token, const Bytes& wrapped, bool replace = true) {
        return token.unwrapSecretKey(kWrappingKey, kGroupKey, "wrapped", wrapped, replace);
    }
    static std::string derive(Token& token) {
        const auto key = token.hmac(kGroupKey, asBytes(std::string_view{kDeviceId}));
        return key ? std::string{key->toBase64().text()} : describe(key.error());
    }
    static void expectUnfit(Token& token, ErrorCode code, const std::string& says) {
        const auto unfit = token.canUnwrap(kWrappingKey);
        ASSERT_FALSE(unfit);
        EXPECT_EQ(unfit.error().code, code);
        EXPECT_NE(unfit.error().detail.find(says), std::string::npos) << unfit.error().detail;
        EXPECT_EQ(put(token, Bytes(256, 1)).error().detail, unfit.error().detail);
    }

    test::TokenFolder m_folder;

private:
    static void run(const std::string& command) { EXPECT_EQ(std::system((command + " >/dev/null 2>&1").c_str()), 0) << command; }
    void tool(const std::string& words) const {
        run("SOFTHSM2_CONF=" + m_folder.path() + "/softhsm2.conf pkcs11-tool --module /usr/lib/softhsm/libsofthsm2.so --token-label keystamp-demo " +
            words);
    }
};

TEST_F(WrappedKey, IsDecryptedInTheTokenAndStaysThere) {
    makePair("--key-type rsa:3072 --usage-wrap");
    const auto key = Secret::fromBase64(kPublished);
    const Bytes wrapped = wrap(key->view());
    const auto token = open();
    EXPECT_TRUE(token->canUnwrap(kWrappingKey));
    EXPECT_EQ(put(*token, wrapped, false).error().code, ErrorCode::SignerRefused) << "one is there";
    EXPECT_NE(derive(*token), kDeviceKey);
    const auto done = put(*token, wrapped);
    ASSERT_TRUE(done) << describe(done.error());
    EXPECT_EQ(derive(*token), kDeviceKey);
}

TEST_F(WrappedKey, AFileThatHoldsNoGroupKeyLeavesTheOneThatIsThere) {
    makePair("--key-type rsa:2048 --usage-wrap");
    const Bytes key(64, 7);
    const Bytes good = wrap(key);
    Bytes bent = good;
    bent[100] ^= 1;
    const std::pair<Bytes, const char*> files[] = {
        {bent, "does not decrypt"},
        {Bytes(256, 0), "does not decrypt"},
        {wrap(key, "-pkeyopt rsa_oaep_md:sha256"), "does not decrypt"},
        {Bytes(good.begin(), good.end() - 1), "it has 255 bytes, and would have 256"},
        {{}, "it has 0 bytes"},
        {wrap(Bytes(20, 7)), "derives nothing"},
    };
    auto token = open();
    const std::string before = derive(*token);
    for (const auto& [file, says] : files) {
        const auto refused = put(*token, file);
        ASSERT_FALSE(refused) << says;
        EXPECT_EQ(refused.error().code, ErrorCode::BadUsage) << describe(refused.error());
        EXPECT_NE(refused.error().detail.find(says), std::string::npos) << refused.error().detail;
        EXPECT_EQ(derive(*token), before);
    }
    token.reset();
    token = open();
    EXPECT_EQ(derive(*token), before) << "nothing of them is left beside it";
    EXPECT_TRUE(put(*token, good));
    EXPECT_NE(derive(*token), before);
}

TEST_F(WrappedKey, Base64InPlaceOfTheKeyIsSeenWhereTheTokenTellsLengths) {
    makePair("--key-type rsa:2048 --usage-wrap");
    const Bytes wrapped = wrap(asBytes(std::string_view{kPublished}));
    behind("value-len=88");
    const auto token = open();
    const std::string before = derive(*token);
    const auto refused = put(*token, wrapped);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::BadUsage);
    EXPECT_NE(refused.error().detail.find("what is in it has 88 bytes"), std::string::npos) << refused.error().detail;
    EXPECT_EQ(derive(*token), before);
}

TEST_F(WrappedKey, ATokenThatUnwrapsNothingSaysSo) {
    makePair("--key-type rsa:2048 --usage-wrap");
    behind("no-unwrap");
    expectUnfit(*open(), ErrorCode::SignerRefused, "this token unwraps no keys");
}

TEST_F(WrappedKey, APairThatIsNotThereIsMissing) { expectUnfit(*open(), ErrorCode::KeyMissing, "no private keys with CKA_ID 31"); }

TEST_F(WrappedKey, APairOfAnotherKindIsRefused) {
    makePair("--key-type EC:prime256v1");
    expectUnfit(*open(), ErrorCode::SignerRefused, "is no RSA key");
}

TEST_F(WrappedKey, APairThatMustNotUnwrapIsRefused) {
    makePair("--key-type rsa:2048 --usage-sign");
    forbidUnwrapping();
    expectUnfit(*open(), ErrorCode::SignerRefused, "must not unwrap");
}

TEST_F(WrappedKey, APairThatCanBeTakenOutIsRefused) {
    makePair("--key-type rsa:2048 --usage-wrap --extractable");
    expectUnfit(*open(), ErrorCode::SignerRefused, "can be taken out");
}

}  // namespace
}  // namespace keystamp::hsm
