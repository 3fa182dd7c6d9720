// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/group_key_halves.h"

#include <algorithm>

namespace keystamp::hsm {
namespace {

Error refused(std::string why) { return Error{ErrorCode::SignerRefused, std::move(why)}; }
Error bad(std::string why) { return Error{ErrorCode::BadUsage, std::move(why)}; }

}  // namespace

void GroupKeyHalves::dropOld() {
    const auto now = m_now();
    std::erase_if(m_held, [&](const auto& entry) { return entry.second.until <= now; });
}

const GroupKeyHalves::Entry* GroupKeyHalves::find(Slot slot) const {
    const auto at = m_held.find(slot);
    return at == m_held.end() ? nullptr : &at->second;
}

Result<void> GroupKeyHalves::fits(const Entry* held, int half, const Secret& share, const std::string& supervisor) const {
    if (half != 1 && half != 2) return bad("a group key has half 1 and half 2");
    if (share.size() < 16 || share.size() > 64) return bad("a group key has 16 to 64 bytes, and so has each half");
    if (held == nullptr) return {};
    const std::string number = std::to_string(held->half);
    if (held->half == half) {
        if (held->supervisor == supervisor) return {};  // entered again: a slip corrected
        return refused("half " + number + " was entered by " + held->supervisor + "; enter the other");
    }
    if (held->supervisor == supervisor) return refused("half " + number + " was entered by " + supervisor + "; the other is another supervisor's");
    if (held->share.size() != share.size()) {
        return bad("the halves have " + std::to_string(held->share.size()) + " and " + std::to_string(share.size()) + " bytes; they are of no one key");
    }
    if (held->share.equals(share)) return bad("both halves are the same: their key would be nothing but zeros");
    return {};
}

Result<void> GroupKeyHalves::mayEnter(Slot slot, int half, const Secret& share, const std::string& supervisor) {
    const std::lock_guard lock{m_mutex};
    dropOld();
    return fits(find(slot), half, share, supervisor);
}

Result<std::optional<Secret>> GroupKeyHalves::enter(Slot slot, int half, const Secret& share, const std::string& supervisor) {
    const std::lock_guard lock{m_mutex};
    dropOld();
    const Entry* held = find(slot);
    if (const auto good = fits(held, half, share, supervisor); !good) return good.error();
    if (held == nullptr || held->half == half) {
        m_held[slot] = Entry{half, share.clone(), supervisor, m_now() + kLimit};
        return std::optional<Secret>{};
    }
    Secret key(share.size());
    std::transform(share.view().begin(), share.view().end(), held->share.view().begin(), key.bytes().begin(),
                   [](std::uint8_t one, std::uint8_t other) { return static_cast<std::uint8_t>(one ^ other); });
    return std::optional<Secret>{std::move(key)};
}

std::optional<GroupKeyHalves::Held> GroupKeyHalves::held(Slot slot) {
    const std::lock_guard lock{m_mutex};
    dropOld();
    const Entry* entry = find(slot);
    if (entry == nullptr) return std::nullopt;
    return Held{entry->half, entry->supervisor, std::chrono::ceil<std::chrono::seconds>(entry->until - m_now())};
}

void GroupKeyHalves::forget(Slot slot) {
    const std::lock_guard lock{m_mutex};
    m_held.erase(slot);
}

void GroupKeyHalves::forgetOld() {
    const std::lock_guard lock{m_mutex};
    dropOld();
}

}  // namespace keystamp::hsm
