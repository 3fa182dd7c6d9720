// SPDX-License-Identifier: Apache-2.0
// One board: the C agent on its host port, and what is bad about it. It knows no link: bytes in, bytes out. One thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "flashing/agent/agent.h"
#include "flashing/agent/port/host/host_port.h"
#include "flashing/board_program/fault.h"
#include "flashing/smp/framing.h"

namespace keystamp::flashing::board_program {

struct BoardMake {
    Bytes uid;
    bool makesKeys = true;
    std::string flashFile;      ///< empty: flash in memory
    std::vector<Fault> faults;  ///< those that are on this board
};

/// What the link must do after a request.
struct Effect {
    bool dropLink = false;
    bool swapBoard = false;
    std::chrono::milliseconds delay{0};
};

class VirtualBoard {
public:
    static Result<std::unique_ptr<VirtualBoard>> make(BoardMake make);
    ~VirtualBoard();
    VirtualBoard(const VirtualBoard&) = delete;
    VirtualBoard& operator=(const VirtualBoard&) = delete;

    /// Takes what came in; replies are appended to `out`.
    Effect input(BytesView bytes, Bytes& out);
    bool locked() const { return m_agent.store.locked; }
    /// A fault that condemns it has struck.
    bool condemned() const { return m_condemned; }

private:
    VirtualBoard() = default;
    void run(BytesView bytes, Bytes& out);
    void answer(BytesView message, Bytes& out, Effect& effect);
    const Fault* striking(CommandName command);
    Result<void> holdForeignCredential(bool lock);

    ks_port m_port{};
    ks_agent m_agent{};
    std::vector<Fault> m_faults;
    smp::Deframer m_deframer;
    bool m_condemned = false;
};

}  // namespace keystamp::flashing::board_program
