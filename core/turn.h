// SPDX-License-Identifier: Apache-2.0
// Group commit without a writer thread: of those that ask at once one works for all, and the others wait for their turn.
// The journal and the signer's ledger both commit so.
#pragma once

#include <atomic>
#include <cstdint>

namespace keystamp {

/// What one of those that wait is told, once. Its thread sleeps on this rather than on a mutex that all would want at once.
/// Whoever tells must hold the Turn (in a shared_ptr): the told thread may be gone before the telling returns.
class Turn {
public:
    /// Sleeps until told; whether to lead, rather than that another has done the work.
    bool waitToLead() {
        m_told.wait(Told::Nothing);
        return m_told == Told::Lead;
    }
    void lead() { tell(Told::Lead); }
    void done() { tell(Told::Done); }

private:
    enum class Told : std::uint8_t { Nothing, Lead, Done };
    void tell(Told what) {
        m_told = what;
        m_told.notify_one();
    }
    std::atomic<Told> m_told = Told::Nothing;
};

}  // namespace keystamp
