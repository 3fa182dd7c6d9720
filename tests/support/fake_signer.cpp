// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_signer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/id_pattern.h"
#include "tests/support/crypto.h"
#include "tests/support/scripted_fault.h"

namespace keystamp::test {
using hsm::SerialFate;
using When = SignerFault::When;

namespace {

// The group keys of Microsoft's published samples.
constexpr const char* kPrimaryGroupKey =
    "8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==";
constexpr const char* kSecondaryGroupKey =
    "oiK77Oy7rBw8YB6IS6ukRChAw+Yq6GC61RMrPLSTiOOtdI+XDu0LmLuNm11p+qv2I+adqGUdZHm46zXAQdZoOA==";

Error asError(const SignerFault& fault) { return Error{fault.code, "scripted", 0, "fake signer"}; }

bool sameGrant(const hsm::Grant& one, const hsm::Grant& other) {
    return one.mode == other.mode && one.slot == other.slot && one.cap == other.cap && one.pattern == other.pattern &&
           one.first == other.first && one.last == other.last && one.ids == other.ids;
}

}  // namespace

FakeSigner::FakeSigner() : m_root(newRoot("fake root")), m_auditKey(newKey()) {
    m_cas[Slot::Primary] = newIntermediate(m_root, "fake primary");
    m_cas[Slot::Secondary] = newIntermediate(m_root, "fake secondary");
    m_groupKeys[Slot::Primary] = *fromBase64(kPrimaryGroupKey);
    m_groupKeys[Slot::Secondary] = *fromBase64(kSecondaryGroupKey);
}

hsm::Authority FakeSigner::authority() const {
    return {supervisors.begin()->first, Secret::copyOf(supervisors.begin()->second)};
}

const SignerFault* FakeSigner::struck(SignerCall call) {
    calls.push_back(call);
    return strike(faults, call);
}

Result<void> FakeSigner::ready() const {
    if (!loggedIn) return Error{ErrorCode::PinNeeded, "fake signer"};
    return {};
}

Result<void> FakeSigner::permits(const std::string& batch, Mode mode, const DeviceId& id) const {
    const auto refused = Error{ErrorCode::NotGranted, batch + ", " + id.text()};
    const auto grant = m_grants.find(batch);
    if (grant == m_grants.end() || grant->second.mode != mode) return refused;
    if (grant->second.pattern.empty()) {
        const auto& ids = grant->second.ids;
        return std::find(ids.begin(), ids.end(), id) != ids.end() ? Result<void>{} : Result<void>{refused};
    }
    const auto pattern = IdPattern::parse(grant->second.pattern);
    const auto number = pattern ? pattern->numberOf(id) : std::nullopt;
    if (!number || *number < grant->second.first || *number > grant->second.last) return refused;
    return {};
}

Result<void> FakeSigner::knows(const hsm::Authority& authority) const {
    const auto supervisor = supervisors.find(authority.supervisor);
    if (supervisor == supervisors.end() || !authority.passphrase.equals(Secret::copyOf(supervisor->second))) {
        return Error{ErrorCode::PassphraseWrong, authority.supervisor};
    }
    return {};
}

Result<hsm::SignerStatus> FakeSigner::status() {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::Status)) return asError(*fault);
    hsm::SignerStatus status;
    status.loggedIn = loggedIn;
    status.demo = true;
    status.supervised = !supervisors.empty();
    status.state = loggedIn ? "ready" : "pin-needed";
    status.tokenLabel = "keystamp-demo-fake";
    status.module = "fake";
    status.active = m_active;
    status.profile = {std::chrono::days(3650), std::chrono::hours(24), "Acme", {"clientAuth"}, {"P-256", "RSA-2048"}};
    status.rootPem = toPem(m_root.certificate);
    status.sealingKeyWanted = status.sealingKey = true;
    if (loggedIn) status.auditKeyPem = publicKeyPem(m_auditKey);
    for (const auto& [slot, ca] : m_cas) {
        hsm::CaInfo info;
        info.slot = slot;
        info.usable = loggedIn;
        info.subject = slot == Slot::Primary ? "CN=fake primary" : "CN=fake secondary";
        info.keyType = "EC P-256";
        info.certificate = ca.certificate;
        info.chainPem = toPem(ca.certificate);
        info.sha256 = sha256(ca.certificate);
        info.notBefore = utcNow() - std::chrono::hours(1);
        info.notAfter = utcNow() + std::chrono::days(7200);
        info.groupKey = m_groupKeys.contains(slot);
        if (const auto half = m_halves.find(slot); half != m_halves.end()) info.heldHalf = half->second.number;
        status.slots.push_back(std::move(info));
    }
    return status;
}

