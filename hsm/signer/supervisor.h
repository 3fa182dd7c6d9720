// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the process that stays. It holds the data folder's lock, the listening socket and the PIN, and sees that a worker
// serves: it kills one that passes a deadline (a hung PKCS#11 call cannot be cancelled in any other way) and starts the next.
#pragma once

#include <optional>

#include "core/secret.h"
#include "hsm/signer/config.h"

namespace keystamp::hsm {

struct SupervisorOptions {
    bool child = false;          ///< leaves when its last client has gone
    int readyFd = -1;            ///< told when it listens, or why it cannot; see hsm/ready_pipe.h
    std::optional<Secret> pin;   ///< as a person entered it; else a demo token's file
};

/// Until SIGTERM or SIGINT, or, as a child, until nobody needs it. The process's exit code.
int supervise(const SignerConfig& config, SupervisorOptions options);

}  // namespace keystamp::hsm
