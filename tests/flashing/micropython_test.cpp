// SPDX-License-Identifier: Apache-2.0
// The driver of MicroPython boards, against the firmware that Debian ships for the micro:bit, in QEMU: nobody here wrote it.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <limits>
#include <thread>

#include "flashing/micropython/file.h"
#include "flashing/micropython/repl.h"
#include "tests/flashing/board_process.h"
#include "tests/support/faulty_link.h"
#include "tests/support/hands_on_the_fixture.h"

namespace keystamp {
namespace {

using flashing::Board;
using flashing::BoardInfo;
using flashing::Credential;
using flashing::DriverOptions;
using test::LinkFault;
using test::soon;

constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();
/// QEMU's chips all have one number.
const DriverOptions kOptions{{"uid", "open('serial').read()"}};

class Machine {
public:
    explicit Machine(const std::string& serial) {
        m_pid = fork();
        if (m_pid == 0) {
            execl(KEYSTAMP_MICROPYTHON_PROGRAM, "micropython", m_folder.path().c_str(), nullptr);
            _exit(127);
        }
        const auto there = link();
        flashing::micropython::Repl repl{*there};
        const auto named = repl.run("serial", "f=open('serial','w');f.write('" + serial + "');f.close()", soon());
        if (!named) throw std::runtime_error(describe(named.error()));
    }
    ~Machine() {
        kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
    }
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    std::unique_ptr<flashing::Link> link() const {
        for (const Deadline limit = soon(); !limit.passed(); std::this_thread::sleep_for(std::chrono::milliseconds{5})) {
            if (auto link = flashing::openLink("unix:" + m_folder.path() + "/serial", limit)) return *std::move(link);
        }
        throw std::runtime_error("QEMU did not start");
    }

private:
    test::TempFolder m_folder;
    pid_t m_pid = -1;
};

std::unique_ptr<Board> over(std::unique_ptr<flashing::Link> link, const DriverOptions& options = kOptions) {
    auto board = flashing::openBoard("micropython", std::move(link), options);
    if (!board) throw std::runtime_error(describe(board.error()));
    return *std::move(board);
}

class Micropython : public testing::Test {
protected:
    std::unique_ptr<Board> open(LinkFault fault = LinkFault::Drop, std::size_t at = kNever, std::size_t* passed = nullptr) {
        return over(test::faulty(m_machine.link(), fault, at, passed));
    }
    static void expectHeld(Board& board, const Credential& credential, bool readsBack) {
        const auto held = board.info(soon());
        ASSERT_TRUE(held) << describe(held.error());
        EXPECT_EQ(held->credential, flashing::credentialDigest(credential));
        EXPECT_EQ(held->deviceId, credential.id.text());
        EXPECT_EQ(held->scopeId, credential.scopeId);
        EXPECT_EQ(held->readsBack, readsBack);
    }

