// SPDX-License-Identifier: Apache-2.0
#include "core/wal_room.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/support/temp_folder.h"

namespace keystamp {
namespace {

class WalRoomTest : public testing::Test {
protected:
    std::string grown(std::size_t size) {
        std::ofstream{m_path, std::ios::app | std::ios::binary} << std::string(size, 'x');
        return m_path;
    }
    std::string contents() const {
        std::ifstream file{m_path, std::ios::binary};
        return {std::istreambuf_iterator<char>{file}, {}};
    }
    test::TempFolder m_folder;
    std::string m_path = m_folder / "log-wal";
};

TEST_F(WalRoomTest, FillsALogThatHasGrownWithZerosUpToTheNextChunk) {
    WalRoom room{grown(5000)};
    room.keep();
    const std::string log = contents();
    ASSERT_EQ(log.size(), static_cast<std::size_t>(WalRoom::kChunk));
    EXPECT_EQ(log.substr(0, 5000), std::string(5000, 'x'));
    EXPECT_TRUE(std::all_of(log.begin() + 5000, log.end(), [](char c) { return c == 0; }));

    room.keep();
    EXPECT_EQ(contents(), log) << "nobody has grown it since";
    grown(1);
    room.keep();
    EXPECT_EQ(contents().size(), static_cast<std::size_t>(2 * WalRoom::kChunk));
}

TEST_F(WalRoomTest, MakesNoLogAndGivesAnEmptyOneNothing) {
    WalRoom room{m_path};
    room.keep();
    EXPECT_FALSE(std::filesystem::exists(m_path));
    grown(0);
    room.keep();
    EXPECT_EQ(contents().size(), 0U);
}

TEST_F(WalRoomTest, WhereThereIsNoRoomTheLogKeepsWhatItHasAndIsFilledLater) {
    WalRoom room{grown(5000)};
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlimit tight{100'000, limit.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    room.keep();
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    std::signal(SIGXFSZ, before);
    EXPECT_LE(contents().size(), 100'000U);
    EXPECT_EQ(contents().substr(0, 5000), std::string(5000, 'x'));
    room.keep();
    EXPECT_EQ(contents().size(), static_cast<std::size_t>(WalRoom::kChunk));
}

}  // namespace
}  // namespace keystamp
