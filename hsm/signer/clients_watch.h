// SPDX-License-Identifier: Apache-2.0
// Private to hsm: whether anybody still needs a signer that was started as a child.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>

#include "core/file.h"
#include "hsm/signer/page.h"

namespace keystamp::hsm {

/// Clients that had connections when a worker died reconnect with their next call, which may be hours away: as long as their
/// processes live they count, or an idle station would lose its signer, and with it the PIN, to a fault of the HSM.
class ClientsWatch {
public:
    /// A worker has died with the connections that stand in its page.
    void orphan(const Page& page);
    /// Whether nobody has been there for a second (or, before the first came, for ten).
    bool alone(const Page& page, int listening);

private:
    using Steady = std::chrono::steady_clock;
    std::map<pid_t, UniqueFd> m_orphans;  // by pid, as pidfd
    bool m_hadClients = false;
    Steady::time_point m_aloneSince = Steady::now();
};

}  // namespace keystamp::hsm
