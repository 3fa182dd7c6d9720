// SPDX-License-Identifier: Apache-2.0
// SAS keys, and the test of all keys.
#include <algorithm>
#include <thread>

#include "hsm/signer/policy.h"
#include "hsm/signer/self_test.h"
#include "hsm/signer/service.h"

namespace keystamp::hsm {
namespace {

// Between two of many: whoever waits for the token gets it, for its mutex knows no turns. Boards do not wait for an export.
constexpr std::chrono::microseconds kGiveWay{100};

Result<void> mayReplace(Token& token, const Bytes& id, bool replace) {
    const auto there = token.hasSecretKey(id);
    if (!there) return there.error();
    if (!*there || replace) return {};
    return Error{ErrorCode::SignerRefused, "a group key is there already; --replace puts this one in its place"};
}

}  // namespace

Result<Bytes> Service::groupKey(Slot slot) const {
    if (auto problem = m_vault.state().sasProblem; !problem.empty()) return Error{ErrorCode::SignerRefused, std::move(problem)};
    const auto found = m_config.slots.find(slot);
    if (found == m_config.slots.end() || found->second.groupKey.empty()) {
        return Error{ErrorCode::KeyMissing, "no group key is configured for the " + std::string{name(slot)} + " slot"};
    }
    return found->second.groupKey;
}

Result<DerivedKey> Service::derive(const std::string& batch, const DeviceId& id, const std::string& job) {
    if (auto good = checkJob(job); !good) return good.error();
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    const auto slot = m_ledger.derived(batch, id, job);
    if (!slot) return slot.error();
    const auto key = groupKey(*slot);
    if (!key) return key.error();
    if (auto good = (*keys)->passed(groupKeyName(*slot)); !good) return good.error();
    auto derived = (*keys)->token->hmac(*key, asBytes(id.text()));
    if (!derived) return derived.error();
    return DerivedKey{std::move(*derived), *slot};
}

Result<std::vector<DerivedKey>> Service::deriveFor(const std::vector<DeviceId>& ids, const std::vector<Slot>& slots,
                                                   const Authority& authority) {
    if (ids.empty() || ids.size() > kMostDerivedAtOnce || slots.empty() || slots.size() > 2) {
        return Error{ErrorCode::BadUsage, "keys of 1 to " + std::to_string(kMostDerivedAtOnce) + " IDs from one slot or two are derived at once"};
    }
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    std::vector<std::pair<Slot, Bytes>> sources;
    for (const Slot slot : slots) {
        auto key = groupKey(slot);
        if (!key) return key.error();
        if (auto good = (*keys)->passed(groupKeyName(slot)); !good) return good.error();
        sources.emplace_back(slot, std::move(*key));
    }
    if (const auto allowed = m_passphrases.check(authority); !allowed) return allowed.error();
    if (const auto noted = m_ledger.derivedFor(ids, slots, authority.supervisor); !noted) return noted.error();
    std::vector<DerivedKey> made;
    made.reserve(ids.size() * sources.size());
    for (const DeviceId& id : ids) {
        for (const auto& [slot, key] : sources) {
            auto derived = (*keys)->token->hmac(key, asBytes(id.text()));
            if (!derived) return derived.error();
            made.push_back({std::move(*derived), slot});
            std::this_thread::sleep_for(kGiveWay);
        }
    }
    return made;
}

Result<void> Service::importGroupKey(Slot slot, const Secret& key, bool replace, const Authority& authority) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    // whole and in one person's hand: a factory's token takes it in parts
    if (!m_config.demo()) return Error{ErrorCode::SignerRefused, "a whole group key is imported into a demo token only"};
    if (key.size() < 16 || key.size() > 64) return Error{ErrorCode::BadUsage, "a group key has 16 to 64 bytes"};
    const auto id = groupKey(slot);
    if (!id) return id.error();
    if (auto allowed = m_passphrases.check(authority); !allowed) return allowed;
    const std::lock_guard one{m_caMutex};
    return bringIn(slot, authority.supervisor, std::string{name(slot)} + " group key",
                   [&] { return (*keys)->token->importSecretKey(*id, groupKeyName(slot), key, replace); });
}

