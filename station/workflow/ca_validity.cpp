// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/ca_validity.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"

namespace keystamp::workflow {
namespace {

using std::chrono::days;

std::string renewal(const hsm::CaInfo& ca) {
    return fmt::format("`keystamp ca request --slot {}`, then `ca install`", name(ca.slot));
}

std::string ending(const hsm::CaInfo& ca, std::chrono::hours leafValidity, UtcTime now, long daysLeft) {
    if (ca.notAfter - now < kCaEndsSoon)
        return fmt::format("It ends in {} days, and every leaf with it: renew it now, best in the idle slot.", daysLeft);
    if (now + leafValidity <= ca.notAfter) return {};
    return fmt::format("It ends in {} days, before a leaf's {} days are over: leaves are shortened to its end.", daysLeft,
                       std::chrono::floor<days>(leafValidity).count());
}

}  // namespace

CaValidity judgeCa(const hsm::CaInfo& ca, const hsm::SignerStatus& status, UtcTime now) {
    if (ca.awaited) {
        const bool idle = ca.slot != status.active;
        return {idle, (idle ? "This idle slot has no certificate yet: " : "It has no certificate yet: ") + renewal(ca) + ".", 0};
    }
    CaValidity validity;
    // none where its certificate could not be read
    if (ca.notAfter != UtcTime{}) {
        validity.daysLeft = static_cast<long>(std::chrono::floor<days>(ca.notAfter - now).count());
        if (now < ca.notBefore) {
            validity.nextStep = fmt::format("It is not valid before {}: check the clock, or wait.", toText(ca.notBefore));
            return validity;
        }
        if (now > ca.notAfter) {
            validity.nextStep = fmt::format("It ended on {}: {}, or roll to the other slot.", toText(ca.notAfter), renewal(ca));
            return validity;
        }
    }
    if (!ca.usable) {
        validity.nextStep = nextStep(ErrorCode::KeyMissing);
        return validity;
    }
    validity.good = true;
    validity.nextStep = ending(ca, status.profile.validity, now, validity.daysLeft);
    return validity;
}

CaPlan planFor(const hsm::CaInfo& ca, const hsm::LeafProfile& profile, UtcTime now) {
    CaPlan plan;
    plan.rollBy = ca.notAfter - profile.validity;
    if (plan.rollBy - kCaEndsSoon <= ca.notBefore) plan.rollBy = ca.notAfter - kCaEndsSoon;
    plan.prepareBy = plan.rollBy - kCaEndsSoon;
    const std::chrono::duration<double> whole = ca.notAfter - ca.notBefore, left = ca.notAfter - now;
    if (whole.count() > 0) plan.lifeLeft = std::clamp(left / whole, 0.0, 1.0);
    return plan;
}

bool mayRollTo(Slot slot, const hsm::SignerStatus& status, UtcTime now) {
    const auto certifies = [&](const hsm::CaInfo& ca) { return ca.usable && ca.notBefore <= now && now <= ca.notAfter; };
    const hsm::CaInfo *next = nullptr, *active = nullptr;
    for (const auto& one : status.slots) (one.slot == slot ? next : active) = &one;
    if (next == nullptr || slot == status.active) return false;
    const bool hadCa = active != nullptr && certifies(*active), hadGroupKey = active != nullptr && active->groupKey;
    if (!certifies(*next) && (hadCa || !next->groupKey)) return false;
    return next->groupKey || !hadGroupKey;
}

}  // namespace keystamp::workflow
