// SPDX-License-Identifier: Apache-2.0
// A board that is not there, whatever it speaks. It knows no link: bytes in, bytes out. One thread.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "flashing/board_program/fault.h"

namespace keystamp::flashing::board_program {

struct BoardMake {
    std::string driver = "agent";
    Bytes uid;
    bool makesKeys = true;
    bool secureDownload = false;  ///< esp32
    std::string flashFile;        ///< empty: flash in memory
    std::vector<Fault> faults;    ///< those that are on this board
    std::chrono::milliseconds resetHold{0};  ///< esp32: what it takes to reset it
    bool stock = false;           ///< consoles: the maker's firmware, without a line that says a UID
};

/// What the link must do after a request.
struct Effect {
    bool dropLink = false;
    bool swapBoard = false;
    std::chrono::milliseconds delay{0};
};

class EmulatedBoard {
public:
    virtual ~EmulatedBoard() = default;
    /// Takes what came in; replies are appended to `out`.
    virtual Effect input(BytesView bytes, Bytes& out) = 0;
    /// The link's control lines, as they are from now on.
    virtual void lines(bool dtr, bool rts, Bytes& out) {
        (void)dtr, (void)rts, (void)out;
    }
    /// The link's parity, where one is known.
    virtual void parity(bool even) { (void)even; }
    /// What it does of its own accord: a descriptor that becomes ready when it has something to say, or takes more. -1: never.
    virtual int fd() const { return -1; }
    virtual bool wantsToTake() const { return false; }
    virtual void ready(Bytes& out) { (void)out; }
    /// It has its identity for good: the next of --feed may come.
    virtual bool finished() const = 0;
    /// A fault that condemns it has struck.
    virtual bool condemned() const { return false; }
};

Result<std::unique_ptr<EmulatedBoard>> makeBoard(BoardMake make);
/// What --driver takes: "agent, esp32, ...".
std::string emulatedDrivers();

}  // namespace keystamp::flashing::board_program
