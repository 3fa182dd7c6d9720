// SPDX-License-Identifier: Apache-2.0
// A keystamp-board of one's own, with its links and a folder that goes with it.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "flashing/board.h"
#include "tests/support/temp_folder.h"

namespace keystamp::test {

class BoardProcess {
public:
    /// `listen` may name FOLDER, which stands for a new one. Aborts the test program where it does not start.
    explicit BoardProcess(std::vector<std::string> options, std::string listen = "unix:FOLDER/board.sock");
    ~BoardProcess();
    BoardProcess(const BoardProcess&) = delete;
    BoardProcess& operator=(const BoardProcess&) = delete;

    const std::string& link(std::size_t fixture = 0) const { return m_links.at(fixture); }
    const std::string& folder() const { return m_folder.path(); }
    pid_t pid() const { return m_pid; }
    /// A new connection to the board.
    std::unique_ptr<flashing::Board> connect(std::size_t fixture = 0) const;
    /// The same for boards that speak `driver`.
    std::unique_ptr<flashing::Board> open(const std::string& driver, const flashing::DriverOptions& options = {}, std::size_t fixture = 0) const;
    void kill();

private:
    TempFolder m_folder;
    std::vector<std::string> m_links;
    pid_t m_pid = -1;
};

/// Enough for anything on a busy machine.
inline Deadline soon() { return Deadline::in(std::chrono::seconds{60}); }

/// Credentials for a device; the leaf is for `publicKey`, or for a new key that goes along.
flashing::Credential sasCredential(const DeviceId& id);
flashing::Credential x509Credential(const DeviceId& id, BytesView publicKey);
flashing::Credential x509CredentialWithKey(const DeviceId& id);
flashing::Prover proverOf(const flashing::Credential& credential);

/// begin, key where the board makes it, write, prove, checked; the first error. The board is not locked.
Result<void> provision(flashing::Board& board, Mode mode, const DeviceId& id, bool keyOnBoard = true);

}  // namespace keystamp::test
