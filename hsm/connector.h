// SPDX-License-Identifier: Apache-2.0
// Private to hsm: connections to the signer for a client's calls, one for each call that runs at once. Finds a signer or starts
// one; greets it, so that a connection that is handed out has been accepted by a worker that serves.
#pragma once

#include <mutex>
#include <vector>

#include "core/clock.h"
#include "core/file.h"
#include "core/result.h"
#include "hsm/client.h"
#include "hsm/launcher.h"

namespace keystamp::hsm {

/// Threads: any.
class Connector {
public:
    explicit Connector(const SignerAddress& address);

    /// SignerUnavailable when the deadline passes; what a started signer says where it cannot start.
    Result<UniqueFd> take(const Deadline& deadline);
    void giveBack(UniqueFd connection);

private:
    UniqueFd takeIdle();
    Result<UniqueFd> greet(UniqueFd connection, const Deadline& deadline);

    SignerAddress m_address;
    Launcher m_launcher;
    std::mutex m_mutex;
    std::vector<UniqueFd> m_idle;
};

}  // namespace keystamp::hsm
