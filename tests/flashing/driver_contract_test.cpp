// SPDX-License-Identifier: Apache-2.0
// What is true of every driver whose board cannot be told to prove by the agent's protocol: what was written is held and found by whoever
// asks next, one credential takes the place of another, and a link that is cut at any byte leaves the old one, none or the new one.
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "tests/flashing/board_process.h"
#include "tests/flashing/gateway.h"
#include "tests/support/faulty_link.h"
#include "tests/support/hands_on_the_fixture.h"

namespace keystamp {
namespace {

using flashing::Board;
using flashing::BoardInfo;
using flashing::Credential;
using test::BoardProcess;
using test::soon;

constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

struct Family {
    const char* name;
    std::vector<std::string> boards;  ///< options of keystamp-board
    const char* listen;
    const char* driver;
    flashing::DriverOptions options;
    std::size_t cuts = 7;  ///< unless all are asked for
};
void PrintTo(const Family& family, std::ostream* out) { *out << family.name; }

class DriverContract : public testing::TestWithParam<Family> {
protected:
    static std::vector<std::string> withFixtures() {
        auto options = GetParam().boards;
        options.insert(options.end(), {"--fixtures", "2"});
        return options;
    }
    std::unique_ptr<flashing::Link> link(std::size_t fixture) const {
        auto opened = flashing::openLink(m_boards.link(fixture), soon());
        if (!opened) throw std::runtime_error(describe(opened.error()));
        return *std::move(opened);
    }
    static std::unique_ptr<Board> over(std::unique_ptr<flashing::Link> link) {
        auto board = flashing::openBoard(GetParam().driver, std::move(link), GetParam().options);
        if (!board) throw std::runtime_error(describe(board.error()));
        return *std::move(board);
    }
    std::unique_ptr<Board> open(std::size_t fixture = 0) const { return over(link(fixture)); }

    static BoardInfo infoOf(Board& board) {
        auto info = board.info(soon());
        EXPECT_TRUE(info) << describe(info.error());
        return info ? *info : BoardInfo{};
    }
    static Result<void> write(Board& board, const Credential& credential) {
        if (auto begun = board.begin(credential.kind, credential.id, credential.scopeId, soon()); !begun) return begun;
        return board.write(credential, soon());
    }
    static void expectHeld(Board& board, const Credential& credential) {
        const BoardInfo held = infoOf(board);
        EXPECT_EQ(held.credential, flashing::credentialDigest(credential));
        EXPECT_EQ(held.deviceId, credential.id.text());
        EXPECT_EQ(held.scopeId, credential.scopeId);
    }

