// SPDX-License-Identifier: Apache-2.0
// The contract of flashing/board.h, held by the board in memory that other rooms test with, by the real agent behind a
// real link, and by its firmware on an emulated micro:bit: what is true of one is true of the others.
#include <gtest/gtest.h>

#include <functional>

#include "tests/flashing/board_process.h"
#include "tests/support/crypto.h"
#include "tests/support/fake_board.h"
#ifdef KEYSTAMP_MICROBIT_PROGRAM
#include "tests/flashing/microbit.h"
#endif

namespace keystamp {
namespace {

using flashing::Board;
using flashing::BoardInfo;
using flashing::Credential;
using test::soon;

// the agent's numbers (flashing/PROTOCOL.md)
constexpr long kLocked = 2;
constexpr long kOrder = 3;
constexpr long kEmpty = 4;
constexpr long kUnsupported = 5;
constexpr long kBadCredential = 9;

/// A new connection to a board that was placed.
using Connect = std::function<std::unique_ptr<Board>()>;

struct Family {
    const char* name;
    Connect (*place)(bool makesKeys);  ///< puts a blank board on a fixture
};
void PrintTo(const Family& family, std::ostream* out) { *out << family.name; }

class BoardContract : public testing::TestWithParam<Family> {
protected:
    /// A blank board, and a way to it.
    void place(bool makesKeys = true) {
        m_connect = GetParam().place(makesKeys);
        reconnect();
    }
    void reconnect() {
        m_board.reset();
        m_board = m_connect();
    }
    Board& board() { return *m_board; }
    BoardInfo info() {
        auto info = board().info(soon());
        EXPECT_TRUE(info) << describe(info.error());
        return info ? *info : BoardInfo{};
    }
    Result<void> begin(Mode mode, const std::string& id = "dev-1", const std::string& scope = "0ne00TEST01") {
        return board().begin(mode, *DeviceId::parse(id), scope, soon());
    }
    /// Whether the board proves that it holds this.
    void expectHeld(const Credential& credential) {
        const BoardInfo said = info();
        EXPECT_EQ(said.credential, flashing::credentialDigest(credential));
        EXPECT_EQ(said.deviceId, credential.id.text());
        EXPECT_EQ(said.scopeId, credential.scopeId);
        EXPECT_FALSE(said.pendingKey);
        const Bytes nonce = randomBytes(32);
        const auto proof = board().prove(nonce, soon());
        ASSERT_TRUE(proof) << describe(proof.error());
        const Bytes message = flashing::proofMessage(nonce, said.uid, credential.id, credential.scopeId,
                                                     flashing::credentialDigest(credential));
        const auto checked = flashing::checkProof(test::proverOf(credential), message, *proof);
        EXPECT_TRUE(checked) << describe(checked.error());
        const Bytes other = flashing::proofMessage(randomBytes(32), said.uid, credential.id, credential.scopeId,
                                                   flashing::credentialDigest(credential));
        EXPECT_FALSE(flashing::checkProof(test::proverOf(credential), other, *proof)) << "the nonce does not matter";
    }
    template <typename T>
    static void expectRefused(const Result<T>& result, long rc) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, ErrorCode::BoardRefused) << describe(result.error());
        EXPECT_EQ(result.error().native, rc) << describe(result.error());
    }

    Connect m_connect;
    std::unique_ptr<Board> m_board;
};

const DeviceId kId = *DeviceId::parse("dev-1");

TEST_P(BoardContract, ABlankBoardHasAUidAndNothingElse) {
    place();
    const BoardInfo said = info();
    EXPECT_FALSE(said.uid.empty());
    EXPECT_LE(said.uid.size(), 32u);
    EXPECT_FALSE(said.family.empty());
    EXPECT_TRUE(said.makesKeys);
    EXPECT_TRUE(said.proves);
    EXPECT_FALSE(said.locked);
    EXPECT_FALSE(said.credential);
    EXPECT_FALSE(said.pendingKey);
    EXPECT_TRUE(said.deviceId.empty());
    reconnect();
    EXPECT_EQ(info().uid, said.uid);
}

TEST_P(BoardContract, ASasKeyIsWrittenAndProven) {
    place();
    const Credential credential = test::sasCredential(kId);
    ASSERT_TRUE(begin(Mode::Sas));
    ASSERT_TRUE(board().write(credential, soon()));
    expectHeld(credential);
    reconnect();
    expectHeld(credential);
}

TEST_P(BoardContract, AKeyMadeOnTheBoardIsCertifiedAndProven) {
    place();
    ASSERT_TRUE(begin(Mode::X509));
    const auto csr = board().makeKey(soon());
    ASSERT_TRUE(csr) << describe(csr.error());
    const Bytes key = test::publicKeyOfCsr(*csr);
    ASSERT_FALSE(key.empty()) << "the CSR's signature does not verify";
    EXPECT_EQ(test::commonNameOfCsr(*csr), "dev-1");
    EXPECT_EQ(info().pendingKey, sha256(key));
    const Credential credential = test::x509Credential(kId, key);
    const auto written = board().write(credential, soon());
    ASSERT_TRUE(written) << describe(written.error());
    expectHeld(credential);
}

