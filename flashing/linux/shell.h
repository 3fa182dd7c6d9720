// SPDX-License-Identifier: Apache-2.0
// A shell behind a login prompt on a serial line. What it is told to do comes with its SHA-256 and is not done where that is wrong; what it
// says comes with one too. Nothing is echoed, nothing goes into a history.
//
// One thread at a time. Errors: BoardSilent, BoardNonsense, LinkLost; BadConfig where user or password are not taken.
#pragma once

#include <array>
#include <string>

#include "core/secret.h"
#include "flashing/linux/layout.h"
#include "flashing/link/link.h"

namespace keystamp::flashing::linux_shell {

class Shell {
public:
    Shell(Link& link, const Layout& layout) : m_link(link), m_layout(layout) {}

    struct Said {
        int status = 0;
        std::string text;  ///< both outputs, without the last line's end
    };
    /// Logs in where that is needed. `script` may be run twice (its answer may be lost), so doing it again must change nothing; a POSIX
    /// shell runs it in a subshell.
    Result<Said> run(const char* what, const Secret& script, std::chrono::milliseconds patience, Deadline deadline);
    /// Logs out; nothing where nobody is logged in.
    Result<void> leave(Deadline deadline);

private:
    Result<void> enter(Deadline deadline);
    Result<void> resync(Deadline deadline);
    Result<void> settle(Deadline deadline);
    Result<Said> runOnce(const char* what, const Secret& script, std::chrono::milliseconds patience, Deadline deadline);
    Result<Said> wait(const char* what, unsigned number, Deadline until);
    /// Until nothing came for a moment, or something that is waited for ends it.
    Result<std::string> hear(std::chrono::milliseconds quiet, Deadline deadline);
    Result<void> say(std::string_view text, Deadline deadline) { return m_link.write(asBytes(text), deadline); }
    Result<void> sayPassword(Deadline deadline);

    Link& m_link;
    const Layout& m_layout;
    bool m_in = false;
    unsigned m_number = 0;
    std::string m_session;  ///< tells this one's answers from an earlier station's
    std::array<std::uint8_t, 1024> m_buffer{};
};

}  // namespace keystamp::flashing::linux_shell
