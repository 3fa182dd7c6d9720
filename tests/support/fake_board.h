// SPDX-License-Identifier: Apache-2.0
// A Board in memory, with scripted faults. It holds to the contract of flashing/board.h: the same suite runs over it and
// over the real agent (tests/flashing/board_contract_test.cpp).
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "flashing/board.h"

namespace keystamp::test {

enum class BoardCall { Info, Begin, MakeKey, Write, Prove, Lock, Erase };

/// What goes wrong, where and how often.
struct BoardFault {
    BoardCall call = BoardCall::Info;
    ErrorCode code = ErrorCode::BoardSilent;  ///< Internal: an exception
    int skip = 0;         ///< calls that still go well
    int times = 1;        ///< calls that fail then; -1: all
    bool after = false;   ///< the board does it, and only its answer is lost
    long native = 0;
};

/// The board itself: what it keeps while nobody is connected. Shared by the FakeBoards that are opened on it one after
/// another, and by the test. Threads: any, one at a time by its own lock.
class FakeSilicon {
public:
    explicit FakeSilicon(Bytes uidOfBoard) : uid(std::move(uidOfBoard)) {}

    // Set before use.
    Bytes uid;
    bool makesKeys = true;
    bool proves = true;
    bool readsBack = false;
    bool takesX509 = true;
    bool accepts = false;  ///< it shows nothing of what it holds
    std::vector<BoardFault> faults;
    bool proofIsBad = false;    ///< proofs are of another message
    Bytes uidAfterWrite;        ///< not empty: another blank board sits there once write() returned

    // To be looked at.
    std::vector<BoardCall> calls;
    bool locked = false;

private:
    friend class FakeBoard;
    struct Held {
        flashing::Credential credential;
        Bytes key;  ///< PKCS #8
    };
    struct Session {
        Mode kind;
        DeviceId id;
        std::string scopeId;
        Bytes key;  ///< PKCS #8 of the pending key, empty where there is none
    };
    std::mutex m_mutex;
    std::unique_ptr<Held> m_held;
    std::unique_ptr<Session> m_session;
};

class FakeBoard : public flashing::Board {
public:
    explicit FakeBoard(std::shared_ptr<FakeSilicon> silicon) : m_silicon(std::move(silicon)) {}

    Result<flashing::BoardInfo> info(Deadline deadline) override;
    Result<void> begin(Mode kind, const DeviceId& id, const std::string& scopeId, Deadline deadline) override;
    Result<Bytes> makeKey(Deadline deadline) override;
    Result<void> write(const flashing::Credential& credential, Deadline deadline) override;
    Result<Bytes> prove(BytesView nonce32, Deadline deadline) override;
    Result<void> lock(Deadline deadline) override;
    Result<void> erase(Deadline deadline) override;

private:
    /// The fault that strikes this call, if one does.
    const BoardFault* struck(BoardCall call);

    std::shared_ptr<FakeSilicon> m_silicon;
};

}  // namespace keystamp::test
