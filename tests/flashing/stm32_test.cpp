// SPDX-License-Identifier: Apache-2.0
// The STM32 driver: what it refuses before a byte is written, and what only its board can do.
#include <gtest/gtest.h>

#include "flashing/stm32/loader.h"
#include "flashing/stm32/page.h"
#include "flashing/stm32/protocol.h"
#include "tests/flashing/board_process.h"
#include "tests/support/scripted_link.h"

namespace keystamp {
namespace {

using flashing::Board;
using flashing::DriverOptions;
using test::BoardProcess;
using test::soon;

constexpr std::uint32_t kPage = 0x0801F800;
const DriverOptions kOptions{{"page", "0x0801F800"}};

DeviceId id() { return *DeviceId::parse("acme-000017"); }

std::unique_ptr<Board> open(const BoardProcess& boards, const DriverOptions& options = kOptions) {
    auto link = flashing::openLink(boards.link(), soon());
    if (!link) throw std::runtime_error(describe(link.error()));
    auto board = flashing::openBoard("stm32", *std::move(link), options);
    if (!board) throw std::runtime_error(describe(board.error()));
    return *std::move(board);
}

void expectRefused(const Result<void>& result, ErrorCode code, const std::string& why) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, code) << describe(result.error());
    EXPECT_NE(result.error().detail.find(why), std::string::npos) << describe(result.error());
}

TEST(Stm32, OptionsThatMeanNothingAreRefusedByName) {
    const std::pair<DriverOptions, std::string> bad[] = {
        {{}, "page is missing"},
        {{{"page", "0x08000000"}}, "behind its first page"},
        {{{"page", "0x20000000"}}, "is an address in flash"},
        {{{"page", "0x0801F804"}}, "does not begin a page"},
        {{{"page", "0x0801F800"}, {"pages", "0"}}, "pages is from 1"},
        {{{"page", "0x0801F800"}, {"page_size", "3000"}}, "page_size is a power of two"},
        {{{"page", "0x0801F800"}, {"parity", "odd"}}, "parity is even, or none"},
        {{{"page", "0x0801F800"}, {"entry", "magic"}}, "entry is by-hand"},
        {{{"page", "0x0801F800"}, {"uid", "there"}}, "uid is a number"},
        {{{"page", "0x0801F800"}, {"sector", "1"}}, "sector is not a key here"}};
    for (const auto& [options, why] : bad) expectRefused(flashing::checkDriver("stm32", options), ErrorCode::BadConfig, why);
    EXPECT_TRUE(flashing::checkDriver("stm32", {{"page", "0x0801F800"}, {"pages", "2"}, {"page_size", "1024"}, {"erase", "126"}, {"uid", "0x1FFFF7E8"},
                                                {"go", "0x08004000"}, {"parity", "none"}, {"entry", "dtr-resets"}}));
}

TEST(Stm32, APlaceThatIsNotOnThisChipIsRefusedBeforeAByteIsWritten) {
    const BoardProcess boards{{"--driver", "stm32"}};
    const std::pair<DriverOptions, std::string> bad[] = {
        {{{"page", "0x0801F800"}, {"page_size", "0x400"}}, "STM32L43x has pages of 0x800, not 0x400"},
        {{{"page", "0x0801FA00"}}, "does not begin a page of 0x800"},
        {{{"page", "0x0801F800"}, {"uid", "0x08008000"}}, "there is no UID"}};
    for (const auto& [options, why] : bad) {
        const auto board = open(boards, options);
        expectRefused(board->write(test::sasCredential(id()), soon()), ErrorCode::BadConfig, why);
    }
    const auto untouched = open(boards)->info(soon());
    ASSERT_TRUE(untouched) << describe(untouched.error());
    EXPECT_FALSE(untouched->credential);
}

TEST(Stm32, AnIdentityThatIsLargerThanItsPagesIsRefusedBeforeTheyAreErased) {
    const BoardProcess boards{{"--driver", "stm32f1"}};
    const auto board = open(boards);
    const auto sas = test::sasCredential(id());
    ASSERT_TRUE(board->write(sas, soon()));
    auto large = test::x509CredentialWithKey(id());
    large.chain.push_back(large.chain.back());
    large.chain.push_back(large.chain.back());
    expectRefused(board->write(large, soon()), ErrorCode::BadConfig, "does not fit into 1024");
    EXPECT_EQ(open(boards)->info(soon())->credential, flashing::credentialDigest(sas));
}

