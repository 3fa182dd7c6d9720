// SPDX-License-Identifier: Apache-2.0
// A CA's life: its key and request, its certificate, and which slot is active. A supervisor's acts, each in the ledger before it
// is done.
#include <fmt/format.h>

#include "hsm/signer/ca_certificate.h"
#include "hsm/signer/ca_install.h"
#include "hsm/signer/ca_key.h"
#include "hsm/signer/service.h"

namespace keystamp::hsm {
namespace {

constexpr std::chrono::seconds kMakingAKey{60};

/// The slot's certificate, where it is for the key that the HSM has.
CaCertificatePtr certified(Token& token, const SlotConfig& slot) {
    const auto key = token.publicKey(slot.caKey);
    const auto there = readCertificates(slot.caCert);
    return key && there && there->front()->publicKey == *key ? there->front() : nullptr;
}

struct Named {
    Bytes name;  ///< DER
    std::string text;
};

}  // namespace

Result<const SlotConfig*> Service::configured(Slot slot) const {
    const auto found = m_config.slots.find(slot);
    if (found != m_config.slots.end()) return &found->second;
    return Error{ErrorCode::SignerRefused, fmt::format("no {} slot is configured: [signer.{}] in {}", name(slot), name(slot), m_config.file)};
}

Result<bool> Service::findCaKey(Token& token, const SlotConfig& slot, const CaRequest& request) {
    auto there = hasCaKey(token, slot.caKey);
    if (!there || !*there || request.key.empty()) return there;
    const auto publicKey = token.publicKey(slot.caKey);
    if (!publicKey) return publicKey.error();
    const auto key = fromDer<EvpKeyPtr>(d2i_PUBKEY, *publicKey);
    const auto found = key ? signingAlgorithm(key.get()) : std::nullopt;
    const auto wanted = parsePairKind(request.key);
    if (!wanted) return wanted.error();
    if (found && found->keyType == keyTypeOf(*wanted)) return there;
    return Error{ErrorCode::BadUsage, fmt::format("key {} is there already and is {}, not {}; for a new key give the {} slot another "
                                                  "ca_key and ca_cert",
                                                  toHex(slot.caKey), found ? found->keyType : "of another kind", keyTypeOf(*wanted),
                                                  name(request.slot))};
}

Result<CaRequested> Service::requestCa(const CaRequest& request, const Authority& authority) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    Token& token = *(*keys)->token;
    const auto slot = configured(request.slot);
    if (!slot) return slot.error();
    const auto kind = parsePairKind(request.key.empty() ? "ec-p256" : request.key);
    if (!kind) return kind.error();
    Named subject;
    if (!request.subject.empty()) {
        auto parsed = parseName(request.subject);
        if (!parsed) return parsed.error();
        subject = {std::move(*parsed), request.subject};
    }
    const std::lock_guard one{m_caMutex};
    const auto there = findCaKey(token, **slot, request);
    if (!there) return there.error();
    const CaCertificatePtr before = *there ? certified(token, **slot) : nullptr;
    if (before != nullptr && !subject.text.empty() && subject.name != before->subject) {
        return Error{ErrorCode::BadUsage, fmt::format("key {} has a certificate for {} and keeps that name; leave out --subject, or give "
                                                      "the {} slot another ca_key and ca_cert",
                                                      toHex((*slot)->caKey), before->subjectText, name(request.slot))};
    }
    if (const auto allowed = m_passphrases.check(authority); !allowed) return allowed.error();

    CaRequested made;
    made.ckaId = toHex((*slot)->caKey);
    made.newKey = !*there;
    if (made.newKey) {
        const Patience patience{m_page, kMakingAKey};
        const auto done = makeCaKey(token, (*slot)->caKey, std::string{name(request.slot)} + " CA " + made.ckaId, *kind);
        if (!done) return done.error();
    }
    const auto publicKey = token.publicKey((*slot)->caKey);
    if (!publicKey) return publicKey.error();
    if (before != nullptr) subject = {before->subject, before->subjectText};
    if (subject.text.empty()) {
        // a CA of its own name for each key, so that issuers are told apart by it
        subject.text = fmt::format("CN=Keystamp {} CA {}", name(request.slot), toHex(BytesView{sha256(BytesView{*publicKey})}.first(4)));
        auto parsed = parseName(subject.text);
        if (!parsed) return parsed.error();
        subject.name = std::move(*parsed);
    }
    const std::string about = fmt::format("{} slot, {} key {}, {}", name(request.slot), made.newKey ? "new" : "same", made.ckaId, subject.text);
    if (const auto noted = m_ledger.requested(request.slot, about, authority.supervisor); !noted) return noted.error();
    auto csr = signCaRequest(token, (*slot)->caKey, subject.name);
    if (!csr) return csr.error();
    made.csr = std::move(*csr);
    made.subject = subject.text;
    const auto key = fromDer<EvpKeyPtr>(d2i_PUBKEY, *publicKey);
    if (const auto algorithm = signingAlgorithm(key.get())) made.keyType = algorithm->keyType;
    if (const auto fresh = m_vault.refresh(); !fresh) return fresh.error();
    return made;
}