Result<void> Service::importWrappedGroupKey(Slot slot, const Bytes& wrapped, bool replace, const Authority& authority) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    Token& token = *(*keys)->token;
    const auto id = groupKey(slot);
    if (!id) return id.error();
    if (m_config.wrappingKey.empty()) {
        return Error{ErrorCode::SignerRefused,
                     "no wrapping key is configured: wrapping_key in [signer] of " + m_config.file + " names an RSA key pair of the HSM"};
    }
    if (auto can = token.canUnwrap(m_config.wrappingKey); !can) return can;
    if (auto allowed = m_passphrases.check(authority); !allowed) return allowed;
    const std::lock_guard one{m_caMutex};
    if (auto free = mayReplace(token, *id, replace); !free) return free;
    const std::string about = std::string{name(slot)} + " group key, wrapped, SHA-256 " + toHex(sha256(BytesView{wrapped}));
    return bringIn(slot, authority.supervisor, about, [&]() -> Result<void> {
        if (auto noted = m_ledger.selfTests({groupKeyName(slot)}); !noted) return noted;
        return token.unwrapSecretKey(m_config.wrappingKey, *id, groupKeyName(slot), wrapped, replace);
    });
}

Result<void> Service::bringIn(Slot slot, const std::string& supervisor, const std::string& about, const std::function<Result<void>()>& put) {
    if (auto noted = m_ledger.recordAct(supervisor, "import", about); !noted) return noted;
    if (auto done = put(); !done) return done;
    if (auto known = m_vault.refresh(); !known) return known;
    const auto now = m_vault.keys();
    if (!now) return now.error();
    return (*now)->passed(groupKeyName(slot));
}

Result<HalfTaken> Service::importGroupKeyHalf(Slot slot, int half, const Secret& share, bool replace, const Authority& authority) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    const auto id = groupKey(slot);
    if (!id) return id.error();
    if (const auto allowed = m_passphrases.check(authority); !allowed) return allowed.error();
    const std::string& supervisor = authority.supervisor;
    const std::lock_guard one{m_caMutex};
    if (const auto fits = m_halves.mayEnter(slot, half, share, supervisor); !fits) return fits.error();
    // said before somebody comes with the other half
    if (const auto free = mayReplace(*(*keys)->token, *id, replace); !free) return free.error();
    const auto first = m_halves.held(slot);
    const std::string about = std::string{name(slot)} + " group key, half " + std::to_string(half);
    if (const auto noted = m_ledger.recordAct(supervisor, "import-half", about); !noted) return noted.error();
    const auto key = m_halves.enter(slot, half, share, supervisor);
    if (!key) return key.error();
    if (!*key) {
        stayWhileHolding();
        return HalfTaken{false, 3 - half, GroupKeyHalves::kLimit};
    }
    const std::string both = first->supervisor + " and " + supervisor;
    const auto in = bringIn(slot, supervisor, std::string{name(slot)} + " group key, by " + both,
                            [&] { return (*keys)->token->importSecretKey(*id, groupKeyName(slot), **key, replace); });
    if (!in) return in.error();
    m_halves.forget(slot);
    stayWhileHolding();
    return HalfTaken{true, 0, {}};
}

void Service::stayWhileHolding() {
    std::chrono::seconds longest{0};
    for (const auto& [slot, configured] : m_config.slots) {
        if (const auto half = m_halves.held(slot)) longest = std::max(longest, half->left);
    }
    m_page.needed = longest.count() == 0 ? 0 : Page::now() + std::chrono::nanoseconds{longest}.count();
}

Result<void> Service::selfTest() {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    const auto active = m_ledger.activeSlot();
    if (!active) return active.error();
    for (const auto& [slot, ca] : (*keys)->authorities) {
        // an idle slot that still waits for its first certificate is no fault
        if (ca.info().awaited && slot != *active) continue;
        if (const auto usable = authority(**keys, slot); !usable) return usable.error();
    }
    if ((*keys)->auditKeyPem.empty()) return Error{ErrorCode::KeyMissing, "[signer.audit] key " + toHex(m_config.auditKey)};
    const auto tests = keyTests(*(*keys)->token, m_config, (*keys)->authorities, (*keys)->auditKeyPem);
    if (auto noted = m_ledger.selfTests(signaturesOf(tests)); !noted) return noted;
    for (const KeyTest& test : tests) {
        const auto passed = test.run();
        if (passed) continue;
        Error error = passed.error();
        error.detail = "the " + test.key + " key: " + error.detail;
        return error;
    }
    return {};
}

}  // namespace keystamp::hsm
