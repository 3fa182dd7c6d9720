// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace keystamp::cloud {

/// A host's addresses in figures, in the order in which they are to be tried. A name server that is silent is left to a thread that holds the name and no more,
/// and ends by itself. CloudUnreachable (native: getaddrinfo's code); Timeout; Aborted. Any thread.
Result<std::vector<std::string>> addressesOf(const std::string& host, Deadline deadline, const std::atomic<bool>& stop);

}  // namespace keystamp::cloud
