// SPDX-License-Identifier: Apache-2.0
// keystamp-board as a station meets it: feeding, connections that come and go, flash in files, several fixtures.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <set>

#include "core/file.h"
#include "tests/flashing/board_process.h"

namespace keystamp {
namespace {

using test::BoardProcess;
using test::provision;
using test::soon;

const DeviceId kId = *DeviceId::parse("dev-1");

Bytes uidOf(flashing::Board& board) {
    const auto info = board.info(soon());
    EXPECT_TRUE(info) << describe(info.error());
    return info ? info->uid : Bytes{};
}

TEST(BoardProgram, EachLockedBoardIsFollowedByAFreshOneOnTheSameConnection) {
    const BoardProcess process({"--feed", "5", "--uid", "c0ffee"});
    const auto board = process.connect();
    std::set<Bytes> seen;
    for (int i = 0; i < 5; ++i) {
        const auto info = board->info(soon());
        ASSERT_TRUE(info);
        EXPECT_FALSE(info->credential);
        EXPECT_FALSE(info->locked);
        EXPECT_EQ(toHex(info->uid).substr(0, 6), "c0ffee");
        EXPECT_TRUE(seen.insert(info->uid).second) << "a UID twice";
        const auto done = provision(*board, i % 2 == 0 ? Mode::X509 : Mode::Sas, kId);
        ASSERT_TRUE(done) << describe(done.error());
        EXPECT_EQ(uidOf(*board), info->uid) << "it was not locked yet";
        ASSERT_TRUE(board->lock(soon()));
    }
    const auto last = board->info(soon());
    ASSERT_TRUE(last);
    EXPECT_TRUE(last->locked) << "there are no more: the last one stays";
    EXPECT_TRUE(seen.contains(last->uid));
}

TEST(BoardProcess, GoesWithATestThatIsKilled) {
    int told[2];
    ASSERT_EQ(pipe2(told, O_CLOEXEC), 0);
    const UniqueFd said{told[0]};
    UniqueFd says{told[1]};
    const pid_t test = fork();
    if (test == 0) {
        const BoardProcess process({});
        const pid_t board = process.pid();
        static_cast<void>(::write(says.get(), &board, sizeof board) == sizeof board && pause());
        _exit(1);
    }
    says = UniqueFd{};
    pid_t board = -1;
    ASSERT_EQ(::read(said.get(), &board, sizeof board), static_cast<ssize_t>(sizeof board));
    const UniqueFd watched{static_cast<int>(::syscall(SYS_pidfd_open, board, 0))};
    ASSERT_TRUE(watched);
    ASSERT_EQ(::kill(test, SIGKILL), 0);
    ASSERT_EQ(::waitpid(test, nullptr, 0), test);
    pollfd item{watched.get(), POLLIN, 0};
    EXPECT_EQ(::poll(&item, 1, 60'000), 1) << "it stayed";
}

TEST(BoardProgram, ItsLinkIsKnownToBeLostOnceItIsGone) {
    for (const char* listen : {"unix:FOLDER/board.sock", "tcp:127.0.0.1:0"}) {
        BoardProcess process({}, listen);
        const auto board = process.connect();
        ASSERT_TRUE(board->info(soon()));
        EXPECT_FALSE(board->lost());
        process.kill();
        EXPECT_TRUE(board->lost()) << listen;
    }
}

TEST(BoardProgram, ABoardOutlivesItsConnection) {
    const BoardProcess process({"--feed", "2"});
    auto board = process.connect();
    const Bytes uid = uidOf(*board);
    ASSERT_TRUE(board->begin(Mode::X509, kId, "0ne00TEST01", soon()));
    ASSERT_TRUE(board->makeKey(soon()));
    const auto pending = board->info(soon());
    board.reset();
    board = process.connect();
    const auto again = board->info(soon());
    ASSERT_TRUE(pending && again);
    EXPECT_EQ(again->uid, uid);
    EXPECT_EQ(again->pendingKey, pending->pendingKey);
}

TEST(BoardProgram, ANewerConnectionTakesOver) {
    const BoardProcess process({});
    const auto older = process.connect();
    const Bytes uid = uidOf(*older);
    const auto newer = process.connect();
    EXPECT_EQ(uidOf(*newer), uid);
    const auto lost = older->info(soon());
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, ErrorCode::LinkLost);
    EXPECT_EQ(uidOf(*newer), uid);
}

TEST(BoardProgram, FixturesHaveLinksAndBoardsOfTheirOwn) {
    for (const char* listen : {"unix:FOLDER/board.sock", "tcp:127.0.0.1:0"}) {
        const BoardProcess process({"--fixtures", "4", "--feed", "2", "--uid", "01"}, listen);
        std::set<Bytes> uids;
        std::set<std::string> links;
        for (std::size_t i = 0; i < 4; ++i) {
            const auto board = process.connect(i);
            uids.insert(uidOf(*board));
            links.insert(process.link(i));
            const auto done = provision(*board, Mode::Sas, kId);
            ASSERT_TRUE(done) << describe(done.error());
            ASSERT_TRUE(board->lock(soon()));
            uids.insert(uidOf(*board));
        }
        EXPECT_EQ(uids.size(), 8u);
        EXPECT_EQ(links.size(), 4u);
        EXPECT_TRUE(std::string_view{listen}.starts_with("tcp") || process.link(3) == "unix:" + process.folder() + "/board.sock-4");
    }
}

TEST(BoardProgram, WithAStateFolderTheFlashOutlivesTheProgram) {
    const test::TempFolder folder;
    const std::vector<std::string> options{"--feed", "3", "--state", folder.path()};
    Bytes uid;
    std::optional<Digest> held;
    {
        const BoardProcess process(options);
        const auto board = process.connect();
        ASSERT_TRUE(provision(*board, Mode::X509, kId));
        ASSERT_TRUE(board->lock(soon()));
        uid = uidOf(*board);  // the second
        ASSERT_TRUE(provision(*board, Mode::X509, kId));
        held = board->info(soon())->credential;
    }
    {
        const BoardProcess process(options);
        const auto board = process.connect();
        const auto info = board->info(soon());
        ASSERT_TRUE(info);
        EXPECT_EQ(info->uid, uid);
        EXPECT_TRUE(info->credential);
        EXPECT_EQ(info->credential, held);
        ASSERT_TRUE(board->prove(randomBytes(32), soon()));
        ASSERT_TRUE(board->lock(soon()));
        EXPECT_NE(uidOf(*board), uid) << "the third";
    }
}

TEST(BoardProgram, ASocketLeftByAKilledProgramIsTakenAndALiveOneIsNot) {
    const BoardProcess process({});
    const std::string path = process.link().substr(5);
    const auto run = [&](const std::string& options) {
        return WEXITSTATUS(std::system((KEYSTAMP_BOARD_PROGRAM " " + options + " >/dev/null 2>&1").c_str()));
    };
    EXPECT_EQ(run("--listen unix:" + path), 3);
    EXPECT_EQ(run("--listen nowhere"), 2);
    EXPECT_EQ(run("--listen unix:/tmp/never --fault hungry"), 2);
    EXPECT_EQ(run("--fixtures 4"), 2);
    EXPECT_EQ(run("--help"), 0);
    EXPECT_FALSE(uidOf(*process.connect()).empty()) << "the first one serves as before";
}

TEST(BoardProgram, TheNextBoardIsPutOnByASignal) {
    const BoardProcess process({});
    const auto board = process.connect();
    const Bytes uid = uidOf(*board);
    ASSERT_EQ(::kill(process.pid(), SIGUSR1), 0);
    // the program may read its socket once more before it sees the signal
    const Deadline limit = soon();
    while (uidOf(*board) == uid && !limit.passed()) {
    }
    EXPECT_NE(uidOf(*board), uid);
}

}  // namespace
}  // namespace keystamp
