// SPDX-License-Identifier: Apache-2.0
// Bad boards, one fault each: the driver names what is wrong, keeps its deadlines, and the next board on the fixture is good.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "tests/flashing/board_process.h"

namespace keystamp {
namespace {

using std::chrono::milliseconds;
using test::BoardProcess;
using test::provision;
using test::soon;

const DeviceId kId = *DeviceId::parse("dev-1");

struct Bad {
    const char* fault;
    Mode mode;
    std::vector<ErrorCode> expected;  ///< one of them
};

void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.fault; }

class BadBoard : public testing::TestWithParam<Bad> {};

/// What a job does, and after it.
TEST_P(BadBoard, FailsItsJobAndMakesRoomForTheNextWhenItsLinkCloses) {
    const Bad& bad = GetParam();
    const BoardProcess process({"--feed", "3", "--fault", std::string{bad.fault} + "@2"});
    auto board = process.connect();
    ASSERT_TRUE(provision(*board, bad.mode, kId)) << "the first is good";
    ASSERT_TRUE(board->lock(soon()));

    const auto failed = provision(*board, bad.mode, kId);
    ASSERT_FALSE(failed);
    EXPECT_NE(std::find(bad.expected.begin(), bad.expected.end(), failed.error().code), bad.expected.end())
        << describe(failed.error());

    board.reset();
    board = process.connect();
    const auto done = provision(*board, bad.mode, kId);
    EXPECT_TRUE(done) << "the third is good: " << describe(done.error());
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadBoard,
    testing::Values(Bad{"silent", Mode::Sas, {ErrorCode::BoardSilent}},
                    Bad{"silent:commit", Mode::X509, {ErrorCode::BoardSilent}},
                    Bad{"nonsense", Mode::Sas, {ErrorCode::BoardNonsense}},
                    Bad{"truncated:begin", Mode::X509, {ErrorCode::BoardNonsense}},
                    Bad{"drops", Mode::X509, {ErrorCode::LinkLost}},
                    Bad{"cuts", Mode::Sas, {ErrorCode::LinkLost}},
                    Bad{"refuses", Mode::X509, {ErrorCode::BoardRefused}},
                    Bad{"refuses:keygen", Mode::X509, {ErrorCode::BoardRefused}},
                    Bad{"refuses:prove", Mode::Sas, {ErrorCode::BoardRefused}},
                    Bad{"wrong-proof", Mode::X509, {ErrorCode::ProofFailed}},
                    Bad{"wrong-proof", Mode::Sas, {ErrorCode::ProofFailed}},
                    Bad{"swapped", Mode::X509, {ErrorCode::BoardRefused}},  // the other one holds nothing
                    Bad{"locked", Mode::X509, {ErrorCode::BoardRefused}}),
    [](const auto& each) {
        std::string name = std::string{each.param.fault} + (each.param.mode == Mode::Sas ? "_sas" : "_x509");
        for (char& c : name) c = c == '-' || c == ':' ? '_' : c;
        return name;
    });

TEST(FaultyBoard, IsMetAgainAfterAReconnectWhileItsFaultHasNotStruck) {
    const BoardProcess process({"--feed", "2", "--fault", "wrong-proof@1"});
    const auto before = process.connect()->info(soon());
    const auto after = process.connect()->info(soon());
    ASSERT_TRUE(before && after);
    EXPECT_EQ(before->uid, after->uid);
}

TEST(FaultyBoard, WithALinkCutOnceHoldsWhatWasCommitted) {
    const BoardProcess process({"--feed", "2", "--fault", "cuts:commit,once"});
    auto board = process.connect();
    const auto info = board->info(soon());
    const auto failed = provision(*board, Mode::Sas, kId);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::LinkLost);
    board = process.connect();
    const auto again = board->info(soon());
    ASSERT_TRUE(info && again);
    EXPECT_EQ(again->uid, info->uid);
    EXPECT_TRUE(again->credential) << "done, though the answer was lost";
    EXPECT_EQ(again->deviceId, "dev-1");
}