Result<void> Service::installCa(Slot slot, const std::string& chainPem, const Authority& authority) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    const auto place = configured(slot);
    if (!place) return place.error();
    const std::lock_guard one{m_caMutex};
    const auto chain = checkChain(*(*keys)->token, m_config, slot, chainPem, m_clock());
    if (!chain) return chain.error();
    if (auto allowed = m_passphrases.check(authority); !allowed) return allowed;
    const std::string about = fmt::format("{} {} SHA-256 {}", name(slot), chain->subject, toHex(chain->sha256));
    if (auto noted = m_ledger.recordAct(authority.supervisor, "ca-install", about); !noted) return noted;
    if (auto placed = putInPlace((*place)->caCert, chain->pem); !placed) return placed;
    return m_vault.refresh();
}

Result<Bytes> Service::proveCa(const std::string& code, Slot slot, const Authority& authority) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    const auto ca = Service::authority(**keys, slot);
    if (!ca) return ca.error();
    const auto tbs = (*ca)->prepareProof(code, newSerial(), m_clock());
    if (!tbs) return tbs.error();
    if (const auto allowed = m_passphrases.check(authority); !allowed) return allowed.error();
    if (const auto noted = m_ledger.proven(slot, code, authority.supervisor); !noted) return noted.error();
    return (*ca)->signProof(*tbs);
}

Result<Crl> Service::signCrl(Slot slot, const Authority& authority) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    const auto ca = Service::authority(**keys, slot);
    if (!ca) return ca.error();
    if (const auto allowed = m_passphrases.check(authority); !allowed) return allowed.error();
    const std::lock_guard one{m_caMutex};
    auto revoked = m_ledger.voidLeaves(slot);
    if (!revoked) return revoked.error();
    // a slot may have had another CA before
    std::erase_if(*revoked, [&](const VoidLeaf& leaf) { return !(*ca)->issuedBy(leaf.tbs); });
    const auto number = m_ledger.nextCrl(slot, revoked->size(), authority.supervisor);
    if (!number) return number.error();
    return (*ca)->signCrl(*number, *revoked, m_clock());
}

Result<void> Service::rollTo(Slot slot, const Authority& authority) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    if (const auto place = configured(slot); !place) return place.error();
    const std::lock_guard one{m_caMutex};
    const auto active = m_ledger.activeSlot();
    if (!active) return active.error();
    const auto now = m_clock();
    const auto certifies = [&](const CaInfo& ca) { return ca.usable && ca.notBefore <= now && now <= ca.notAfter; };
    const CaInfo& next = (*keys)->authorities.at(slot).info();
    const auto from = (*keys)->authorities.find(*active);
    const bool hadGroupKey = from != (*keys)->authorities.end() && from->second.info().groupKey;
    const bool hadCa = from != (*keys)->authorities.end() && certifies(from->second.info());
    if (!certifies(next) && (hadCa || !next.groupKey)) {
        const std::string why = next.usable ? "it is not within its dates" : next.problem;
        return Error{ErrorCode::SignerRefused, fmt::format("the {} CA cannot be used: {}", name(slot), why)};
    }
    if (!next.groupKey && hadGroupKey) {
        return Error{ErrorCode::SignerRefused, fmt::format("the {} slot has no group key and the {} one has; `keystamp sas import --slot {}` first",
                                                           name(slot), name(*active), name(slot))};
    }
    if (auto allowed = m_passphrases.check(authority); !allowed) return allowed;
    if (slot == *active) return {};
    return m_ledger.rollTo(slot, authority.supervisor);
}

}  // namespace keystamp::hsm