TEST_P(BoardContract, AKeyMadeByTheStationIsWrittenAndProven) {
    place(false);
    EXPECT_FALSE(info().makesKeys);
    ASSERT_TRUE(begin(Mode::X509));
    expectRefused(board().makeKey(soon()), kUnsupported);
    const Credential credential = test::x509CredentialWithKey(kId);
    ASSERT_TRUE(board().write(credential, soon()));
    expectHeld(credential);
}

TEST_P(BoardContract, APendingKeyOutlivesTheConnectionAndIsKeptForItsIdentity) {
    place();
    ASSERT_TRUE(begin(Mode::X509));
    const Bytes key = test::publicKeyOfCsr(*board().makeKey(soon()));
    reconnect();
    EXPECT_EQ(info().pendingKey, sha256(key));
    ASSERT_TRUE(begin(Mode::X509));
    EXPECT_EQ(test::publicKeyOfCsr(*board().makeKey(soon())), key);
    const Credential credential = test::x509Credential(kId, key);
    ASSERT_TRUE(board().write(credential, soon()));
    expectHeld(credential);
}

TEST_P(BoardContract, AnotherIdentityDropsAPendingKey) {
    place();
    ASSERT_TRUE(begin(Mode::X509));
    const Bytes key = test::publicKeyOfCsr(*board().makeKey(soon()));
    ASSERT_TRUE(begin(Mode::X509, "dev-2"));
    EXPECT_FALSE(info().pendingKey);
    EXPECT_NE(test::publicKeyOfCsr(*board().makeKey(soon())), key);
}

TEST_P(BoardContract, WhatIsOutOfOrderIsRefusedWithTheSameNumbers) {
    place();
    expectRefused(board().makeKey(soon()), kOrder);
    expectRefused(board().write(test::sasCredential(kId), soon()), kOrder);
    expectRefused(board().prove(randomBytes(32), soon()), kEmpty);
    expectRefused(board().lock(soon()), kEmpty);
    ASSERT_TRUE(begin(Mode::X509));
    expectRefused(board().write(test::x509Credential(kId, test::publicKeyOf(test::newKey())), soon()), kBadCredential);
    EXPECT_FALSE(info().credential);
}

TEST_P(BoardContract, AReprovisionReplacesTheCredentialInOneStep) {
    place();
    const Credential old = test::sasCredential(kId);
    ASSERT_TRUE(begin(Mode::Sas));
    ASSERT_TRUE(board().write(old, soon()));
    ASSERT_TRUE(begin(Mode::X509, "dev-2"));
    EXPECT_EQ(info().credential, flashing::credentialDigest(old)) << "until the new one is committed";
    const auto csr = board().makeKey(soon());
    ASSERT_TRUE(csr);
    const DeviceId second = *DeviceId::parse("dev-2");
    const Credential credential = test::x509Credential(second, test::publicKeyOfCsr(*csr));
    ASSERT_TRUE(board().write(credential, soon()));
    expectHeld(credential);
}

TEST_P(BoardContract, ALockedBoardRefusesChangesAndStillProves) {
    place();
    const Credential credential = test::sasCredential(kId);
    ASSERT_TRUE(begin(Mode::Sas));
    ASSERT_TRUE(board().write(credential, soon()));
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(board().lock(soon()));
        EXPECT_TRUE(info().locked);
        expectRefused(begin(Mode::Sas), kLocked);
        expectRefused(board().write(credential, soon()), kLocked);
        expectRefused(board().erase(soon()), kLocked);
        expectHeld(credential);
        reconnect();
    }
}

TEST_P(BoardContract, AnErasedBoardIsBlankAndMayBeErasedAgain) {
    place();
    ASSERT_TRUE(begin(Mode::Sas));
    ASSERT_TRUE(board().write(test::sasCredential(kId), soon()));
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(board().erase(soon()));
        EXPECT_FALSE(info().credential);
        expectRefused(board().prove(randomBytes(32), soon()), kEmpty);
    }
    const Credential credential = test::sasCredential(kId);
    ASSERT_TRUE(begin(Mode::Sas));
    ASSERT_TRUE(board().write(credential, soon()));
    expectHeld(credential);
}

#ifdef KEYSTAMP_MICROBIT_PROGRAM
Connect placeMicrobit(bool makesKeys) {
    return [board = std::make_shared<test::Microbit>(makesKeys)] { return board->connect(); };
}
/// With the smallest messages and pages that the agent can have.
Connect placeLeast(bool makesKeys) {
    return [board = std::make_shared<test::Microbit>(makesKeys, KEYSTAMP_MICROBIT_LEAST_FIRMWARE)] { return board->connect(); };
}
const auto kFamilies = testing::Values(Family{"microbit", placeMicrobit}, Family{"least", placeLeast});
#else
Connect placeFake(bool makesKeys) {
    const auto silicon = std::make_shared<test::FakeSilicon>(Bytes{1, 2, 3, 4});
    silicon->makesKeys = makesKeys;
    return [silicon] { return std::make_unique<test::FakeBoard>(silicon); };
}
Connect placeAgent(bool makesKeys) {
    const std::vector<std::string> options(makesKeys ? 0 : 1, "--no-keygen");
    return [process = std::make_shared<test::BoardProcess>(options)] { return process->connect(); };
}
const auto kFamilies = testing::Values(Family{"fake", placeFake}, Family{"agent", placeAgent});
#endif
INSTANTIATE_TEST_SUITE_P(Over, BoardContract, kFamilies, [](const auto& each) { return std::string{each.param.name}; });

}  // namespace
}  // namespace keystamp
