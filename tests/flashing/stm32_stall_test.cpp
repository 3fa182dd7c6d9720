// SPDX-License-Identifier: Apache-2.0
// A chip, or what leads to it, that stands still for a while: its answers come when other things were asked already, and are not taken for
// theirs. That is no refusal, whenever it happens.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>

#include "tests/flashing/board_process.h"

namespace keystamp {
namespace {

using flashing::Link;

/// Nothing comes from the nth write on, until it was waited for so many times in vain; then all of it does.
class StallingLink : public Link {
public:
    StallingLink(std::unique_ptr<Link> link, std::size_t at, std::size_t waits, std::size_t& writes) : m_link(std::move(link)), m_at(at), m_waits(waits), m_writes(writes) {}

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        if (!stands()) return m_link->read(into, deadline);
        --m_waits;
        return Error{ErrorCode::Timeout, "the link"};
    }
    Result<void> write(BytesView bytes, Deadline deadline) override {
        ++m_writes;
        return m_link->write(bytes, deadline);
    }
    void discardInput() override {
        if (!stands()) m_link->discardInput();
    }

private:
    bool stands() const { return m_writes >= m_at && m_waits > 0; }

    std::unique_ptr<Link> m_link;
    const std::size_t m_at;
    std::size_t m_waits;
    std::size_t& m_writes;
};

TEST(Stm32, AChipThatStandsStillForAWhileIsNotTakenForOneThatRefuses) {
    constexpr std::size_t kAtOnce = 32;
    constexpr std::array<std::size_t, 5> kWaits{1, 2, 4, 10, 11};
    constexpr std::size_t kMadeGood = 4;
    const test::BoardProcess boards{{"--driver", "stm32", "--fixtures", std::to_string(kAtOnce)}};
    const auto erase = [&](std::size_t fixture, std::size_t at, std::size_t waits, std::size_t& writes) -> Result<void> {
        auto link = flashing::openLink(boards.link(fixture), test::soon());
        if (!link) return link.error();
        auto board = flashing::openBoard("stm32", std::make_unique<StallingLink>(*std::move(link), at, waits, writes), {{"page", "0x0801F800"}});
        if (!board) return board.error();
        if (auto info = (*board)->info(test::soon()); !info) return info.error();
        return (*board)->erase(test::soon());
    };
    std::size_t writes = 0;
    ASSERT_TRUE(erase(0, 0, 0, writes));
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (std::size_t fixture = 0; fixture < kAtOnce; ++fixture) {
        threads.emplace_back([&, fixture] {
            for (std::size_t n = next++; n < writes * kWaits.size(); n = next++) {
                const std::size_t at = 1 + n / kWaits.size(), waits = kWaits[n % kWaits.size()];
                std::size_t counted = 0;
                const auto erased = erase(fixture, at, waits, counted);
                EXPECT_TRUE(erased || waits > kMadeGood) << "write " << at << " of " << writes << ", " << waits << " waits: " << describe(erased.error());
                EXPECT_TRUE(erased || blame(erased.error().code) == Blame::Station) << "write " << at << " of " << writes << ", " << waits << " waits: " << describe(erased.error());
            }
        });
    }
}

}  // namespace
}  // namespace keystamp
