// SPDX-License-Identifier: Apache-2.0
// Where a fixture is reached: a listening socket, or a pseudo-terminal. Nothing blocks. One thread.
#pragma once

#include <string>

#include "core/file.h"
#include "core/result.h"

namespace keystamp::flashing::board_program {

class Listener {
public:
    /// `spec` as --listen has it. With several fixtures a Unix socket and a pty's link get -K behind their path, and a TCP
    /// port above 0 counts up. BadUsage, LinkUnavailable.
    static Result<Listener> open(const std::string& spec, unsigned fixture, unsigned fixtures);
    Listener(Listener&&) noexcept = default;
    Listener& operator=(Listener&&) noexcept = delete;
    ~Listener();

    /// What a station writes in its configuration.
    const std::string& address() const { return m_address; }
    /// Readable when accept() or stationClosed() has something to do.
    int fd() const { return m_fd.get(); }
    /// The next connection; nothing where none waits.
    UniqueFd accept() const;

    bool isRfc2217() const { return m_isRfc2217; }
    bool isPty() const { return static_cast<bool>(m_slave); }
    /// The pty's near end, once: it is the connection, for good.
    UniqueFd takePty() { return std::move(m_master); }
    /// Whether somebody has closed the pty's far end since this was last asked. What it had not read is dropped.
    bool stationClosed() const;

private:
    Listener() = default;
    Result<void> openTcp(const std::string& host, unsigned port);
    Result<void> openUnix(const std::string& path);
    Result<void> openPty(const std::string& link);

    std::string m_address;
    bool m_isRfc2217 = false;
    std::string m_path;  ///< what was made in the file system, and goes with this
    UniqueFd m_fd;
    UniqueFd m_master;
    UniqueFd m_slave;  ///< held open, so that the pty outlives each station that opens it
};

}  // namespace keystamp::flashing::board_program