TEST(FaultyBoard, WithALinkCutAsItIsLockedIsFollowedByAFreshOne) {
    const BoardProcess process({"--feed", "2", "--fault", "cuts:lock,once"});
    auto board = process.connect();
    const auto info = board->info(soon());
    ASSERT_TRUE(provision(*board, Mode::Sas, kId));
    const auto cut = board->lock(soon());
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, ErrorCode::LinkLost);
    board = process.connect();
    const auto next = board->info(soon());
    ASSERT_TRUE(info && next);
    EXPECT_NE(next->uid, info->uid) << "it was locked, so it is finished";
    EXPECT_FALSE(next->credential);
}

TEST(FaultyBoard, WhoseReplyIsLostOnceAnswersWhenAskedAgain) {
    const std::vector<std::string> commands{"info", "begin", "keygen", "put", "commit", "reset", "prove", "lock"};
    std::vector<std::string> options{"--fixtures", std::to_string(commands.size())};
    for (std::size_t i = 0; i < commands.size(); ++i) {
        options.insert(options.end(), {"--fault", "lost:" + commands[i] + "@" + std::to_string(i + 1) + ".1,once"});
    }
    const BoardProcess process(options);
    std::vector<std::thread> stations;  // each waits some seconds before it asks again
    for (std::size_t i = 0; i < commands.size(); ++i) {
        stations.emplace_back([&, i] {
            const auto board = process.connect(i);
            const auto done = provision(*board, Mode::X509, kId);
            EXPECT_TRUE(done) << commands[i] << ": " << describe(done.error());
            EXPECT_TRUE(board->lock(soon())) << commands[i];
        });
    }
    for (std::thread& each : stations) each.join();
}

TEST(FaultyBoard, WhoseReplyIsCutShortOnceAnswersWhenAskedAgain) {
    const BoardProcess process({"--fault", "truncated:commit,once"});
    const auto board = process.connect();
    const auto done = provision(*board, Mode::Sas, kId);
    EXPECT_TRUE(done) << describe(done.error());
}

TEST(FaultyBoard, ThatWritesLogLinesBetweenItsRepliesIsAGoodOne) {
    const BoardProcess process({"--fault", "chatty"});
    const auto board = process.connect();
    const auto done = provision(*board, Mode::X509, kId);
    EXPECT_TRUE(done) << describe(done.error());
}

TEST(FaultyBoard, ThatIsSlowIsAGoodOneWithinTheDeadline) {
    const BoardProcess process({"--fault", "slow:commit,ms=700"});
    const auto board = process.connect();
    const auto done = provision(*board, Mode::Sas, kId);
    EXPECT_TRUE(done) << describe(done.error());
}

TEST(FaultyBoard, HoldsAnotherDevicesCredentialWhereItWasToldTo) {
    const BoardProcess process({"--feed", "2", "--fault", "foreign@1", "--fault", "locked@2"});
    auto board = process.connect();
    const auto foreign = board->info(soon());
    ASSERT_TRUE(foreign);
    EXPECT_EQ(foreign->deviceId, "somebody-else");
    EXPECT_TRUE(foreign->credential);
    EXPECT_FALSE(foreign->locked);
    EXPECT_TRUE(board->prove(randomBytes(32), soon()));
    board.reset();
    board = process.connect();
    const auto locked = board->info(soon());
    ASSERT_TRUE(locked);
    EXPECT_NE(locked->uid, foreign->uid);
    EXPECT_TRUE(locked->locked);
    EXPECT_EQ(locked->deviceId, "somebody-else");
}

TEST(FaultyBoard, ThatIsSilentCostsNoMoreThanTheDeadline) {
    const BoardProcess process({"--fault", "silent"});
    const auto board = process.connect();
    const auto began = std::chrono::steady_clock::now();
    const auto info = board->info(Deadline::in(milliseconds{150}));
    // each wait is bounded by the deadline; without it this takes the driver's own patience, 2 s
    EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds{1500});
    ASSERT_FALSE(info);
    EXPECT_EQ(info.error().code, ErrorCode::BoardSilent);
}

TEST(FaultyBoard, OnOneFixtureLeavesTheOthersAlone) {
    const BoardProcess process({"--fixtures", "3", "--feed", "2", "--fault", "refuses@2.1"});
    for (std::size_t i = 0; i < 3; ++i) {
        const auto board = process.connect(i);
        EXPECT_EQ(provision(*board, Mode::Sas, kId).ok(), i != 1) << i;
    }
}

}  // namespace
}  // namespace keystamp