Result<void> FakeSigner::login(const Secret& given) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::Login)) return asError(*fault);
    if (loggedIn) return {};
    ++logins;
    if (!given.equals(Secret::copyOf(pin))) return Error{ErrorCode::PinWrong, "", 0xa0, "C_Login"};
    loggedIn = true;
    return {};
}

Result<void> FakeSigner::enrolFirstSupervisor(const hsm::Authority& first) {
    const std::lock_guard lock(m_mutex);
    const auto* fault = struck(SignerCall::EnrolFirst);
    if (fault != nullptr && fault->when != When::After) return asError(*fault);
    if (first.supervisor.empty()) return Error{ErrorCode::BadUsage, "no name"};
    if (first.passphrase.size() < hsm::kShortestPassphrase) return Error{ErrorCode::BadUsage, "too short"};
    if (!supervisors.empty() && !knows(first)) return Error{ErrorCode::SupervisorExists, {}};
    supervisors[first.supervisor] = std::string{first.passphrase.text()};
    if (fault != nullptr) return asError(*fault);
    return {};
}

// As the signer's policy: the keys of a pattern could not have been imported.
Result<void> FakeSigner::openGrant(const hsm::Grant& grant, const hsm::Authority& authority) {
    if (grant.mode == Mode::Imported && grant.ids.empty()) return Error{ErrorCode::BadUsage, "imported keys need a list of IDs"};
    const std::lock_guard lock(m_mutex);
    const auto* fault = struck(SignerCall::OpenGrant);
    if (fault != nullptr && fault->when != When::After) return asError(*fault);
    if (const auto known = knows(authority); !known) return known;
    const auto [at, fresh] = m_grants.try_emplace(grant.batch, grant);
    if (!fresh && !sameGrant(at->second, grant)) return Error{ErrorCode::SignerRefused, grant.batch + " was granted otherwise"};
    if (fault != nullptr) return asError(*fault);
    return {};
}

Result<void> FakeSigner::extendGrant(const hsm::Grant& grant, const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    const auto* fault = struck(SignerCall::ExtendGrant);
    if (fault != nullptr && fault->when != When::After) return asError(*fault);
    if (const auto known = knows(authority); !known) return known;
    const auto at = m_grants.find(grant.batch);
    if (at == m_grants.end()) return Error{ErrorCode::NotGranted, grant.batch};
    const hsm::Grant& before = at->second;
    const bool within = std::all_of(before.ids.begin(), before.ids.end(), [&](const DeviceId& id) {
        return std::find(grant.ids.begin(), grant.ids.end(), id) != grant.ids.end();
    });
    if (!within || grant.mode != before.mode || grant.slot != before.slot || grant.pattern != before.pattern || grant.first != before.first ||
        grant.cap < before.cap || grant.last < before.last) {
        return Error{ErrorCode::SignerRefused, grant.batch + " was granted otherwise"};
    }
    const auto awaited = m_extensions.find(grant.batch);
    const bool again = sameGrant(before, grant) || (awaited != m_extensions.end() && sameGrant(awaited->second.grant, grant));
    if (!again) {
        if (awaited != m_extensions.end() && !std::all_of(awaited->second.grant.ids.begin(), awaited->second.grant.ids.end(), [&](const DeviceId& id) {
                return std::find(grant.ids.begin(), grant.ids.end(), id) != grant.ids.end();
            })) {
            return Error{ErrorCode::SignerRefused, "another extension of " + grant.batch + " waits"};
        }
        if (supervisors.size() < 2) return Error{ErrorCode::SecondSupervisor, authority.supervisor + " is the only one"};
        m_extensions[grant.batch] = {grant, authority.supervisor};
    }
    if (fault != nullptr) return asError(*fault);
    return {};
}

