// SPDX-License-Identifier: Apache-2.0
// A ledger that is gone, was set back or is another one: found when it is opened, and not used.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "hsm/signer/ledger.h"
#include "tests/support/temp_folder.h"

namespace keystamp::hsm {
namespace {

namespace fs = std::filesystem;

class SetBack : public testing::Test {
protected:
    std::unique_ptr<Ledger> open() {
        auto ledger = Ledger::open(m_path);
        EXPECT_TRUE(ledger) << describe(ledger.error());
        return ledger ? std::move(*ledger) : nullptr;
    }
    void act(const std::string& about) { ASSERT_TRUE(open()->recordAct("anna", "test", about)); }
    void copyTo(const std::string& name) {
        fs::create_directory(m_folder / name);
        for (const char* end : {"", "-wal", "-shm"}) {
            if (fs::exists(m_path + end)) fs::copy_file(m_path + end, m_folder / name + "/ledger.db" + end);
        }
    }
    void putBack(const std::string& name) {
        remove();
        for (const auto& entry : fs::directory_iterator{m_folder / name}) fs::copy_file(entry, m_folder / entry.path().filename().string());
    }
    void remove() {
        for (const char* end : {"", "-wal", "-shm"}) fs::remove(m_path + end);
    }
    std::string refusal() {
        const auto ledger = Ledger::open(m_path);
        if (ledger) return "it was taken";
        EXPECT_EQ(ledger.error().code, ErrorCode::RecordsAltered) << describe(ledger.error());
        EXPECT_NE(describe(ledger.error()).find("newest copy"), std::string::npos) << "the next step";
        const std::string& words = ledger.error().detail;
        return words.substr(words.find('(') + 1, words.find(')') - words.find('(') - 1);
    }

    test::TempFolder m_folder;
    const std::string m_path = m_folder / "ledger.db";
};

TEST_F(SetBack, ALedgerThatGrewIsTaken) {
    act("one");
    act("two");
    EXPECT_TRUE(open());
}

TEST_F(SetBack, AnOlderCopyIsRefusedAndTheNewestIsTakenAgain) {
    act("one");
    copyTo("older");
    act("two");
    copyTo("newest");
    putBack("older");
    EXPECT_EQ(refusal(), "it knows of 1 of 2 acts of supervisors");
    EXPECT_EQ(refusal(), "it knows of 1 of 2 acts of supervisors") << "refusing it is not forgiving it";
    putBack("newest");
    EXPECT_TRUE(open());
}

TEST_F(SetBack, EachKindOfRowThatIsMissingIsNamed) {
    {
        const auto ledger = open();
        copyTo("older");
        ASSERT_TRUE(ledger->noteSignature("prove", "primary", "code"));
        ASSERT_TRUE(ledger->derivedFor({*DeviceId::parse("a-1")}, {Slot::Primary}, "anna"));
    }
    putBack("older");
    EXPECT_EQ(refusal(), "it knows of 0 of 1 signatures, 0 of 1 derivations, 0 of 1 acts of supervisors");
}

TEST_F(SetBack, ARollAndARequestOfACaAreMissedToo) {
    {
        const auto ledger = open();
        copyTo("older");
        ASSERT_TRUE(ledger->rollTo(Slot::Secondary, "anna"));
    }
    putBack("older");
    EXPECT_EQ(refusal(), "it knows of 0 of 1 acts of supervisors");
    fs::remove(m_path + ".anchor");
    remove();
    {
        const auto ledger = open();
        copyTo("empty");
        ASSERT_TRUE(ledger->requested(Slot::Primary, "CN=ca", "anna"));
    }
    putBack("empty");
    EXPECT_NE(refusal().find("0 of 1"), std::string::npos);
}

TEST_F(SetBack, OneThatIsGoneIsNotBegunAnew) {
    act("one");
    remove();
    EXPECT_EQ(refusal(), m_path + " is gone");
    EXPECT_FALSE(fs::exists(m_path));
}

TEST_F(SetBack, AnotherLedgerIsRefused) {
    act("one");
    const std::string elsewhere = m_folder / "elsewhere.db";
    {
        auto other = Ledger::open(elsewhere);
        ASSERT_TRUE(other);
        for (const char* about : {"one", "two", "three"}) ASSERT_TRUE((*other)->recordAct("eve", "test", about));
    }
    remove();
    fs::copy_file(elsewhere, m_path);
    EXPECT_NE(refusal().find("is not the ledger"), std::string::npos);
}

TEST_F(SetBack, WithoutItsAnchorOrWithADamagedOneItIsRefused) {
    act("one");
    const std::string anchor = m_path + ".anchor";
    fs::rename(anchor, anchor + ".kept");
    EXPECT_NE(refusal().find("is gone"), std::string::npos);
    std::ofstream{anchor} << "nonsense";
    EXPECT_NE(refusal().find("damaged"), std::string::npos);
    fs::rename(anchor + ".kept", anchor);
    EXPECT_TRUE(open());
}

TEST_F(SetBack, AnAnchorThatLostItsLastWriteAccusesNobody) {
    act("one");
    const std::string anchor = m_path + ".anchor";
    fs::copy_file(anchor, anchor + ".older");
    act("two");
    fs::rename(anchor + ".older", anchor);
    EXPECT_TRUE(open());
}

TEST_F(SetBack, ABeginningThatWasCutOffBeginsAgain) {
    open();
    remove();
    EXPECT_TRUE(open()) << "the anchor vouches for nothing yet";
}

TEST_F(SetBack, ALedgerOfAnOlderProgramGetsAnAnchorOnce) {
    act("one");
    const auto asOlderProgram = [&] {
        SQLite::Database database{m_path, SQLite::OPEN_READWRITE};
        database.exec("DROP TABLE pin_tries; DROP TRIGGER serial_ended; ALTER TABLE grant_ DROP COLUMN issued;"
                      "ALTER TABLE grant_ DROP COLUMN interrupted; DROP TABLE identity; DROP TABLE crl; DROP INDEX serial_void;"
                      "DROP TABLE extension_id; DROP TABLE extension; DROP TABLE sealed");
        database.exec("PRAGMA user_version=3");
    };
    asOlderProgram();
    fs::remove(m_path + ".anchor");
    EXPECT_TRUE(open());
    asOlderProgram();
    EXPECT_NE(refusal().find("older"), std::string::npos) << "a copy from before the update";
}

}  // namespace
}  // namespace keystamp::hsm
