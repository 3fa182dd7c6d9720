// SPDX-License-Identifier: Apache-2.0
// Whether a slot's CA is good for today, and for how long: preflight and `ca show` say the same.
#pragma once

#include <chrono>
#include <string>

#include "core/clock.h"
#include "hsm/signer.h"

namespace keystamp::workflow {

constexpr std::chrono::days kCaEndsSoon{90};  // what a root's keeper and a cloud team take, with a holiday in between

struct CaValidity {
    bool good = false;
    std::string nextStep;  ///< what to do; with a good one: soon
    long daysLeft = 0;     ///< until it ends; negative once it has
};

/// When its successor in the other slot is due.
struct CaPlan {
    UtcTime rollBy{};       ///< a leaf of that day still has its whole life; later ones are cut short
    UtcTime prepareBy{};    ///< what a root's keeper and a cloud team take before that
    double lifeLeft = 0;    ///< of its whole life, 0 to 1
};

/// Bad: not usable, not yet valid, expired. Good, and something to do soon: it ends within 90 days, or before a leaf of
/// today would (leaves are then shortened), or it is idle and waits for its first certificate.
CaValidity judgeCa(const hsm::CaInfo& ca, const hsm::SignerStatus& status, UtcTime now);

/// Of one that has a certificate. Where leaves live as long as the CA itself, each of them is cut short: then it is rolled 90 days before its end.
CaPlan planFor(const hsm::CaInfo& ca, const hsm::LeafProfile& profile, UtcTime now);

/// Whether new batches could get this slot instead of the active one, as `ca roll` will find; the signer has the last word.
bool mayRollTo(Slot slot, const hsm::SignerStatus& status, UtcTime now);

}  // namespace keystamp::workflow
