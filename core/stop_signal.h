// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <thread>

#include "core/file.h"

namespace keystamp {

/// Ctrl-C and SIGTERM, once, as a readable descriptor and a call; a second one kills as usual. Signals are handled, not
/// blocked: a blocked mask would pass on to a signer that is started meanwhile. One at a time in a process.
class StopSignal {
public:
    /// `act` is called from a thread of its own.
    explicit StopSignal(std::function<void()> act);
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    int fd() const { return m_signalled.get(); }
    bool stopped() const;

private:
    UniqueFd m_signalled;  ///< readable, for ever, once a signal came
    UniqueFd m_over;
    std::thread m_thread;
};

}  // namespace keystamp