Result<void> FakeSigner::releaseGrant(const std::string& batch, std::uint64_t cap, const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    const auto* fault = struck(SignerCall::ReleaseGrant);
    if (fault != nullptr && fault->when != When::After) return asError(*fault);
    if (const auto known = knows(authority); !known) return known;
    const auto at = m_grants.find(batch);
    if (at == m_grants.end()) return Error{ErrorCode::NotGranted, batch};
    const auto awaited = m_extensions.find(batch);
    if (awaited != m_extensions.end() || at->second.cap != cap) {
        if (awaited == m_extensions.end() || awaited->second.grant.cap != cap) return Error{ErrorCode::SignerRefused, "nothing waits for " + batch};
        if (awaited->second.supervisor == authority.supervisor) return Error{ErrorCode::SecondSupervisor, authority.supervisor};
        at->second = awaited->second.grant;
        m_extensions.erase(awaited);
    }
    if (fault != nullptr) return asError(*fault);
    return {};
}

Result<void> FakeSigner::supervisorActs(const std::string& act, const std::string&, const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::SupervisorActs)) return asError(*fault);
    const auto begins = [&](const char* kind) { return act.starts_with(kind); };
    if (!begins("unit-") && !begins("batch-") && !begins("journal-") && !begins("person-")) return Error{ErrorCode::BadUsage, act};
    return knows(authority);
}

std::uint64_t FakeSigner::intents(const std::string& batch) const {
    return static_cast<std::uint64_t>(std::count_if(m_ledger.begin(), m_ledger.end(), [&](const auto& entry) {
        const Row& row = entry.second;
        return row.batch == batch && (row.fate == SerialFate::Issued || row.fate == SerialFate::Interrupted);
    }));
}

Result<void> FakeSigner::idFree(const std::string& batch, const std::string& id) const {
    std::uint64_t intents = 0;
    for (const auto& [serial, row] : m_ledger) {
        if (row.id != id) continue;
        if (row.fate == SerialFate::Issued && !row.isVoid) return Error{ErrorCode::SignerRefused, id + " has a live certificate"};
        if (row.batch == batch && row.fate != SerialFate::Reserved) ++intents;
    }
    if (intents >= 8) return Error{ErrorCode::CapReached, id};
    return {};
}

Result<hsm::Serial> FakeSigner::reserve(const std::string& batch, const DeviceId& id, const std::string& job) {
    const std::lock_guard lock(m_mutex);
    const auto* fault = struck(SignerCall::Reserve);
    if (fault != nullptr && fault->when != When::After) return asError(*fault);
    if (const auto good = ready(); !good) return good.error();
    if (const auto good = permits(batch, Mode::X509, id); !good) return good.error();
    if (intents(batch) >= m_grants[batch].cap) return Error{ErrorCode::CapReached, batch};
    if (const auto good = idFree(batch, id.text()); !good) return good.error();
    hsm::Serial serial = randomBytes(16);
    serial.front() = static_cast<std::uint8_t>((serial.front() & 0x7f) | 0x40);  // positive, no leading zero
    m_ledger[serial] = Row{batch, id.text(), job, SerialFate::Reserved, {}, {}, false, m_ledger.size() + 1};
    if (fault != nullptr) return asError(*fault);
    return serial;
}

bool FakeSigner::keySeen(const Row& row, const hsm::Serial& serial, const Bytes& publicKey) const {
    return std::any_of(m_ledger.begin(), m_ledger.end(), [&](const auto& entry) {
        const auto& [otherSerial, other] = entry;
        if (otherSerial == serial || other.publicKey != publicKey) return false;
        // a board keeps its pending key when the signature for it was interrupted
        return !(other.fate == SerialFate::Interrupted && other.batch == row.batch && other.id == row.id);
    });
}

