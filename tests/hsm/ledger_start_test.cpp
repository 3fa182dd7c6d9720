// SPDX-License-Identifier: Apache-2.0
// The real signer started on a ledger that was deleted or replaced by an older copy: it says so, names the next step, and does nothing else.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>

#include "tests/hsm/contract.h"
#include "tests/hsm/station_folder.h"
#include "tests/support/crypto.h"

namespace keystamp::test {
namespace {

namespace fs = std::filesystem;

class LedgerAtStart : public testing::Test {
protected:
    void provision(const std::string& batch) {
        const auto signer = m_folder.connect();
        ASSERT_TRUE(signer->openGrant(grantOf(batch, Mode::X509), m_folder.authority()));
        const auto serial = signer->reserve(batch, deviceId(batch + "-0001"), "job");
        ASSERT_TRUE(serial);
        ASSERT_TRUE(signer->issue({batch, "job", deviceId(batch + "-0001"), *serial, newCsr(newKey(), batch + "-0001")}));
    }
    void end() {
        m_folder.kill("signer", SIGTERM);
        ASSERT_TRUE(m_folder.deserted());
    }
    void copyTo(const std::string& name) {
        fs::create_directory(m_data + name);
        for (const char* file : {"ledger.db", "ledger.db-wal"}) {
            if (fs::exists(m_data + file)) fs::copy_file(m_data + file, m_data + name + "/" + file);
        }
    }
    void remove() {
        for (const char* file : {"ledger.db", "ledger.db-wal", "ledger.db-shm"}) fs::remove(m_data + file);
    }
    void putBack(const std::string& name) {
        remove();
        for (const auto& entry : fs::directory_iterator{m_data + name}) fs::copy_file(entry, m_data + entry.path().filename().string());
    }
    void expectRefused() {
        const auto signer = hsm::connect(m_folder.address());
        ASSERT_FALSE(signer);
        EXPECT_EQ(signer.error().code, ErrorCode::RecordsAltered) << describe(signer.error());
        EXPECT_NE(describe(signer.error()).find("put the newest copy"), std::string::npos) << describe(signer.error());
        end();
    }

    StationFolder m_folder;
    const std::string m_data = m_folder.token().path() + "/data/";
};

TEST_F(LedgerAtStart, AnOlderCopyIsRefusedAndTheNewestIsWorkedWithAgain) {
    provision("b1");
    end();
    copyTo("older");
    provision("b2");
    end();
    copyTo("newest");
    putBack("older");
    expectRefused();
    putBack("newest");
    EXPECT_EQ(m_folder.connect()->counts("b2")->issued, 1u);
}

TEST_F(LedgerAtStart, ADeletedOneIsNotBegunAnew) {
    provision("b1");
    end();
    remove();
    expectRefused();
    EXPECT_FALSE(fs::exists(m_data + "ledger.db"));
}

TEST_F(LedgerAtStart, AWorkerThatDiesLeavesALedgerThatItsSuccessorTakes) {
    provision("b1");
    const auto signer = m_folder.connect();
    m_folder.kill("worker", SIGKILL);
    EXPECT_EQ(signer->counts("b1")->issued, 1u);
}

}  // namespace
}  // namespace keystamp::test
