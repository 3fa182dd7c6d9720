// SPDX-License-Identifier: Apache-2.0
// Nothing locks an ESP32's flash, so the driver must not write to another one than it has read. Here the other one's loader answers at
// once, as behind a switch between boards; one that is put on by hand starts anew first (tests/station/wire_swap_test.cpp).
#include <gtest/gtest.h>

#include <limits>

#include "tests/flashing/board_process.h"
#include "tests/support/swapping_link.h"

namespace keystamp {
namespace {

using test::BoardProcess;
using test::soon;

constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

/// An ESP32 that was read, and a finished one in its place.
class Esp32PutInItsPlace : public testing::Test {
protected:
    std::unique_ptr<flashing::Board> open(std::size_t first, std::size_t second, std::size_t at, std::size_t* steps = nullptr) {
        return *flashing::openBoard("esp32", test::swapping(*flashing::openLink(m_boards.link(first), soon()), *flashing::openLink(m_boards.link(second), soon()), at, steps));
    }
    void SetUp() override {
        const auto finished = open(1, 1, kNever);
        ASSERT_TRUE(finished->info(soon()));
        ASSERT_TRUE(finished->write(m_others, soon()));
        std::size_t steps = 0;
        ASSERT_TRUE(open(0, 0, kNever, &steps)->info(soon()));
        m_board = open(0, 1, steps + 1);
        ASSERT_TRUE(m_board->info(soon()));
    }
    void expectUntouched(const Result<void>& refused) {
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::WrongUid) << describe(refused.error());
        m_board.reset();
        EXPECT_EQ(open(1, 1, kNever)->info(soon())->credential, flashing::credentialDigest(m_others));
    }

    const BoardProcess m_boards{{"--driver", "esp32", "--fixtures", "2"}};
    const DeviceId m_id = *DeviceId::parse("acme-1");
    const flashing::Credential m_others = test::sasCredential(*DeviceId::parse("acme-2"));
    std::unique_ptr<flashing::Board> m_board;
};

TEST_F(Esp32PutInItsPlace, IsNotWrittenTo) { expectUntouched(m_board->write(test::sasCredential(m_id), soon())); }
TEST_F(Esp32PutInItsPlace, IsNotErased) { expectUntouched(m_board->erase(soon())); }

}  // namespace
}  // namespace keystamp
