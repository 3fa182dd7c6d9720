// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/demo_token.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "core/file.h"
#include "hsm/signer/certificate_authority.h"
#include "hsm/signer/module.h"
#include "hsm/signer/session.h"
#include "tests/support/token_folder.h"

namespace keystamp::hsm {
namespace {

namespace fs = std::filesystem;

// Content of every file below a folder, by its path, but the lock and token.object, whose flags SoftHSM writes at each
// login.
std::map<std::string, std::string> contentOf(const std::string& folder) {
    std::map<std::string, std::string> content;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && entry.path().extension() != ".lock" &&
            entry.path().filename() != "token.object") {
            content[entry.path().string()] = *readFile(entry.path().string());
        }
    }
    return content;
}

void expectSame(const std::map<std::string, std::string>& before, const std::map<std::string, std::string>& after) {
    EXPECT_EQ(before.size(), after.size());
    for (const auto& [path, content] : before) {
        const auto now = after.find(path);
        EXPECT_TRUE(now != after.end() && now->second == content) << path;
    }
}

std::unique_ptr<Token> enter(const SignerConfig& config) {
    auto token = Token::open(config);
    if (!token) ADD_FAILURE() << describe(token.error());
    const auto in = (*token)->login(*readSecretFile(config.pinFile));
    if (!in) ADD_FAILURE() << describe(in.error());
    return std::move(token).value();
}

void expectWhole(const SignerConfig& config) {
    const auto token = enter(config);
    for (const Slot slot : {Slot::Primary, Slot::Secondary}) {
        const auto ca = CertificateAuthority::open(*token, config, slot);
        EXPECT_TRUE(ca.info().usable) << ca.info().problem;
        EXPECT_TRUE(ca.info().groupKey);
        EXPECT_TRUE(ca.selfTest());
    }
    EXPECT_TRUE(signWithAuditKey(*token, config.auditKey, "text"));
    EXPECT_TRUE(fs::exists(config.passphraseFile));
    EXPECT_TRUE(fs::exists(fs::path(config.file).parent_path() / "audit.pub.pem"));
}