Result<hsm::Leaf> FakeSigner::issue(const hsm::LeafIntent& intent) {
    const std::lock_guard lock(m_mutex);
    const auto* fault = struck(SignerCall::Issue);
    if (fault != nullptr && fault->when == When::Before) return asError(*fault);
    if (const auto good = ready(); !good) return good.error();
    if (const auto good = permits(intent.batch, Mode::X509, intent.id); !good) return good.error();
    const auto at = m_ledger.find(intent.serial);
    if (at == m_ledger.end()) return Error{ErrorCode::SignerRefused, "that serial was never reserved"};
    Row& row = at->second;
    if (row.batch != intent.batch || row.id != intent.id.text() || row.job != intent.job) {
        return Error{ErrorCode::SignerRefused, "that serial was reserved for something else"};
    }
    const Bytes publicKey = publicKeyOfCsr(intent.csr);
    if (publicKey.empty()) return Error{ErrorCode::CsrRefused, "it does not verify"};
    const std::string commonName = commonNameOfCsr(intent.csr);
    if (!commonName.empty() && commonName != intent.id.text()) return Error{ErrorCode::CsrRefused, "CN is " + commonName};
    if (row.fate != SerialFate::Reserved && row.publicKey != publicKey) {
        return Error{ErrorCode::SignerRefused, "that serial was intended for another key"};
    }
    if (row.fate == SerialFate::Interrupted) return Error{ErrorCode::IntentLost, toHex(intent.serial)};
    if (row.fate == SerialFate::Reserved) {
        if (keySeen(row, intent.serial, publicKey)) return Error{ErrorCode::KeySeenBefore, toHex(sha256(publicKey))};
        if (row.isVoid) return Error{ErrorCode::SignerRefused, "that serial is void"};
        if (const auto good = idFree(intent.batch, row.id); !good) return good.error();
        if (intents(intent.batch) >= m_grants[intent.batch].cap) return Error{ErrorCode::CapReached, intent.batch};
        row.publicKey = publicKey;
        row.fate = SerialFate::Interrupted;
        if (fault != nullptr && fault->when == When::Between) return asError(*fault);
        const Slot slot = m_grants[intent.batch].slot;
        const FakeCa& ca = m_cas.at(slot);
        row.leaf = hsm::Leaf{newLeaf(ca, intent.serial, intent.id.text(), publicKey), toPem(ca.certificate), slot};
        row.fate = SerialFate::Issued;
        ++m_purposes["leaf"];
    }
    if (fault != nullptr) return asError(*fault);
    return row.leaf;
}

Result<hsm::SerialRecord> FakeSigner::serialRecord(const hsm::Serial& serial) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::SerialRecord)) return asError(*fault);
    const auto at = m_ledger.find(serial);
    if (at == m_ledger.end()) return hsm::SerialRecord{};
    hsm::SerialRecord record{at->second.fate, {}, at->second.isVoid};
    if (record.fate == SerialFate::Issued) record.leaf = at->second.leaf;
    return record;
}

Result<void> FakeSigner::voidSerial(const hsm::Serial& serial) {
    const std::lock_guard lock(m_mutex);
    const auto* fault = struck(SignerCall::VoidSerial);
    if (fault != nullptr && fault->when != When::After) return asError(*fault);
    const auto at = m_ledger.find(serial);
    if (at == m_ledger.end()) return Error{ErrorCode::SignerRefused, "that serial was never reserved"};
    at->second.isVoid = true;
    if (fault != nullptr) return asError(*fault);
    return {};
}

Result<hsm::DerivedKey> FakeSigner::keyFor(const DeviceId& id, Slot slot, const char* purpose) {
    const auto key = m_groupKeys.find(slot);
    if (key == m_groupKeys.end()) return Error{ErrorCode::KeyMissing, std::string{name(slot)} + " group key"};
    ++m_purposes[purpose];
    return hsm::DerivedKey{Secret::copyOf(hmacSha256(key->second, asBytes(id.text()))), slot};
}

Result<hsm::DerivedKey> FakeSigner::derive(const std::string& batch, const DeviceId& id, const std::string&) {
    const std::lock_guard lock(m_mutex);
    const auto* fault = struck(SignerCall::Derive);
    if (fault != nullptr && fault->when != When::After) return asError(*fault);
    if (const auto good = ready(); !good) return good.error();
    if (const auto good = permits(batch, Mode::Sas, id); !good) return good.error();
    auto& derived = m_derived[batch];
    if (!derived.contains(id.text()) && derived.size() >= m_grants[batch].cap) return Error{ErrorCode::CapReached, batch};
    auto key = keyFor(id, m_grants[batch].slot, "derive");
    if (!key) return key;
    derived.insert(id.text());
    if (fault != nullptr) return asError(*fault);
    return key;
}

