// SPDX-License-Identifier: Apache-2.0
// Leaves: reserve, issue, and what became of a serial.
#include <openssl/err.h>

#include "hsm/signer/ca_certificate.h"
#include "hsm/signer/csr.h"
#include "hsm/signer/policy.h"
#include "hsm/signer/service.h"

namespace keystamp::hsm {
namespace {

bool issuedBy(const Bytes& leaf, const std::string& chainPem) {
    const auto x509 = fromDer<X509Ptr>(d2i_X509, leaf);
    const auto chain = parseCertificates(chainPem, "the chain");
    const bool issued = x509 && chain && X509_verify(x509.get(), chain->front()->key.get()) == 1;
    ERR_clear_error();
    return issued;
}

}  // namespace

class Service::InFlight {
public:
    InFlight(Service& service, const Serial& serial) : m_service(service), m_serial(serial) {
        std::unique_lock lock{service.m_flightMutex};
        service.m_landed.wait(lock, [&] { return !service.m_flying.contains(serial); });
        service.m_flying.insert(serial);
    }
    ~InFlight() {
        {
            const std::lock_guard lock{m_service.m_flightMutex};
            m_service.m_flying.erase(m_serial);
        }
        m_service.m_landed.notify_all();
    }
    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;

private:
    Service& m_service;
    const Serial m_serial;
};

Result<Serial> Service::reserve(const std::string& batch, const DeviceId& id, const std::string& job) {
    if (auto good = checkJob(job); !good) return good.error();
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    Serial serial = newSerial();
    if (const auto done = m_ledger.reserve(batch, id, job, serial); !done) return done.error();
    return serial;
}

Result<Leaf> Service::issue(const LeafIntent& intent) {
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    const InFlight flight{*this, intent.serial};
    const auto row = m_ledger.find(intent.serial);
    if (!row) return row.error();
    if (!*row) return Error{ErrorCode::SignerRefused, "the serial was not reserved here"};
    switch ((*row)->state) {
        case SerialState::Reserved:
            return issueOnce(intent, **keys);
        case SerialState::Issued:
            return issueAgain(intent, **row, **keys);
        case SerialState::Intended:
            // nothing is in flight with it: its result could not be written
            if (const auto noted = m_ledger.interrupted(intent.serial); !noted) return noted.error();
            break;
        case SerialState::Interrupted:
            break;
    }
    return Error{ErrorCode::IntentLost, "serial " + toHex(intent.serial)};
}

// The order is the promise: what will be signed is on disk before the key is used, the certificate before it is given out.
Result<Leaf> Service::issueOnce(const LeafIntent& intent, const Keys& keys) {
    const auto slot = m_ledger.permits(intent.batch, Mode::X509, intent.id);
    if (!slot) return slot.error();
    const auto ca = authority(keys, *slot);
    if (!ca) return ca.error();
    const auto draft = (*ca)->prepare(intent.id, intent.serial, intent.csr, m_clock());
    if (!draft) return draft.error();
    if (const auto known = rememberIssuer((*ca)->info()); !known) return known.error();
    if (const auto intended = m_ledger.intend(intent, *draft); !intended) return intended.error();

    auto certificate = (*ca)->sign(*draft);
    if (!certificate) {
        // it may have been signed, and is never signed again
        if (const auto noted = m_ledger.interrupted(intent.serial); !noted) return noted.error();
        return certificate.error();
    }
    if (const auto kept = m_ledger.issued(intent.serial, *certificate); !kept) return kept.error();
    return Leaf{std::move(*certificate), (*ca)->info().chainPem, *slot};
}

Result<Leaf> Service::issueAgain(const LeafIntent& intent, const SerialRow& row, const Keys& keys) const {
    const auto key = certifiedKey(intent.csr, intent.id);
    if (!key) return key.error();
    const bool same = row.batch == intent.batch && row.id == intent.id.text() && row.job == intent.job && row.keyHash == sha256(BytesView{*key});
    if (!same) return Error{ErrorCode::SignerRefused, "this serial was issued for another intent"};
    return leafOf(keys, row.slot, row.certificate);
}

Result<const CertificateAuthority*> Service::authority(const Keys& keys, Slot slot) {
    const auto found = keys.authorities.find(slot);
    if (found == keys.authorities.end()) return Error{ErrorCode::SignerRefused, "no " + std::string{name(slot)} + " CA is configured"};
    if (!found->second.info().usable) {
        return Error{ErrorCode::SignerRefused, "the " + std::string{name(slot)} + " CA cannot be used: " + found->second.info().problem};
    }
    return &found->second;
}

Result<void> Service::rememberIssuer(const CaInfo& ca) {
    const std::lock_guard lock{m_issuersMutex};
    if (m_issuers.contains(ca.sha256)) return {};
    auto done = m_ledger.rememberCa({ca.slot, ca.sha256, ca.chainPem});
    if (done) m_issuers.insert(ca.sha256);
    return done;
}

Result<Leaf> Service::leafOf(const Keys& keys, Slot slot, Bytes certificate) const {
    // a CA that has expired since still has its chain
    const auto now = keys.authorities.find(slot);
    if (now != keys.authorities.end() && issuedBy(certificate, now->second.info().chainPem)) {
        return Leaf{std::move(certificate), now->second.info().chainPem, slot};
    }
    const auto issuers = m_ledger.issuers();
    if (!issuers) return issuers.error();
    for (const FormerCa& ca : *issuers) {
        if (issuedBy(certificate, ca.chainPem)) return Leaf{std::move(certificate), ca.chainPem, slot};
    }
    return Error{ErrorCode::SignerRefused, "the CA that issued this leaf is not known any more"};
}

Result<void> Service::voidSerial(const Serial& serial) {
    const InFlight flight{*this, serial};
    return m_ledger.voidSerial(serial);
}

Result<SerialRecord> Service::serialRecord(const Serial& serial) {
    const InFlight flight{*this, serial};
    const auto row = m_ledger.find(serial);
    if (!row) return row.error();
    if (!*row) return SerialRecord{};
    const bool isVoid = (*row)->isVoid;
    switch ((*row)->state) {
        case SerialState::Reserved:
            return SerialRecord{SerialFate::Reserved, std::nullopt, isVoid};
        case SerialState::Intended:
        case SerialState::Interrupted:
            return SerialRecord{SerialFate::Interrupted, std::nullopt, isVoid};
        case SerialState::Issued:
            break;
    }
    const auto keys = m_vault.keys();
    if (!keys) return keys.error();
    auto leaf = leafOf(**keys, (*row)->slot, (*row)->certificate);
    if (!leaf) return leaf.error();
    return SerialRecord{SerialFate::Issued, std::move(*leaf), isVoid};
}

}  // namespace keystamp::hsm