TEST(DemoToken, IsAWholeStationAndItsSecretsAreFilesOfTheirOwner) {
    const test::TokenFolder folder;
    const auto config = folder.config();
    expectWhole(config);
    for (const std::string& path : {config.pinFile, config.passphraseFile}) {
        struct stat info {};
        ASSERT_EQ(stat(path.c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 0777, 0400u) << path;
        EXPECT_GE(readSecretFile(path)->size(), 12u);
    }
}

TEST(DemoToken, MadeAgainChangesNothing) {
    const test::TokenFolder folder;
    const auto before = contentOf(folder.path());
    const auto again = makeDemoToken(folder.config());
    ASSERT_TRUE(again) << describe(again.error());
    expectSame(before, contentOf(folder.path()));
}

TEST(DemoToken, IsCompletedWhereverItWasInterrupted) {
    const test::TokenFolder folder;
    const auto config = folder.config();
    for (const std::string& lost :
         {std::string{"/ca/root.pem"}, std::string{"/ca/secondary.pem"}, std::string{"/audit.pub.pem"},
          std::string{"/supervisor.pass"}, std::string{"/softhsm2.conf"}}) {
        ASSERT_TRUE(fs::remove(folder.path() + lost)) << lost;
        const auto again = makeDemoToken(config);
        ASSERT_TRUE(again) << lost << ": " << describe(again.error());
        expectWhole(config);
    }
    // everything but the PIN, which is written first
    fs::remove_all(folder.path() + "/tokens");
    fs::remove_all(folder.path() + "/ca");
    fs::remove(folder.path() + "/softhsm2.conf");
    const auto again = makeDemoToken(config);
    ASSERT_TRUE(again) << describe(again.error());
    expectWhole(config);
}

TEST(DemoToken, AHalfMadeKeyIsMadeAnew) {
    const test::TokenFolder folder;
    const auto config = folder.config();
    {
        auto module = Module::load(config);
        ASSERT_TRUE(module);
        ASSERT_EQ(module->call().C_Initialize(nullptr), CKR_OK);
        CK_SLOT_ID slots[8];
        CK_ULONG count = 8;
        ASSERT_EQ(module->call().C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
        {
            auto session = Session::open(module->call(), slots[0], true);
            ASSERT_TRUE(session);
            ASSERT_TRUE(session->login(CKU_USER, folder.pin()));
            const auto half = session->find(CKO_PRIVATE_KEY, Bytes{0x02});
            ASSERT_EQ(half->size(), 1u);
            ASSERT_TRUE(session->destroy(half->front()));
        }
        module->call().C_Finalize(nullptr);
    }
    const auto again = makeDemoToken(config);
    ASSERT_TRUE(again) << describe(again.error());
    expectWhole(config);
}

TEST(DemoToken, APinFileThatWasLostIsSaidAndNothingIsOverwritten) {
    const test::TokenFolder folder;
    ASSERT_TRUE(fs::remove(folder.path() + "/pin"));
    const auto before = contentOf(folder.path());
    const auto refused = makeDemoToken(folder.config());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::BadConfig);
    expectSame(before, contentOf(folder.path()));
}

TEST(DemoToken, ATokenThatIsNoDemosIsRefused) {
    const std::string folder = test::newFolder();
    test::writeStationToml(folder, false, "keystamp");
    const auto refused = makeDemoToken(*loadSignerConfig(folder + "/station.toml"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::BadUsage);
    EXPECT_FALSE(fs::exists(folder + "/tokens"));
    fs::remove_all(folder);
}

// Every private and secret key, generated or imported: the module refuses its value, and says so of its attributes.
TEST(DemoToken, NoKeyCanBeTakenOut) {
    const test::TokenFolder folder;
    const auto config = folder.config();
    ASSERT_TRUE(
        enter(config)->importSecretKey(Bytes{0x55}, "imported", Secret::copyOf(BytesView{Bytes(64, 7)}), false));

    auto module = Module::load(config);
    ASSERT_TRUE(module);
    const CK_FUNCTION_LIST& call = module->call();
    ASSERT_EQ(call.C_Initialize(nullptr), CKR_OK);
    CK_SLOT_ID slots[8];
    CK_ULONG count = 8;
    ASSERT_EQ(call.C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
    CK_SESSION_HANDLE session = 0;
    ASSERT_EQ(call.C_OpenSession(slots[0], CKF_SERIAL_SESSION, nullptr, nullptr, &session), CKR_OK);
    const Secret pin = folder.pin();
    ASSERT_EQ(call.C_Login(session, CKU_USER, const_cast<CK_BYTE_PTR>(pin.view().data()), pin.size()), CKR_OK);

    std::size_t keys = 0;
    for (CK_OBJECT_CLASS kind : {CKO_PRIVATE_KEY, CKO_SECRET_KEY}) {
        CK_ATTRIBUTE wanted{CKA_CLASS, &kind, sizeof kind};
        ASSERT_EQ(call.C_FindObjectsInit(session, &wanted, 1), CKR_OK);
        CK_OBJECT_HANDLE found[32];
        CK_ULONG number = 0;
        ASSERT_EQ(call.C_FindObjects(session, found, 32, &number), CKR_OK);
        call.C_FindObjectsFinal(session);
        for (CK_ULONG i = 0; i < number; ++i, ++keys) {
            std::uint8_t value[256];
            CK_ATTRIBUTE secret{CKA_VALUE, value, sizeof value};
            EXPECT_EQ(call.C_GetAttributeValue(session, found[i], &secret, 1), CKR_ATTRIBUTE_SENSITIVE);
            CK_BBOOL sensitive = CK_FALSE;
            CK_BBOOL extractable = CK_TRUE;
            CK_BBOOL isPrivate = CK_FALSE;
            CK_ATTRIBUTE flags[] = {{CKA_SENSITIVE, &sensitive, sizeof sensitive},
                                    {CKA_EXTRACTABLE, &extractable, sizeof extractable},
                                    {CKA_PRIVATE, &isPrivate, sizeof isPrivate}};
            EXPECT_EQ(call.C_GetAttributeValue(session, found[i], flags, 3), CKR_OK);
            EXPECT_EQ(sensitive, CK_TRUE);
            EXPECT_EQ(extractable, CK_FALSE);
            EXPECT_EQ(isPrivate, CK_TRUE);
        }
    }
    EXPECT_EQ(keys, 8u) << "root, two CAs, audit; two group keys and the imported one; the one that seals";
    call.C_Finalize(nullptr);
}

TEST(DemoToken, ItsKeysWereGeneratedInsideIt) {
    const test::TokenFolder folder;
    // a new one, made through the logging module
    fs::remove_all(folder.path());
    ASSERT_TRUE(makeFolder(folder.path()));
    test::writeStationToml(folder.path(), true);
    const auto made = makeDemoToken(folder.config());
    ASSERT_TRUE(made) << describe(made.error());
    EXPECT_EQ(folder.calls("C_GenerateKeyPair").size(), 4u);
    EXPECT_EQ(folder.calls("C_GenerateKey").size(), 3u) << "two group keys and the one that seals";
    EXPECT_TRUE(folder.calls("C_CreateObject").empty());
    EXPECT_EQ(folder.calls("C_Sign").size(), 3u) << "root and two intermediates";
}

}  // namespace
}  // namespace keystamp::hsm
