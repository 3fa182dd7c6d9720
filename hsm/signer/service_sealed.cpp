// SPDX-License-Identifier: Apache-2.0
// Device keys that the cloud made: sealed at their import, opened for their boards, forgotten.
#include "hsm/signer/policy.h"
#include "hsm/signer/self_test.h"
#include "hsm/signer/service.h"

namespace keystamp::hsm {

Result<void> Service::canSeal() const {
    if (m_config.sealingKey.empty()) {
        return Error{ErrorCode::KeyMissing, "imported keys are kept under an AES key of the HSM: sealing_key in [signer] of " + m_config.file +
                                                " names one that is made with the first batch of them"};
    }
    if (auto problem = m_vault.state().sealingProblem; !problem.empty()) return Error{ErrorCode::SignerRefused, std::move(problem)};
    return {};
}

Result<void> Service::provideSealingKey(const std::string& supervisor) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    const std::lock_guard one{m_caMutex};
    const auto there = (*keys)->token->hasSecretKey(m_config.sealingKey);
    if (!there) return there.error();
    if (!*there) {
        const auto held = m_ledger.countHeldKeys();
        if (!held) return held.error();
        // another one would open none of them, and hide that the token is not the one it was
        if (*held > 0) return Error{ErrorCode::KeyMissing, "the sealing key that " + std::to_string(*held) + " imported keys were sealed with"};
        if (auto noted = m_ledger.recordAct(supervisor, "make-sealing-key", toHex(m_config.sealingKey)); !noted) return noted;
        if (const auto made = (*keys)->token->makeSealingKey(m_config.sealingKey, std::string{kSealingKeyName}); !made) return made.error();
        if (auto known = m_vault.refresh(); !known) return known;
    }
    const auto now = m_vault.keys();
    if (!now) return now.error();
    return (*now)->passed(std::string{kSealingKeyName});
}

Result<void> Service::sealKeys(const std::string& batch, const std::vector<ImportedKey>& keys) {
    if (keys.empty() || keys.size() > kMostKeysAtOnce) {
        return Error{ErrorCode::BadUsage, "1 to " + std::to_string(kMostKeysAtOnce) + " keys are sealed at once"};
    }
    if (auto can = canSeal(); !can) return can;
    const auto vault = m_vault.keys();
    if (!vault) return vault.error();
    if (auto good = (*vault)->passed(std::string{kSealingKeyName}); !good) return good;
    std::vector<SealedKey> sealed;
    for (const ImportedKey& one : keys) {
        if (one.key.size() < kShortestKey || one.key.size() > kLongestKey) {
            return Error{ErrorCode::BadUsage, "a device key has 16 to 64 bytes; that of " + one.id.text() + " has " + std::to_string(one.key.size())};
        }
        // before the HSM is kept busy for nothing
        if (auto may = m_ledger.takesKeyOf(batch, one.id); !may) return may;
        auto closed = (*vault)->token->seal(m_config.sealingKey, batch, one.id, one.key);
        if (!closed) return closed.error();
        sealed.push_back({one.id, sha256(one.key.view()), std::move(*closed)});
    }
    return m_ledger.keepSealed(batch, sealed);
}

Result<DerivedKey> Service::unseal(const std::string& batch, const DeviceId& id, const std::string& job) {
    if (auto good = checkJob(job); !good) return good.error();
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    if (auto good = (*keys)->passed(std::string{kSealingKeyName}); !good) return good.error();
    const auto kept = m_ledger.opened(batch, id, job);
    if (!kept) return kept.error();
    auto key = (*keys)->token->unseal(m_config.sealingKey, batch, id, kept->sealed);
    if (!key) return key.error();
    return DerivedKey{std::move(*key), kept->slot};
}

Result<void> Service::forgetKeys(const std::string& batch, const std::vector<DeviceId>& ids) { return m_ledger.forgetKeys(batch, ids); }
Result<std::vector<DeviceId>> Service::heldKeys(const std::string& batch) { return m_ledger.heldKeys(batch); }

}  // namespace keystamp::hsm
