// SPDX-License-Identifier: Apache-2.0
// One bench position: its link, the board that lies on it, and the boards that come after it. One thread; nothing blocks
// but the flash files of --state.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "flashing/board_program/fault.h"
#include "flashing/board_program/listener.h"
#include "flashing/board_program/emulated_board.h"
#include "flashing/board_program/rfc2217_server.h"

namespace keystamp::flashing::board_program {

struct FixtureMake {
    std::string listen;
    unsigned number = 1;    ///< this fixture's, from 1
    unsigned fixtures = 1;
    unsigned feed = 1;      ///< boards in all
    Bytes uidPrefix;        ///< at most 27 bytes
    std::string driver = "agent";
    bool makesKeys = true;
    bool secureDownload = false;
    std::string state;      ///< folder of the flash files, or empty
    std::vector<Fault> faults;
    std::chrono::milliseconds resetHold{0};  ///< esp32
    bool stock = false;     ///< consoles
};

class Fixture {
public:
    using Steady = std::chrono::steady_clock;

    static Result<std::unique_ptr<Fixture>> open(FixtureMake make);
    const std::string& address() const { return m_listener.address(); }

    bool isPty() const { return m_listener.isPty(); }
    int listenerFd() const { return m_listener.fd(); }
    int linkFd() const { return m_link.get(); }
    bool wantsToWrite() const { return m_stuck; }
    /// The board's own, see EmulatedBoard.
    int boardFd() const { return m_board->fd(); }
    bool boardWantsToTake() const { return m_board->wantsToTake(); }
    /// When a slow board's reply is due.
    std::optional<Steady::time_point> due() const { return m_due; }

    // What the loop tells it. IoFault where the next board cannot be made: the program ends.
    Result<void> listenerReady();
    Result<void> linkReady(bool readable, bool writable);
    Result<void> timeReached();
    Result<void> boardReady();
    /// The next board now, whatever the one that lies there is.
    Result<void> nextBoard();

private:
    Fixture(FixtureMake make, Listener listener) : m_make(std::move(make)), m_listener(std::move(listener)) {}
    Result<void> place(unsigned number);
    Result<void> linkClosed();
    Result<void> received(std::span<std::uint8_t> bytes);
    Result<void> take(BytesView data, Bytes answer, bool wasFinished);
    void put(BytesView answer);
    /// What the link and the fixture do after the board did something.
    Result<void> afterwards(const Effect& effect, bool wasFinished);
    Result<void> flush();
    Bytes uidOf(unsigned board) const;
    std::string flashFileOf(unsigned board) const;

    FixtureMake m_make;
    Listener m_listener;
    UniqueFd m_link;
    std::unique_ptr<EmulatedBoard> m_board;
    Rfc2217Server m_server;  ///< used where the listener is one
    unsigned m_number = 0;  ///< of the board, from 1
    Bytes m_out;            ///< not yet sent
    bool m_stuck = false;   ///< the link took only a part of it
    std::optional<Steady::time_point> m_due;
};

}  // namespace keystamp::flashing::board_program
