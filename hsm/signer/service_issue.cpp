// SPDX-License-Identifier: Apache-2.0
// Leaves: reserve, issue, and what became of a serial.
#include "hsm/signer/csr.h"
#include "hsm/signer/policy.h"
#include "hsm/signer/service.h"

namespace keystamp::hsm {

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
    if (const auto intended = m_ledger.intend(intent, *draft); !intended) return intended.error();

    auto certificate = (*ca)->sign(*draft);
    if (!certificate) {
        // it may have been signed, and is never signed again
        if (const auto noted = m_ledger.interrupted(intent.serial); !noted) return noted.error();
        return certificate.error();
    }
    if (const auto kept = m_ledger.issued(intent.serial, *certificate); !kept) return kept.error();
    return leafOf(keys, *slot, std::move(*certificate));
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

Result<Leaf> Service::leafOf(const Keys& keys, Slot slot, Bytes certificate) {
    // a CA that has expired since still has its chain
    const auto found = keys.authorities.find(slot);
    if (found == keys.authorities.end()) return Error{ErrorCode::SignerRefused, "no " + std::string{name(slot)} + " CA is configured"};
    return Leaf{std::move(certificate), found->second.info().chainPem, slot};
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
