// SPDX-License-Identifier: Apache-2.0
// The loader's questions have no checksum: one that the link spoils asks about another place of the flash, and the answer is as good as any.
#include <gtest/gtest.h>

#include "flashing/esp32/protocol.h"
#include "tests/flashing/board_process.h"

namespace keystamp {
namespace {

using test::BoardProcess;
using test::soon;

constexpr std::size_t kAddressTop = 1 + flashing::esp32::kRomHeader + 2;  ///< in a frame: behind its C0 and the header, bits 16 to 23
constexpr std::uint8_t kOneMegabyte = 0x10;                               ///< further on, or back, the emulated flash is erased

/// Sends MD5 request number `at` about a place a megabyte away.
class SpoiltQuestion : public flashing::Link {
public:
    SpoiltQuestion(std::unique_ptr<Link> link, std::size_t at, std::size_t& asked) : m_link(std::move(link)), m_at(at), m_asked(asked) {}

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override { return m_link->read(into, deadline); }
    Result<void> write(BytesView bytes, Deadline deadline) override {
        const bool question = bytes.size() > kAddressTop && bytes[2] == flashing::esp32::kFlashMd5;
        if (!question || m_asked++ != m_at) return m_link->write(bytes, deadline);
        Bytes spoilt = toBytes(bytes);
        spoilt[kAddressTop] ^= kOneMegabyte;
        return m_link->write(spoilt, deadline);
    }
    void discardInput() override { m_link->discardInput(); }

private:
    std::unique_ptr<Link> m_link;
    const std::size_t m_at;
    std::size_t& m_asked;
};

TEST(Esp32, AQuestionThatWasSpoiltMakesNoFullBoardABlankOne) {
    const flashing::DriverOptions options{{"store", "esp_secure_cert"}};
    const BoardProcess boards{{"--driver", "esp32c6"}, "unix:FOLDER/board.sock"};
    const auto open = [&](std::size_t spoilt, std::size_t& asked) {
        auto link = flashing::openLink(boards.link(), soon());
        if (!link) throw std::runtime_error(describe(link.error()));
        auto board = flashing::openBoard("esp32c6", std::make_unique<SpoiltQuestion>(*std::move(link), spoilt, asked), options);
        if (!board) throw std::runtime_error(describe(board.error()));
        return *std::move(board);
    };
    const auto credential = test::x509CredentialWithKey(*DeviceId::parse("acme-000017"));
    std::size_t asked = 0;
    ASSERT_TRUE(open(1000, asked)->write(credential, soon()));
    asked = 0;
    ASSERT_TRUE(open(1000, asked)->info(soon()));
    const std::size_t questions = asked;
    ASSERT_GE(questions, 3U) << "table, NVS, certificates";
    for (std::size_t spoilt = 0; spoilt < questions; ++spoilt) {
        asked = 0;
        const auto read = open(spoilt, asked)->info(soon());
        EXPECT_TRUE(!read || read->credential == flashing::credentialDigest(credential)) << "question " << spoilt << " of " << questions;
    }
}

}  // namespace
}  // namespace keystamp
