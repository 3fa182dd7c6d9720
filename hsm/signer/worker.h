// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the process that owns module and ledger and serves the clients, a thread a connection.
#pragma once

#include <sys/types.h>

#include "hsm/signer/config.h"

namespace keystamp::hsm {

/// Serves until it is told to stop (SIGTERM), until the HSM needs a fresh process, or until its supervisor has gone. What it does
/// for clients is finished first. The process's exit code.
int runWorker(const SignerConfig& config, pid_t supervisor);

}  // namespace keystamp::hsm