    const Credential m_sas = test::sasCredential(*DeviceId::parse("acme-000017"));
    const Credential m_x509 = test::x509CredentialWithKey(*DeviceId::parse("acme-000018"));
    Machine m_machine{"00ff17"};
};

TEST_F(Micropython, ABlankBoardSaysWhoItIs) {
    const auto info = open()->info(soon());
    ASSERT_TRUE(info) << describe(info.error());
    EXPECT_EQ(toHex(info->uid), "00ff17");
    EXPECT_EQ(info->family, "micro:bit with nRF51822");
    EXPECT_EQ(info->firmware, "MicroPython 1.9.2");
    EXPECT_TRUE(info->showsByReading) << "it has no SHA-256";
    EXPECT_FALSE(info->credential || info->proves || info->makesKeys || info->locks);
    const auto chip = over(m_machine.link(), {})->info(soon());
    ASSERT_TRUE(chip) << describe(chip.error());
    EXPECT_EQ(chip->uid.size(), 8U) << "machine.unique_id()";
}

TEST_F(Micropython, HoldsWhatItWasGivenAndIsReadBackWhereItHasNoSha256) {
    auto board = open();
    for (const auto* credential : {&m_sas, &m_x509, &m_sas}) {  // each over the one before
        const auto written = board->write(*credential, soon());
        ASSERT_TRUE(written) << describe(written.error());
        expectHeld(*board, *credential, true);
    }
    ASSERT_TRUE(board->lock(soon())) << "its product starts";
    board.reset();  // QEMU's serial port has one at a time
    expectHeld(*open(), m_sas, true);
}

TEST_F(Micropython, AnErasedBoardIsBlankAndMayBeErasedAgain) {
    const auto board = open();
    ASSERT_TRUE(board->write(m_sas, soon()));
    for (int i = 0; i < 2; ++i) {
        const auto erased = board->erase(soon());
        ASSERT_TRUE(erased) << describe(erased.error());
        EXPECT_FALSE(board->info(soon())->credential);
    }
}

TEST_F(Micropython, AFileThatSomebodyElseKeepsThereIsLeftAlone) {
    {
        const auto link = m_machine.link();
        flashing::micropython::Repl repl{*link};
        ASSERT_TRUE(repl.run("put", "f=open('identity.json','w');f.write('{\"theirs\": 1}');f.close()", soon()));
    }
    auto board = open();
    ASSERT_TRUE(board->info(soon()));
    for (const auto& refused : {board->begin(Mode::Sas, m_sas.id, m_sas.scopeId, soon()), board->write(m_sas, soon()), board->erase(soon())}) {
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::BoardRefused);
        EXPECT_NE(refused.error().detail.find("is not this station's"), std::string::npos) << refused.error().detail;
    }
    board.reset();
    EXPECT_TRUE(over(m_machine.link(), {{"uid", "open('serial').read()"}, {"file", "other.json"}})->write(m_sas, soon()));
}

TEST_F(Micropython, AnotherBoardInItsPlaceIsNeitherWrittenToNorErased) {
    const Machine second{"00ff18"};
    ASSERT_TRUE(over(second.link())->write(m_x509, soon()));
    bool swapped = false;
    {
        const auto board = over(std::make_unique<test::HandsOnTheFixture>(m_machine.link(), second.link(), swapped));
        ASSERT_TRUE(board->info(soon()));
        swapped = true;
        for (const auto& refused : {board->write(m_sas, soon()), board->erase(soon())}) {
            ASSERT_FALSE(refused);
            EXPECT_EQ(refused.error().code, ErrorCode::WrongUid) << describe(refused.error());
        }
    }
    expectHeld(*over(second.link()), m_x509, true);
}

TEST_F(Micropython, AWriteThatIsCutLeavesTheOldOneNoneOrTheNew) {
    std::size_t read = 0, all = 0;
    ASSERT_TRUE(open()->write(m_sas, soon()));
    ASSERT_TRUE(open(LinkFault::Drop, kNever, &read)->info(soon()));
    ASSERT_TRUE(open(LinkFault::Drop, kNever, &all)->write(m_x509, soon()));
    const std::size_t stride = std::max<std::size_t>((all - read) / (std::getenv("KEYSTAMP_FULL") != nullptr ? 200 : 4), 1);
    for (std::size_t at = read; at < all + stride; at += stride) {
        ASSERT_TRUE(open()->write(m_sas, soon()));
        static_cast<void>(open(LinkFault::Unplug, at)->write(m_x509, soon()));
        const auto board = open();
        const auto held = board->info(soon());
        ASSERT_TRUE(held) << "at byte " << at << ": " << describe(held.error());
        const bool isOld = held->credential == flashing::credentialDigest(m_sas), isNew = held->credential == flashing::credentialDigest(m_x509);
        EXPECT_TRUE(isOld || isNew || !held->credential) << "at byte " << at;
        const auto again = board->write(m_x509, soon());
        EXPECT_TRUE(again) << "at byte " << at << ": " << describe(again.error());
        expectHeld(*board, m_x509, true);
    }
}

TEST_F(Micropython, OneByteThatIsLostAnywhereIsMadeGood) {
    std::size_t bytes = 0;
    ASSERT_TRUE(open(LinkFault::Drop, kNever, &bytes)->info(soon()));
    const std::size_t places = std::getenv("KEYSTAMP_FULL") != nullptr ? bytes : 24;
    for (std::size_t place = 0; place < places; ++place) {
        const std::size_t at = bytes * place / places;
        const auto info = open(LinkFault::Drop, at)->info(soon());
        EXPECT_TRUE(info) << "byte " << at << " of " << bytes << ": " << describe(info.error());
    }
}

/// Restarts the board, once, before these words go to it: a watchdog that nobody feeds any more, or a hand on its cable.
class RestartingLink : public flashing::Link {
public:
    RestartingLink(std::unique_ptr<flashing::Link> link, std::string_view before) : m_link(std::move(link)), m_before(before) {}
    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override { return m_link->read(into, deadline); }
    Result<void> write(BytesView bytes, Deadline deadline) override {
        constexpr std::string_view kReboot = "\x02\x04";
        if (asText(bytes).find(m_before) != std::string_view::npos && !std::exchange(m_restarted, true)) {
            if (auto sent = m_link->write(asBytes(kReboot), deadline); !sent) return sent;
        }
        return m_link->write(bytes, deadline);
    }
    void discardInput() override { m_link->discardInput(); }
    bool restarted() const { return m_restarted; }

private:
    std::unique_ptr<flashing::Link> m_link;
    const std::string m_before;
    bool m_restarted = false;
};

TEST_F(Micropython, OneThatRestartsInTheMiddleOfAWriteIsWrittenToAgain) {
    auto link = std::make_unique<RestartingLink>(m_machine.link(), "if n==96:");
    const RestartingLink& seen = *link;
    auto board = over(std::move(link));
    const auto written = board->write(m_sas, soon());
    EXPECT_TRUE(written) << describe(written.error());
    EXPECT_TRUE(seen.restarted());
    expectHeld(*board, m_sas, true);
}

/// As tests/flashing/relay_test.cpp has it, on one machine.
TEST_F(Micropython, WhateverTheLinkDoesAJobSaysNoMoreThanIsTrue) {
    std::size_t bytes = 0;
    ASSERT_TRUE(open(LinkFault::Drop, kNever, &bytes)->write(m_sas, soon()));
    const std::size_t places = std::getenv("KEYSTAMP_FULL") != nullptr ? 100 : 2;
    std::size_t struck = 0;
    for (const LinkFault fault : {LinkFault::Drop, LinkFault::Corrupt, LinkFault::Duplicate, LinkFault::Delay, LinkFault::Drip}) {
        for (std::size_t place = 0; place < places; ++place) {
            const std::size_t at = bytes * (place * 5 + static_cast<std::size_t>(fault) + 1) / (places * 5 + 6);
            bool claims = false;
            {
                const auto board = open(fault, at);
                const auto written = board->write(m_sas, soon());
                const auto held = board->info(soon());
                struck += !written || !held;
                claims = written && held && held->credential == flashing::credentialDigest(m_sas);
                EXPECT_TRUE(claims || fault != LinkFault::Drip) << "nothing was lost at " << at;
                if (held) { EXPECT_EQ(toHex(held->uid), "00ff17") << nameOf(fault) << " at " << at; }
            }
            if (claims) expectHeld(*open(), m_sas, true);
            const auto next = open()->write(m_sas, soon());
            ASSERT_TRUE(next) << nameOf(fault) << " at " << at << ": " << describe(next.error());
        }
    }
    std::printf("%zu of the faults were too much for a job\n", struck);
}

TEST(MicropythonOptions, ThatMeanNothingAreRefusedByName) {
    for (const auto& [key, value] : {std::pair{"file", "a b"}, std::pair{"file", "'x'"}, std::pair{"uid", ""}, std::pair{"uid", "a\nb"}, std::pair{"baud", "1"}}) {
        const auto checked = flashing::checkDriver("micropython", {{key, value}});
        ASSERT_FALSE(checked) << key;
        EXPECT_EQ(checked.error().code, ErrorCode::BadConfig);
        EXPECT_EQ(checked.error().detail.find(key), 0U) << checked.error().detail;
    }
}

TEST(MicropythonFile, CutShortAnywhereIsNoIdentityAndStillOurs) {
    const auto credential = test::x509CredentialWithKey(*DeviceId::parse("acme-1"));
    const Secret file = flashing::micropython::fileOf(credential);
    EXPECT_EQ(flashing::micropython::readIdentityFile(file).credential, flashing::credentialDigest(credential));
    for (std::size_t size = 0; size < file.size(); ++size) {
        const auto found = flashing::micropython::readIdentityFile(Secret::copyOf(file.view().first(size)));
        EXPECT_FALSE(found.credential || found.foreign) << size;
    }
}

}  // namespace
}  // namespace keystamp
