// SPDX-License-Identifier: Apache-2.0
// Group commit without a writer thread: of those that ask at once one works for all, and the others wait for their turn.
// The journal and the signer's ledger both commit so.
#pragma once

#include <semaphore.h>

#include <cerrno>
#include <cstdint>

namespace keystamp {

/// What one of those that wait is told, once. Its thread sleeps on this rather than on a mutex that all would want at once, and on a
/// POSIX semaphore because it sleeps at once: libstdc++'s waits on atomics yield the core first, again and again, to threads that
/// have nothing to do but the same.
/// Whoever tells must hold the Turn (in a shared_ptr): the told thread may be gone before the telling returns.
class Turn {
public:
    Turn() { ::sem_init(&m_told, 0, 0); }
    ~Turn() { ::sem_destroy(&m_told); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    /// Sleeps until told; whether to lead, rather than that another has done the work.
    bool waitToLead() {
        while (::sem_wait(&m_told) != 0 && errno == EINTR) {
        }
        return m_what == What::Lead;
    }
    void lead() { tell(What::Lead); }
    void done() { tell(What::Done); }

private:
    enum class What : std::uint8_t { Done, Lead };
    void tell(What what) {
        m_what = what;
        ::sem_post(&m_told);
    }
    sem_t m_told{};
    What m_what = What::Done;  // written before the telling, read after it
};

}  // namespace keystamp
