// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/service.h"

#include <unistd.h>

#include <algorithm>

#include "core/file.h"
#include "hsm/signer/heal.h"
#include "hsm/signer/policy.h"

namespace keystamp::hsm {
namespace {

template <typename Names>
std::vector<std::string> namesOf(const Names& entries) {
    std::vector<std::string> names;
    names.reserve(entries.size());
    for (const auto entry : entries) names.emplace_back(name(entry));
    return names;
}

/// A login that ledger or anchor could not note says nothing about the token.
bool isOfTheRecords(const Error& error) {
    return error.code == ErrorCode::JournalFault || error.code == ErrorCode::IoFault || error.code == ErrorCode::RecordsAltered;
}

LeafProfile described(const Profile& profile) {
    return {profile.validity, profile.backdate, profile.organisation, namesOf(profile.purposes), namesOf(profile.keys)};
}

}  // namespace

Service::Service(const SignerConfig& config, Ledger& ledger, Vault& vault, Page& page, const Clock& clock)
    : m_config(config), m_ledger(ledger), m_vault(vault), m_page(page), m_clock(clock), m_passphrases(ledger, clock) {
    // absent in a factory that has not set up its CAs: preflight says so
    if (const auto pem = readFile(config.root, 1u << 20)) m_rootPem = *pem;
}

Result<SignerStatus> Service::status() {
    const Vault::State vault = m_vault.state();
    if (vault.problem && isOfTheRecords(*vault.problem)) return *vault.problem;
    SignerStatus status;
    status.state = vault.name;
    status.loggedIn = vault.keys != nullptr;
    status.demo = m_config.demo();
    const auto supervised = m_ledger.supervised();
    if (!supervised) return supervised.error();
    status.supervised = *supervised;
    status.tokenLabel = vault.tokenLabel.empty() ? m_config.tokenLabel : vault.tokenLabel;
    status.tokenSerial = vault.tokenSerial.empty() ? m_config.tokenSerial : vault.tokenSerial;
    status.module = m_config.module;
    status.rootPem = m_rootPem;
    status.profile = described(m_config.profile);
    const auto active = m_ledger.activeSlot();
    if (!active) return active.error();
    status.active = *active;
    status.worker = ::getpid();
    status.workerStarts = m_page.starts;
    for (const auto& [slot, configured] : m_config.slots) {
        CaInfo info;
        info.slot = slot;
        info.problem = "not known until somebody has logged in";
        if (vault.keys) info = vault.keys->authorities.at(slot).info();
        info.groupKeyWanted = !configured.groupKey.empty();
        if (const auto half = m_halves.held(slot)) info.heldHalf = half->half;
        status.slots.push_back(std::move(info));
    }
    auto issuers = m_ledger.issuers();
    if (!issuers) return issuers.error();
    std::erase_if(*issuers, [&](const FormerCa& ca) {
        return std::any_of(status.slots.begin(), status.slots.end(), [&](const CaInfo& now) { return now.sha256 == ca.sha256; });
    });
    status.former = std::move(*issuers);
    status.lacks = vault.lacks;
    status.sasProblem = vault.sasProblem;
    status.sealingProblem = vault.sealingProblem;
    status.sealingKeyWanted = !m_config.sealingKey.empty();
    status.sealingKey = vault.keys && vault.keys->sealingKey;
    const auto held = m_ledger.countHeldKeys();
    if (!held) return held.error();
    status.keysHeld = *held;
    if (vault.keys) status.auditKeyPem = vault.keys->auditKeyPem;
    if (vault.keys) status.selfTest = vault.keys->tested;
    return status;
}

Result<void> Service::login(const Secret& pin) {
    const std::lock_guard one{m_loginMutex};
    if (m_vault.ready()) return {};
    const auto tries = m_ledger.pinTries();
    if (!tries) return tries.error();
    if (const auto left = leftToWait(*tries, m_clock()); left.count() > 0) {
        return Error{ErrorCode::PinWrong, "after " + std::to_string(tries->failures) + " wrong PINs the next one is taken in " +
                                              std::to_string(left.count()) + " s; this one was not shown to the HSM"};
    }
    // before it is looked at, as passphrases are: ending the worker makes no try free
    if (auto counted = m_ledger.countPinTry(); !counted) return counted;
    auto done = m_vault.login(pin);
    if (done) return m_ledger.forgivePinTries();
    if (isOfThePin(done.error())) return done;
    if (auto uncounted = m_ledger.uncountPinTry(); !uncounted) return uncounted;
    return done;
}

Result<void> Service::openGrant(const Grant& grant, const Authority& authority) {
    if (auto good = checkGrant(grant); !good) return good;
    if (!m_config.slots.contains(grant.slot)) {
        return Error{ErrorCode::SignerRefused, "no " + std::string{name(grant.slot)} + " slot is configured"};
    }
    if (grant.mode == Mode::Sas) {
        if (auto problem = m_vault.state().sasProblem; !problem.empty()) return Error{ErrorCode::SignerRefused, std::move(problem)};
    }
    if (grant.mode == Mode::Imported) {
        if (auto can = canSeal(); !can) return can;
    }
    if (auto allowed = m_passphrases.check(authority); !allowed) return allowed;
    if (grant.mode == Mode::Imported) {
        if (auto there = provideSealingKey(authority.supervisor); !there) return there;
    }
    return m_ledger.openGrant(grant, authority.supervisor);
}

Result<void> Service::extendGrant(const Grant& grant, const Authority& authority) {
    if (auto good = checkGrant(grant); !good) return good;
    if (auto allowed = m_passphrases.check(authority); !allowed) return allowed;
    return m_ledger.extendGrant(grant, authority.supervisor);
}

Result<void> Service::releaseGrant(const std::string& batch, std::uint64_t cap, const Authority& authority) {
    if (auto allowed = m_passphrases.check(authority); !allowed) return allowed;
    return m_ledger.releaseGrant(batch, cap, authority.supervisor);
}

Result<void> Service::supervisorActs(const std::string& act, const std::string& about, const Authority& authority) {
    if (auto good = checkAct(act, about); !good) return good;
    if (auto allowed = m_passphrases.check(authority); !allowed) return allowed;
    return m_ledger.recordAct(authority.supervisor, act, about);
}

Result<LedgerCounts> Service::counts(const std::string& batch) { return m_ledger.counts(batch); }
Result<std::map<std::string, std::uint64_t>> Service::signaturesByPurpose() { return m_ledger.signaturesByPurpose(); }

}  // namespace keystamp::hsm