Result<void> FakeSigner::sealKeys(const std::string& batch, const std::vector<hsm::ImportedKey>& keys) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::SealKeys)) return asError(*fault);
    if (const auto good = ready(); !good) return good;
    if (keys.empty() || keys.size() > hsm::kMostKeysAtOnce) return Error{ErrorCode::BadUsage, "too many keys at once, or none"};
    auto held = m_imported[batch];
    for (const hsm::ImportedKey& one : keys) {
        if (one.key.size() < hsm::kShortestKey || one.key.size() > hsm::kLongestKey) return Error{ErrorCode::BadUsage, "no device key"};
        const auto awaited = m_extensions.find(batch);
        const bool waits = awaited != m_extensions.end() &&
                           std::find(awaited->second.grant.ids.begin(), awaited->second.grant.ids.end(), one.id) != awaited->second.grant.ids.end();
        if (const auto good = permits(batch, Mode::Imported, one.id); !good && !waits) return good;
        const auto [before, fresh] = held.try_emplace(one.id.text(), Imported{sha256(one.key.view()), toBytes(one.key.view())});
        if (!fresh && before->second.hash != sha256(one.key.view())) return Error{ErrorCode::SignerRefused, "another key was imported"};
    }
    m_imported[batch] = std::move(held);
    return {};
}

Result<hsm::DerivedKey> FakeSigner::unseal(const std::string& batch, const DeviceId& id, const std::string&) {
    const std::lock_guard lock(m_mutex);
    const auto* fault = struck(SignerCall::Unseal);
    if (fault != nullptr && fault->when != When::After) return asError(*fault);
    if (const auto good = ready(); !good) return good.error();
    if (const auto good = permits(batch, Mode::Imported, id); !good) return good.error();
    const auto held = m_imported[batch].find(id.text());
    if (held == m_imported[batch].end()) return Error{ErrorCode::NotGranted, "no key was imported for " + id.text()};
    if (held->second.key.empty()) return Error{ErrorCode::SignerRefused, "the imported key of " + id.text() + " is gone"};
    auto& used = m_derived[batch];
    if (!used.contains(id.text()) && used.size() >= m_grants[batch].cap) return Error{ErrorCode::CapReached, batch};
    used.insert(id.text());
    if (fault != nullptr) return asError(*fault);
    return hsm::DerivedKey{Secret::copyOf(BytesView{held->second.key}), m_grants[batch].slot};
}

Result<void> FakeSigner::forgetKeys(const std::string& batch, const std::vector<DeviceId>& ids) {
    const std::lock_guard lock(m_mutex);
    const auto* fault = struck(SignerCall::ForgetKeys);
    if (fault != nullptr && fault->when != When::After) return asError(*fault);
    const auto grant = m_grants.find(batch);
    if (grant == m_grants.end() || grant->second.mode != Mode::Imported) return Error{ErrorCode::NotGranted, batch};
    for (const DeviceId& id : ids) {
        if (const auto held = m_imported[batch].find(id.text()); held != m_imported[batch].end()) held->second.key.clear();
    }
    if (fault != nullptr) return asError(*fault);
    return {};
}

Result<std::vector<DeviceId>> FakeSigner::heldKeys(const std::string& batch) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::HeldKeys)) return asError(*fault);
    const auto grant = m_grants.find(batch);
    if (grant == m_grants.end() || grant->second.mode != Mode::Imported) return Error{ErrorCode::NotGranted, batch};
    std::vector<DeviceId> ids;
    for (const auto& [id, imported] : m_imported[batch]) {
        if (!imported.key.empty()) ids.push_back(std::move(DeviceId::parse(id)).value());
    }
    return ids;
}

Result<std::vector<hsm::DerivedKey>> FakeSigner::deriveFor(const std::vector<DeviceId>& ids, const std::vector<Slot>& slots,
                                                           const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::DeriveFor)) return asError(*fault);
    if (ids.empty() || ids.size() > hsm::kMostDerivedAtOnce || slots.empty()) return Error{ErrorCode::BadUsage, "too many IDs at once, or none"};
    if (const auto good = ready(); !good) return good.error();
    if (const auto known = knows(authority); !known) return known.error();
    std::vector<hsm::DerivedKey> made;
    for (const DeviceId& id : ids) {
        for (const Slot slot : slots) {
            auto key = keyFor(id, slot, "derive-for");
            if (!key) return key.error();
            made.push_back(std::move(*key));
        }
    }
    return made;
}

