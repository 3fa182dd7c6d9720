// SPDX-License-Identifier: Apache-2.0
// The C agent on its host port, and what is bad about it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "flashing/agent/agent.h"
#include "flashing/agent/port/host/host_port.h"
#include "flashing/board_program/emulated_board.h"
#include "flashing/smp/framing.h"

namespace keystamp::flashing::board_program {

class VirtualBoard : public EmulatedBoard {
public:
    static Result<std::unique_ptr<VirtualBoard>> make(BoardMake make);
    ~VirtualBoard() override;
    VirtualBoard(const VirtualBoard&) = delete;
    VirtualBoard& operator=(const VirtualBoard&) = delete;

    Effect input(BytesView bytes, Bytes& out) override;
    bool finished() const override { return m_agent.store.locked; }
    bool condemned() const override { return m_condemned; }

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
