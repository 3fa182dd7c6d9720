// SPDX-License-Identifier: Apache-2.0
// Private to hsm: starts keystamp-signer as a child, in a session of its own so that a Ctrl-C at the station does not stop it in
// the middle of a signature. Its words go to signer.log beside its socket.
#pragma once

#include <sys/types.h>

#include <mutex>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace keystamp::hsm {

/// Threads: any.
class Launcher {
public:
    Launcher(std::string configFile, std::string socket) : m_configFile(std::move(configFile)), m_socket(std::move(socket)) {}
    ~Launcher();
    Launcher(const Launcher&) = delete;
    Launcher& operator=(const Launcher&) = delete;

    /// Returns when the child listens, or has found that another signer does. What it says where it cannot (BadConfig, IoFault ...)
    /// is this call's error; SignerUnavailable where it says nothing in time.
    Result<void> start(const Deadline& deadline);

private:
    void reap();

    std::string m_configFile;
    std::string m_socket;
    std::mutex m_mutex;
    std::vector<pid_t> m_children;  // not reaped yet
};

}  // namespace keystamp::hsm