Result<Bytes> FakeSigner::proveCa(const std::string& code, Slot slot, const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::ProveCa)) return asError(*fault);
    if (const auto good = ready(); !good) return good.error();
    const bool printable = std::all_of(code.begin(), code.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (code.empty() || code.size() > 64 || !printable) return Error{ErrorCode::BadUsage, "a code of 1 to 64 characters"};
    if (const auto known = knows(authority); !known) return known.error();
    ++m_purposes["prove"];
    return newVerification(m_cas.at(slot), randomBytes(15), code);
}

Result<void> FakeSigner::importGroupKey(Slot slot, const Secret& key, bool replace, const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::ImportGroupKey)) return asError(*fault);
    if (const auto good = ready(); !good) return good;
    if (const auto known = knows(authority); !known) return known;
    if (key.size() < 16 || key.size() > 64) return Error{ErrorCode::BadUsage, "a group key has 16 to 64 bytes"};
    if (m_groupKeys.contains(slot) && !replace) return Error{ErrorCode::SignerRefused, "there is one already"};
    m_groupKeys[slot] = toBytes(key.view());
    return {};
}

Result<void> FakeSigner::importWrappedGroupKey(Slot, const Bytes&, bool, const hsm::Authority&) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::ImportWrapped)) return asError(*fault);
    if (const auto good = ready(); !good) return good;
    return Error{ErrorCode::SignerRefused, "no wrapping key is configured"};
}

Result<hsm::HalfTaken> FakeSigner::importGroupKeyHalf(Slot slot, int half, const Secret& share, bool replace,
                                                      const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::ImportHalf)) return asError(*fault);
    if (const auto good = ready(); !good) return good.error();
    if (const auto known = knows(authority); !known) return known.error();
    if ((half != 1 && half != 2) || share.size() < 16 || share.size() > 64) return Error{ErrorCode::BadUsage, "no half"};
    if (m_groupKeys.contains(slot) && !replace) return Error{ErrorCode::SignerRefused, "there is one already"};
    const auto held = m_halves.find(slot);
    const bool again = held != m_halves.end() && held->second.number == half;
    if (held == m_halves.end() || (again && held->second.supervisor == authority.supervisor)) {
        m_halves[slot] = Half{half, toBytes(share.view()), authority.supervisor};
        return hsm::HalfTaken{false, 3 - half, std::chrono::minutes(15)};
    }
    if (again || held->second.supervisor == authority.supervisor) return Error{ErrorCode::SignerRefused, "two halves, two people"};
    Bytes key = held->second.share;
    if (key.size() != share.size() || key == toBytes(share.view())) return Error{ErrorCode::BadUsage, "they do not fit each other"};
    for (std::size_t at = 0; at < key.size(); ++at) key[at] = static_cast<std::uint8_t>(key[at] ^ share.view()[at]);
    m_groupKeys[slot] = std::move(key);
    m_halves.erase(slot);
    return hsm::HalfTaken{true, 0, {}};
}

Result<hsm::CaRequested> FakeSigner::requestCa(const hsm::CaRequest& request, const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::RequestCa)) return asError(*fault);
    if (const auto good = ready(); !good) return good.error();
    if (!request.subject.empty()) return Error{ErrorCode::BadUsage, "its key has a certificate and keeps that name"};
    if (const auto known = knows(authority); !known) return known.error();
    const std::string commonName = "fake " + std::string{name(request.slot)};
    ++m_purposes["ca-request"];
    return hsm::CaRequested{newCsr(m_cas.at(request.slot).key, commonName), "CN=" + commonName, "EC P-256", "fake", false};
}

Result<void> FakeSigner::installCa(Slot slot, const std::string& chainPem, const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::InstallCa)) return asError(*fault);
    if (const auto good = ready(); !good) return good;
    // all that it can tell: whether it is the certificate that the slot's key has
    if (chainPem != toPem(m_cas.at(slot).certificate)) return Error{ErrorCode::ChainRefused, "it is not for this slot's key"};
    return knows(authority);
}

