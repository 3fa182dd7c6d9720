// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/in_hand.h"

namespace keystamp::workflow {

InHand::Hold& InHand::Hold::operator=(Hold&& other) noexcept {
    if (this != &other) {
        release();
        m_owner = std::exchange(other.m_owner, nullptr);
        m_what = std::move(other.m_what);
    }
    return *this;
}

void InHand::Hold::release() noexcept {
    if (m_owner == nullptr) return;
    const std::lock_guard lock(m_owner->m_mutex);
    m_owner->m_held.erase(m_what);
    m_owner = nullptr;
}

Result<InHand::Hold> InHand::take(const std::string& what, const std::string& fixture) {
    const std::lock_guard lock(m_mutex);
    const auto [at, fresh] = m_held.try_emplace(what, fixture);
    if (!fresh) return Error{ErrorCode::FixtureBusy, what + " is being worked on at " + at->second};
    return Hold{*this, what};
}

}  // namespace keystamp::workflow