/// Something else's flash, written as stm32flash would.
void put(const BoardProcess& boards, std::uint32_t at, BytesView bytes) {
    const auto link = flashing::openLink(boards.link(), soon());
    ASSERT_TRUE(link);
    const auto place = *flashing::stm32::Place::of(kOptions);
    flashing::stm32::Loader loader{**link, place};
    ASSERT_TRUE(loader.enter(soon()));
    const auto written = loader.write(at, bytes, soon());
    ASSERT_TRUE(written) << describe(written.error());
}

TEST(Stm32, WhatSomebodyElseKeepsInThePageIsLeftAlone) {
    for (const std::uint32_t at : {kPage, kPage + 32, kPage + 0x7F0}) {
        const BoardProcess boards{{"--driver", "stm32"}};
        put(boards, at, Bytes(16, 0x42));
        const auto board = open(boards);
        const auto found = board->info(soon());
        ASSERT_TRUE(found) << describe(found.error());
        EXPECT_FALSE(found->credential);
        expectRefused(board->begin(Mode::Sas, id(), "0ne00TEST01", soon()), ErrorCode::BoardRefused, "holds what this station did not write");
        expectRefused(board->write(test::sasCredential(id()), soon()), ErrorCode::BoardRefused, "erase it if it may go");
        expectRefused(board->erase(soon()), ErrorCode::BoardRefused, "holds what");
    }
}

TEST(Stm32, AProtectedFlashIsRefusedWithTheReason) {
    const BoardProcess boards{{"--driver", "stm32", "--secure-download"}};
    const auto info = open(boards)->info(soon());
    ASSERT_FALSE(info);
    EXPECT_EQ(info.error().code, ErrorCode::BoardRefused);
    EXPECT_NE(info.error().detail.find("is the flash protected?"), std::string::npos) << info.error().detail;
}

TEST(Stm32, ABoardWhoseProductRunsIsSilentAndTheErrorSaysWhatToDo) {
    const BoardProcess boards{{"--driver", "stm32"}};
    ASSERT_TRUE(open(boards)->lock(soon()).error().code == ErrorCode::BoardSilent) << "it was not synced";
    const auto board = open(boards);
    ASSERT_TRUE(board->info(soon()));
    ASSERT_TRUE(board->lock(soon()));
    const auto info = board->info(soon());
    ASSERT_FALSE(info);
    EXPECT_EQ(info.error().code, ErrorCode::BoardSilent);
    EXPECT_NE(info.error().detail.find("BOOT0 must be high"), std::string::npos) << info.error().detail;
}

TEST(Stm32, ALinkThatKnowsParityIsSetToEvenForNothingElseIsHeard) {
    const BoardProcess boards{{"--driver", "stm32"}, "rfc2217:127.0.0.1:0"};
    const auto heard = open(boards)->info(soon());
    EXPECT_TRUE(heard) << describe(heard.error());
    const auto without = open(boards, {{"page", "0x0801F800"}, {"parity", "none"}})->info(soon());
    ASSERT_FALSE(without);
    EXPECT_EQ(without.error().code, ErrorCode::BoardSilent);
}

/// A station that died in the middle of any command leaves a loader that waits for the rest of it.
TEST(Stm32, ALoaderInTheMiddleOfAnythingIsBroughtBack) {
    const BoardProcess boards{{"--driver", "stm32"}};
    const auto credential = test::sasCredential(id());
    ASSERT_TRUE(open(boards)->write(credential, soon()));
    const std::pair<Bytes, bool> begun[] = {
        {{0x31}, false},       {{0x31, 0xCE}, true},  {{0x11, 0xEE, 0x08, 0x00}, true}, {{0x44, 0xBB}, true}, {{0x44, 0xBB, 0x00}, true},
        {{0x44, 0xBB, 0x00, 0x00, 0x00}, true}};
    for (const auto& [words, body] : begun) {
        const auto link = flashing::openLink(boards.link(), soon());
        ASSERT_TRUE(link);
        ASSERT_TRUE((*link)->write(BytesView{words}.first(std::min<std::size_t>(words.size(), 2)), soon()));
        std::array<std::uint8_t, 1> yes{};
        if (body) { ASSERT_TRUE((*link)->read(yes, soon())); }
        if (words.size() > 2) { ASSERT_TRUE((*link)->write(BytesView{words}.subspan(2), soon())); }
        const auto board = flashing::openBoard("stm32", *flashing::openLink(boards.link(), soon()), kOptions);
        const auto info = (*board)->info(soon());
        ASSERT_TRUE(info) << toHex(words) << ": " << describe(info.error());
        EXPECT_EQ(info->credential, flashing::credentialDigest(credential)) << toHex(words);
    }
}