Result<hsm::Crl> FakeSigner::signCrl(Slot slot, const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::SignCrl)) return asError(*fault);
    if (const auto good = ready(); !good) return good.error();
    if (const auto known = knows(authority); !known) return known.error();
    const auto revoked = std::count_if(m_ledger.begin(), m_ledger.end(), [&](const auto& one) {
        const Row& row = one.second;
        return row.fate == SerialFate::Interrupted || (row.isVoid && row.fate == SerialFate::Issued && row.leaf.slot == slot);
    });
    const std::uint64_t number = ++m_purposes["crl"];
    return hsm::Crl{newCrl(m_cas.at(slot)), number, static_cast<std::uint64_t>(revoked), utcNow() + std::chrono::hours{24 * 30}};
}

Result<void> FakeSigner::rollTo(Slot slot, const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::RollTo)) return asError(*fault);
    if (const auto good = ready(); !good) return good;
    if (!m_groupKeys.contains(slot) && m_groupKeys.contains(m_active)) return Error{ErrorCode::SignerRefused, "it has no group key"};
    if (const auto known = knows(authority); !known) return known;
    m_active = slot;
    return {};
}

Result<hsm::SignedCheckpoint> FakeSigner::signCheckpoint(const TreeHead& head, const std::vector<Digest>& proof) {
    const std::lock_guard lock(m_mutex);
    const auto* fault = struck(SignerCall::SignCheckpoint);
    if (fault != nullptr && fault->when != When::After) return asError(*fault);
    if (const auto good = ready(); !good) return good.error();
    const bool sameLog = !m_checkpoint || m_checkpoint->head.origin == head.origin;
    const std::uint64_t oldSize = m_checkpoint ? m_checkpoint->head.size : 0;
    const Digest oldRoot = m_checkpoint ? m_checkpoint->head.root : MerkleFrontier{}.root();
    if (!sameLog || !isExtension(oldSize, oldRoot, head.size, head.root, proof)) {
        return Error{ErrorCode::RecordsAltered, "this is no extension of the last checkpoint"};
    }
    m_checkpoint = hsm::SignedCheckpoint{head, signWith(m_auditKey, asBytes(checkpointText(head)))};
    ++m_purposes["checkpoint"];
    if (fault != nullptr) return asError(*fault);
    return *m_checkpoint;
}

Result<std::optional<hsm::SignedCheckpoint>> FakeSigner::lastCheckpoint() {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::LastCheckpoint)) return asError(*fault);
    return m_checkpoint;
}

Result<hsm::SignedCheckpoint> FakeSigner::signSetBackLog(const TreeHead& head, const hsm::LogRow& admission,
                                                         const hsm::Authority& authority) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::SignSetBackLog)) return asError(*fault);
    if (const auto good = ready(); !good) return good.error();
    if (!m_checkpoint) return Error{ErrorCode::BadUsage, "no checkpoint was signed yet"};
    const TreeHead last = m_checkpoint->head;
    if (last.origin != head.origin) return Error{ErrorCode::RecordsAltered, "this is another log"};
    const bool stands = admission.number > 0 && isIncluded(merkleLeaf(asBytes(admission.line)), admission.number - 1, head.size, head.root, admission.path);
    const nlohmann::json row = nlohmann::json::parse(admission.line, nullptr, false);
    const bool honest = row.is_object() && row.value("n", std::uint64_t{0}) == admission.number && row.value("kind", "") == "journal-reconcile" &&
                        row.value("who", "") == authority.supervisor && row.value("reason", " ").find_first_not_of(' ') != std::string::npos &&
                        row.value("checkpoint", nlohmann::json{}) == nlohmann::json{{"size", last.size}, {"root", toBase64(last.root)}};
    if (!stands || !honest) return Error{ErrorCode::SignerRefused, "the row does not say what was lost"};
    if (const auto allowed = knows(authority); !allowed) return allowed.error();
    m_checkpoint = hsm::SignedCheckpoint{head, signWith(m_auditKey, asBytes(checkpointText(head)))};
    ++m_purposes["checkpoint"];
    return *m_checkpoint;
}

