// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a named SOCK_SEQPACKET socket. Paths longer than sun_path (107 bytes) work too.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>

#include "core/file.h"
#include "core/result.h"

namespace keystamp::hsm {

/// Listens at `path`, which nobody else may be using (the caller holds the lock); an old socket there is replaced. Others may
/// connect where `shared` (0660), else only this user (0600). Not blocking. Threads: changes the umask for a moment.
Result<UniqueFd> listenAt(const std::string& path, bool shared);

/// Connects without waiting. SignerUnavailable with errno: ENOENT, ECONNREFUSED (nobody listens), EAGAIN (its queue is full).
/// Sends on it wait 5 s at most.
Result<UniqueFd> connectTo(const std::string& path);

/// A send that a peer does not take fails after this.
void limitSends(int socket, std::chrono::seconds limit);

}  // namespace keystamp::hsm