/// What the product said before the reset comes late, behind a slow serial server: with the first thing that the loader is told.
class LateLink : public flashing::Link {
public:
    explicit LateLink(std::unique_ptr<flashing::Link> link) : m_link(std::move(link)) {}
    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        if (m_late.empty()) return m_link->read(into, deadline);
        into.front() = m_late.back();
        m_late.pop_back();
        return 1;
    }
    Result<void> write(BytesView bytes, Deadline deadline) override {
        if (!m_told) m_late.assign(300, 'x');
        m_told = true;
        return m_link->write(bytes, deadline);
    }
    void discardInput() override { m_link->discardInput(); }
    bool hasLines() const override { return m_link->hasLines(); }
    Result<void> setLines(bool dtr, bool rts) override { return m_link->setLines(dtr, rts); }
    Result<void> setParity(flashing::Parity parity) override { return m_link->setParity(parity); }

private:
    std::unique_ptr<flashing::Link> m_link;
    Bytes m_late;
    bool m_told = false;
};

TEST(Stm32, WhatTheProductSaidBeforeIsNotTakenForTheLoadersSilence) {
    const BoardProcess boards{{"--driver", "stm32"}, "rfc2217:127.0.0.1:0"};
    auto link = flashing::openLink(boards.link(), soon());
    ASSERT_TRUE(link);
    const auto board = flashing::openBoard("stm32", std::make_unique<LateLink>(*std::move(link)), {{"page", "0x0801F800"}, {"entry", "rts-resets"}});
    const auto info = (*board)->info(soon());
    EXPECT_TRUE(info) << describe(info.error());
}

TEST(Stm32, TheNextBoardOfTheFeedLiesThereWhenThisOneWasStarted) {
    const BoardProcess boards{{"--driver", "stm32", "--feed", "2"}};
    const auto board = open(boards);
    const auto first = board->info(soon());
    ASSERT_TRUE(first);
    ASSERT_TRUE(board->write(test::sasCredential(id()), soon()));
    ASSERT_TRUE(board->lock(soon()));
    const auto second = board->info(soon());
    ASSERT_TRUE(second) << describe(second.error());
    EXPECT_NE(second->uid, first->uid);
    EXPECT_FALSE(second->credential);
}

TEST(Stm32Page, WithAnyBitTurnedOverIsNoIdentityOrTheSame) {
    const auto credential = test::x509CredentialWithKey(id());
    const auto page = flashing::stm32::makePage(credential, 0x800);
    ASSERT_TRUE(page);
    EXPECT_EQ(flashing::stm32::readPage(page->view()).credential, flashing::credentialDigest(credential));
    Bytes bytes = toBytes(page->view());
    for (std::size_t bit = 0; bit < 8 * bytes.size(); bit += 5) {
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        const auto found = flashing::stm32::readPage(bytes);
        EXPECT_TRUE(!found.credential || found.credential == flashing::credentialDigest(credential)) << "bit " << bit;
        EXPECT_TRUE(found.deviceId.empty() || found.deviceId == "acme-000017") << "bit " << bit;
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    }
}

TEST(Stm32Page, AnyBytesAreReadWithoutHarm) {
    for (int i = 0; i < 2000; ++i) {
        Bytes bytes = randomBytes(64 + static_cast<std::size_t>(i) % 300);
        if (i % 2 == 0) std::copy_n("KSID\1\2", 6, bytes.begin());
        EXPECT_FALSE(flashing::stm32::readPage(bytes).credential);
    }
}

}  // namespace
}  // namespace keystamp