Result<std::vector<hsm::Issuance>> FakeSigner::issuances(const std::string& batch, std::uint64_t after) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::Issuances)) return asError(*fault);
    const auto grant = m_grants.find(batch);
    if (grant == m_grants.end()) return Error{ErrorCode::NotGranted, batch};
    std::vector<hsm::Issuance> found;
    for (const auto& [serial, row] : m_ledger) {
        if (row.batch != batch || row.number <= after || row.fate == SerialFate::Reserved) continue;
        found.push_back({row.number, *DeviceId::parse(row.id), row.job, grant->second.slot, serial, sha256(BytesView{row.publicKey}),
                         row.leaf.certificate, row.isVoid});
    }
    std::uint64_t number = 0;
    for (const std::string& id : m_derived[batch]) {
        if (++number > after) found.push_back({number, *DeviceId::parse(id), "", grant->second.slot, {}, {}, {}, false});
    }
    std::sort(found.begin(), found.end(), [](const auto& one, const auto& other) { return one.number < other.number; });
    if (found.size() > hsm::kIssuancesAtOnce) found.erase(found.begin() + hsm::kIssuancesAtOnce, found.end());
    return found;
}

Result<std::vector<std::string>> FakeSigner::usedBatches() {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::UsedBatches)) return asError(*fault);
    std::set<std::string> names;
    for (const auto& [serial, row] : m_ledger) {
        if (row.fate != SerialFate::Reserved) names.insert(row.batch);
    }
    for (const auto& [batch, ids] : m_derived) {
        if (!ids.empty()) names.insert(batch);
    }
    return std::vector<std::string>(names.begin(), names.end());
}

Result<Bytes> FakeSigner::signManifest(const std::string& json) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::SignManifest)) return asError(*fault);
    if (const auto good = ready(); !good) return good.error();
    const auto refused = [](const char* why) { return Error{ErrorCode::SignerRefused, why}; };
    const auto manifest = nlohmann::json::parse(json, nullptr, false);
    if (!manifest.is_object() || manifest.value("format", nlohmann::json{}) != 1) return refused("not a manifest of format 1");
    if (!m_checkpoint) return refused("no checkpoint was signed yet");
    const auto named = manifest.value("checkpoint", nlohmann::json::object());
    const auto root = named.value("root", nlohmann::json{});
    const bool fits = named.is_object() && named.value("origin", nlohmann::json{}) == m_checkpoint->head.origin &&
                      named.value("size", nlohmann::json{}) == m_checkpoint->head.size &&
                      (root == toBase64(m_checkpoint->head.root) || root == toHex(m_checkpoint->head.root));
    if (!fits) return refused("it does not name the last checkpoint");
    if (!m_grants.contains(manifest.value("batch", ""))) return Error{ErrorCode::NotGranted, manifest.value("batch", "")};
    ++m_purposes["manifest"];
    return signWith(m_auditKey, asBytes(json));
}

Result<hsm::LedgerCounts> FakeSigner::counts(const std::string& batch) {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::Counts)) return asError(*fault);
    const auto grant = m_grants.find(batch);
    if (grant == m_grants.end()) return Error{ErrorCode::NotGranted, batch};
    hsm::LedgerCounts counts;
    counts.cap = grant->second.cap;
    if (const auto awaited = m_extensions.find(batch); awaited != m_extensions.end()) counts.awaited = awaited->second.grant.cap;
    for (const auto& [serial, row] : m_ledger) {
        if (row.batch != batch) continue;
        ++counts.reserved;
        if (row.fate == SerialFate::Issued) ++counts.issued;
        if (row.fate == SerialFate::Interrupted) ++counts.interrupted;
    }
    counts.intents = counts.issued + counts.interrupted;
    (grant->second.mode == Mode::Imported ? counts.imported : counts.derived) = m_derived[batch].size();
    for (const auto& [id, imported] : m_imported[batch]) counts.held += imported.key.empty() ? 0 : 1;
    return counts;
}

Result<std::map<std::string, std::uint64_t>> FakeSigner::signaturesByPurpose() {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::Signatures)) return asError(*fault);
    return m_purposes;
}

Result<void> FakeSigner::selfTest() {
    const std::lock_guard lock(m_mutex);
    if (const auto* fault = struck(SignerCall::SelfTest)) return asError(*fault);
    ++m_purposes["self-test"];
    return ready();
}

}  // namespace keystamp::test
