// SPDX-License-Identifier: Apache-2.0
// The real signer on a disk that is full from a write or sync of its worker's start on: it says so, never that the HSM is not there, and
// serves again by itself once there is space.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <regex>

#include "core/file.h"
#include "tests/hsm/contract.h"
#include "tests/hsm/station_folder.h"

namespace keystamp::test {
namespace {

class FullDisk : public testing::Test {
protected:
    /// What a signer says of itself that was started with the disk full from the worker's `at`th write or sync on; 0: never.
    Result<hsm::SignerStatus> start(int at) {
        std::filesystem::create_directory(m_disk);
        ::setenv("KEYSTAMP_DISK_FOLDER", (m_folder.token().path() + "/data").c_str(), 1);
        ::setenv("KEYSTAMP_DISK_VICTIM", "worker", 1);
        ::setenv("KEYSTAMP_DISK_COUNT", m_count.c_str(), 1);
        ::setenv("KEYSTAMP_DISK_FAIL_AT", std::to_string(at).c_str(), 1);
        ::setenv("KEYSTAMP_DISK_ERRNO", std::to_string(ENOSPC).c_str(), 1);
        ::setenv("KEYSTAMP_DISK_MARK", (m_disk + "/full").c_str(), 1);
        ::setenv("LD_PRELOAD", KEYSTAMP_DISK_FAULT_SO, 1);
        auto connected = hsm::connect(m_folder.address());
        ::unsetenv("LD_PRELOAD");
        if (!connected) return connected.error();
        m_signer = std::move(*connected);
        return m_signer->status();
    }
    void end() {
        m_signer.reset();
        m_folder.kill("signer", SIGTERM);
        ASSERT_TRUE(m_folder.deserted());
        std::filesystem::remove(m_count);
    }
    int writesSoFar() const {
        std::uint64_t count = 0;
        if (const auto bytes = readFile(m_count); bytes && bytes->size() == sizeof count) std::memcpy(&count, bytes->data(), sizeof count);
        return static_cast<int>(count);
    }
    bool isReady() {
        const auto status = m_signer->status();
        return status && status->loggedIn;
    }

    StationFolder m_folder;
    const std::string m_count = m_folder.token().path() + "/count";
    const std::string m_disk = m_folder.token().path() + "/disk";  // without it no later worker finds its own write to fail at
    std::unique_ptr<hsm::Signer> m_signer;
};

TEST_F(FullDisk, AtAStartIsNamedAndHeals) {
    ASSERT_TRUE(start(0));
    const int writes = writesSoFar();
    ASSERT_GT(writes, 2);
    end();
    // the last ones are the self-tests, noted in ledger and anchor before they are made; what the ledger's opening costs comes before
    // them, and takes 5 s each to be tried again
    const std::regex named{"disk is full|disk I/O error|No space left on device"};
    int hit = 0;
    for (int at = std::getenv("KEYSTAMP_FULL") != nullptr ? 1 : writes - 1; at <= writes; ++at) {
        const auto status = start(at);
        if (status) {
            EXPECT_EQ(status->state, "ready") << "write " << at << " of " << writes;
        } else {
            ++hit;
            EXPECT_TRUE(std::regex_search(describe(status.error()), named)) << "write " << at << ": " << describe(status.error());
        }
        std::filesystem::remove_all(m_disk);
        if (m_signer) {
            EXPECT_TRUE(eventually([&] { return isReady(); })) << "write " << at;
        }
        end();
    }
    EXPECT_GT(hit, 0);
}

}  // namespace
}  // namespace keystamp::test
