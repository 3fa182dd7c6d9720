// SPDX-License-Identifier: Apache-2.0
// A gateway as its serial console shows it: a login prompt, and behind it a real shell of this machine with a home of its own.
#pragma once

#include "core/file.h"
#include "flashing/board_program/emulated_board.h"

namespace keystamp::flashing::board_program {

class LinuxGateway : public EmulatedBoard {
public:
    /// "linux": bash; "linux-dash"; "linux-bash": bash that is sh as well.
    static Result<std::unique_ptr<EmulatedBoard>> make(const BoardMake& make);
    ~LinuxGateway() override;
    LinuxGateway(const LinuxGateway&) = delete;
    LinuxGateway& operator=(const LinuxGateway&) = delete;

    Effect input(BytesView bytes, Bytes& out) override;
    int fd() const override { return m_master.get(); }
    bool wantsToTake() const override { return !m_toShell.empty(); }
    void ready(Bytes& out) override;
    bool finished() const override { return m_finished; }

private:
    LinuxGateway() = default;
    Result<void> furnish(const BoardMake& make);
    Result<void> furnishTools(bool openssl, bool bash);
    void typed(char byte, Bytes& out);
    void lineEnded(Bytes& out);
    void logIn(Bytes& out);
    void loggedOut(Bytes& out);
    void feedShell();
    bool holdsIdentity() const;

    std::string m_folder;     ///< home, serial and tools are in it
    bool m_ownFolder = false;
    std::string m_shell;
    std::string m_path;
    bool m_asksPassword = false;
    bool m_rightUser = false;
    std::string m_line;
    bool m_finished = false;
    UniqueFd m_master;  ///< of the shell's terminal; none where nobody is logged in
    int m_pid = -1;
    Bytes m_toShell;
};

}  // namespace keystamp::flashing::board_program