    const Credential m_sas = test::sasCredential(*DeviceId::parse("acme-000017"));
    const Credential m_x509 = test::x509CredentialWithKey(*DeviceId::parse("acme-000018"));
    BoardProcess m_boards{withFixtures(), GetParam().listen};
};

TEST_P(DriverContract, ABlankBoardHasAUidOfItsOwnAndNothingElse) {
    const auto board = open();
    const BoardInfo said = infoOf(*board);
    EXPECT_FALSE(said.uid.empty());
    EXPECT_LE(said.uid.size(), 32U);
    EXPECT_FALSE(said.family.empty());
    EXPECT_FALSE(said.credential || said.pendingKey || said.locked);
    EXPECT_EQ(said.deviceId, "");
    EXPECT_EQ(infoOf(*open()).uid, said.uid);
    EXPECT_NE(infoOf(*open(1)).uid, said.uid);
}

TEST_P(DriverContract, ItHoldsWhatItWasGivenAndSaysSoToWhoeverAsks) {
    const auto board = open();
    const Bytes uid = infoOf(*board).uid;
    for (const auto* credential : {&m_sas, &m_x509, &m_sas, &m_x509}) {  // each over the one before
        const auto written = write(*board, *credential);
        ASSERT_TRUE(written) << describe(written.error());
        expectHeld(*board, *credential);
    }
    const auto other = open();
    EXPECT_EQ(infoOf(*other).uid, uid);
    expectHeld(*other, m_x509);
}

TEST_P(DriverContract, AnErasedBoardIsBlankAndMayBeErasedAgain) {
    const auto board = open();
    ASSERT_TRUE(write(*board, m_x509));
    for (int i = 0; i < 2; ++i) {
        const auto erased = board->erase(soon());
        ASSERT_TRUE(erased) << describe(erased.error());
        EXPECT_FALSE(infoOf(*board).credential);
    }
    ASSERT_TRUE(write(*board, m_sas));
    expectHeld(*board, m_sas);
}

TEST_P(DriverContract, AnotherBoardInItsPlaceIsNeitherWrittenToNorErased) {
    ASSERT_TRUE(write(*open(1), m_x509));
    using Act = std::function<Result<void>(Board&)>;
    for (const Act& act : {Act{[&](Board& board) { return board.write(m_sas, soon()); }}, Act{[](Board& board) { return board.erase(soon()); }}}) {
        {
            bool swapped = false;
            const auto board = over(std::make_unique<test::HandsOnTheFixture>(link(0), link(1), swapped));
            infoOf(*board);
            swapped = true;
            const auto refused = act(*board);
            EXPECT_FALSE(refused);
            EXPECT_TRUE(refused || blame(refused.error().code) != Blame::Person) << describe(refused.error());
        }
        expectHeld(*open(1), m_x509);
    }
}

/// The link is cut at some byte of a write over another credential.
TEST_P(DriverContract, AWriteThatIsCutAtAnyByteLeavesTheOldOneNoneOrTheNew) {
    std::size_t read = 0, all = 0;
    ASSERT_TRUE(write(*open(), m_sas));
    infoOf(*over(test::faulty(link(0), test::LinkFault::Drop, kNever, &read)));
    {
        const auto board = over(test::faulty(link(0), test::LinkFault::Drop, kNever, &all));
        infoOf(*board);
        ASSERT_TRUE(write(*board, m_x509));
    }
    ASSERT_GT(all, read);
    const std::size_t stride = std::getenv("KEYSTAMP_FULL") != nullptr ? 1 : std::max<std::size_t>((all - read) / GetParam().cuts, 1);
    std::size_t old = 0, none = 0, made = 0;
    for (std::size_t at = read; at < all + stride; at += stride) {
        ASSERT_TRUE(write(*open(), m_sas));
        {
            const auto board = over(test::faulty(link(0), test::LinkFault::Unplug, at));
            if (board->info(soon())) static_cast<void>(write(*board, m_x509));
        }
        const auto board = open();
        const BoardInfo held = infoOf(*board);
        const bool isOld = held.credential == flashing::credentialDigest(m_sas), isNew = held.credential == flashing::credentialDigest(m_x509);
        old += isOld;
        none += !held.credential;
        made += isNew;
        EXPECT_TRUE(isOld || isNew || !held.credential) << "at byte " << at;
        EXPECT_EQ(held.deviceId, isOld ? m_sas.id.text() : isNew ? m_x509.id.text() : "") << "at byte " << at;
        const auto again = write(*board, m_x509);
        EXPECT_TRUE(again) << "at byte " << at << ": " << describe(again.error());
        expectHeld(*board, m_x509);
    }
    EXPECT_GT(old, 0U);
    EXPECT_GT(made, 0U);
    std::printf("cut %zu times: the old one %zu, none %zu, the new one %zu\n", old + none + made, old, none, made);
}

TEST_P(DriverContract, AFinishedBoardStartsItsProduct) {
    const auto board = open();
    ASSERT_TRUE(write(*board, m_sas));
    EXPECT_FALSE(infoOf(*board).locks);
    const auto locked = board->lock(soon());
    EXPECT_TRUE(locked) << describe(locked.error());
}

const flashing::DriverOptions kPage{{"page", "0x0801F800"}};
const flashing::DriverOptions kTwoPages{{"page", "0x0801F800"}, {"pages", "2"}};
const flashing::DriverOptions kReset{{"page", "0x0801F800"}, {"entry", "rts-resets"}};
const flashing::DriverOptions kGateway = test::gatewayOptions();
const auto kFamilies = testing::Values(
    Family{"linux", {"--driver", "linux"}, "unix:FOLDER/board.sock", "linux", kGateway, 2},
    Family{"linux_dash", {"--driver", "linux-dash"}, "unix:FOLDER/board.sock", "linux", kGateway, 1},
    Family{"linux_bash_is_sh", {"--driver", "linux-bash"}, "unix:FOLDER/board.sock", "linux", kGateway, 1},
    Family{"linux_without_openssl", {"--driver", "linux", "--no-keygen"}, "unix:FOLDER/board.sock", "linux", kGateway, 1},
    Family{"stm32", {"--driver", "stm32"}, "unix:FOLDER/board.sock", "stm32", kPage},
    Family{"stm32f1", {"--driver", "stm32f1"}, "unix:FOLDER/board.sock", "stm32", kTwoPages},
    Family{"stm32_reset_by_rts", {"--driver", "stm32"}, "rfc2217:127.0.0.1:0", "stm32", kReset});
INSTANTIATE_TEST_SUITE_P(Over, DriverContract, kFamilies, [](const auto& each) { return std::string{each.param.name}; });

}  // namespace
}  // namespace keystamp
