// SPDX-License-Identifier: Apache-2.0
// A board that talks without end, and never answers, is given up after so many bytes: not after so much time, in which it would keep a
// core of the station busy.
#include <gtest/gtest.h>

#include "flashing/board.h"
#include "flashing/smp/framing.h"

namespace keystamp {
namespace {

using flashing::Link;

/// The same words again and again, as fast as they are read.
class TalkingLink : public Link {
public:
    TalkingLink(Bytes words, std::size_t& heard) : m_words(std::move(words)), m_heard(heard) {}

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        if (deadline.passed()) return Error{ErrorCode::Timeout, {}};
        for (std::uint8_t& byte : into) byte = m_words[m_heard++ % m_words.size()];
        return into.size();
    }
    Result<void> write(BytesView, Deadline) override { return {}; }
    void discardInput() override {}

private:
    Bytes m_words;
    std::size_t& m_heard;
};

struct Talk {
    const char* name;
    const char* driver;
    Bytes words;
    std::size_t tries;  ///< of the driver's first request
};

/// A good frame, and a reply, but to nothing that was ever asked.
Bytes strayReply() { return flashing::smp::frame(Bytes{1, 0, 0, 1, 0xFF, 0xFF, 0xEE, 0xEE, 0xA0}); }

class Talkative : public testing::TestWithParam<Talk> {};

TEST_P(Talkative, IsGivenUpAfterSoManyBytes) {
    std::size_t heard = 0;
    const auto board = flashing::openBoard(GetParam().driver, std::make_unique<TalkingLink>(GetParam().words, heard));
    ASSERT_TRUE(board.ok());
    const auto info = (*board)->info(Deadline::in(std::chrono::hours(1)));
    ASSERT_FALSE(info.ok());
    EXPECT_EQ(info.error().code, ErrorCode::BoardNonsense) << describe(info.error());
    EXPECT_LE(heard, GetParam().tries * (256 * 1024 + 4096));
}

INSTANTIATE_TEST_SUITE_P(Board, Talkative,
                         testing::Values(Talk{"noise", "agent", Bytes{'h', 'u', 'm', ' '}, 4}, Talk{"stray_replies", "agent", strayReply(), 4},
                                         Talk{"esp32_noise", "esp32", Bytes{'h', 'u', 'm', ' '}, 20},
                                         Talk{"esp32_packets", "esp32", Bytes{0xC0, 1, 0x77, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC0}, 20}),
                         [](const auto& each) { return std::string{each.param.name}; });

}  // namespace
}  // namespace keystamp
