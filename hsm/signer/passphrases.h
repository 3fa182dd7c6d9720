// SPDX-License-Identifier: Apache-2.0
// Private to hsm: supervisors' passphrases. scrypt (RFC 7914) in the ledger; wrong ones are counted there and answered ever later,
// so that guessing is slow and nobody is locked out for ever.
#pragma once

#include <atomic>
#include <mutex>

#include "core/result.h"
#include "hsm/signer.h"
#include "hsm/signer/ledger.h"

namespace keystamp::hsm {

class Passphrases {
public:
    explicit Passphrases(Ledger& ledger, Clock clock = utcNow) : m_ledger(ledger), m_clock(std::move(clock)) {}

    /// BadUsage for an empty name or a passphrase under 8 bytes. An enrolled one gets the new passphrase.
    Result<void> enrol(const std::string& supervisor, const Secret& passphrase);
    /// BadUsage as enrol(); SupervisorExists where anybody is enrolled, but for the same one again.
    Result<void> enrolFirst(const Authority& first);
    /// PassphraseWrong; its detail says how long to wait where too many were wrong. One at a time; where eight wait, the next is
    /// refused unread.
    Result<void> check(const Authority& authority);

private:
    Result<void> tryEnrolFirst(const Authority& first);
    /// The name whose row counts this one's tries.
    Result<std::string> rowFor(const std::string& supervisor);

    Ledger& m_ledger;
    Clock m_clock;
    std::atomic<int> m_waiting{0};
    std::mutex m_mutex;
};

}  // namespace keystamp::hsm
