// SPDX-License-Identifier: Apache-2.0
// RESERVED to ISSUED.
#include <algorithm>
#include <chrono>

#include "station/workflow/job_steps.h"
#include "station/workflow/key_source.h"

namespace keystamp::workflow {
using db::KeyOrigin;
using db::UnitState;
namespace {
constexpr std::chrono::seconds kLongWait{2};  // a signature takes milliseconds
}  // namespace

Result<void> Job::provision(std::optional<DeviceId> id) {
    if (auto blank = mayBeWritten(); !blank) {
        // a finished board on a fixture: perhaps its lock is still owed
        lockOnSight(*m_board, m_info, m_bench.journal, m_order.stepLimit);
        return blank;
    }
    if (auto can = canShow(); !can) return can;
    if (auto reserved = reserve(std::move(id)); !reserved) return reserved;
    if (auto dropped = dropSpentKey(); !dropped) return dropped;
    if (auto good = goOn(); !good) return good;
    const db::Batch& batch = m_order.batch;
    if (const auto begun = m_board->begin(kind(), m_unit->id, batch.scopeId, step()); !begun) return orSwapped(begun.error());
    return batch.mode == Mode::X509 ? issueLeaf() : issueKey();
}

Result<void> Job::canShow() const {
    return suffices(m_info.proves           ? db::Evidence::Proof
                    : m_info.accepted       ? db::Evidence::Accepted
                    : m_info.showsByReading ? db::Evidence::ReadBack
                                            : db::Evidence::Digest);
}

Result<void> Job::suffices(db::Evidence shown) const {
    const db::Batch& batch = m_order.batch;
    if (db::suffices(shown, batch.required)) return {};
    return Error{ErrorCode::EvidenceTooWeak, "batch " + batch.name + " requires " + std::string{name(batch.required)} + "; " + m_info.family + " with driver " +
                                                 m_order.driver + " is shown by " + std::string{name(shown)} + " at most"};
}

Result<void> Job::reserve(std::optional<DeviceId> id) {
    db::Reservation wanted;
    wanted.batch = m_order.batch.name;
    wanted.id = std::move(id);
    wanted.scan = m_order.scan;
    wanted.uid = m_info.uid;
    wanted.fixture = m_order.fixture;
    wanted.job = m_name;
    wanted.origin = m_info.makesKeys ? KeyOrigin::Board : KeyOrigin::Station;  // of a leaf's key; the journal knows who makes the others
    wanted.family = m_info.family;
    wanted.firmware = m_info.firmware;
    wanted.who = m_order.who;
    auto unit = m_bench.journal.reserve(wanted);
    if (!unit) {
        if (unit.error().code != ErrorCode::BoardHoldsOtherId) return unit.error();
        // Only RESERVED by an earlier job that could not clear up after itself: nothing was asked for in its name.
        const auto other = m_bench.journal.liveUnitOfBoard(m_info.uid);
        if (!other || !*other || (*other)->state != UnitState::Reserved) return unit.error();
        if (auto gone = m_bench.journal.voidUnit((*other)->number, "left behind", voidedBy()); !gone) return gone;
        unit = m_bench.journal.reserve(wanted);
        if (!unit) return unit.error();
    }
    m_unit = *std::move(unit);
    reached(UnitState::Reserved);
    return {};
}

/// A pending key that a voided unit was issued for would be refused by the signer as seen before: the board makes another.
Result<void> Job::dropSpentKey() {
    if (!m_info.pendingKey || m_order.batch.mode != Mode::X509) return {};
    const auto units = m_bench.journal.history(m_unit->id);
    if (!units) return units.error();
    const bool spent = std::any_of(units->begin(), units->end(), [&](const db::Unit& unit) {
        return unit.number != m_unit->number && unit.keyHash == *m_info.pendingKey;
    });
    if (!spent) return {};
    if (auto good = goOn(); !good) return good;
    if (const auto erased = m_board->erase(step()); !erased) return orSwapped(erased.error());
    m_info.pendingKey.reset();
    m_info.credential.reset();
    return {};
}

/// The signer gives an ID one certificate until it is told that it is void. Told here rather than where a unit is voided: a
/// station that dies between the two would never issue for that ID again.
Result<void> Job::tellWhatIsVoid() {
    const auto units = m_bench.journal.history(m_unit->id);
    if (!units) return units.error();
    for (const db::Unit& unit : *units) {
        if (unit.state != UnitState::Void || unit.serial.empty()) continue;
        if (auto told = m_bench.signer.voidSerial(unit.serial); !told) return told;
    }
    return {};
}

Result<void> Job::issueLeaf() {
    Bytes csr;
    Secret privateKey;
    if (m_unit->origin == KeyOrigin::Board) {
        if (auto good = goOn(); !good) return good;
        auto made = m_board->makeKey(step());
        if (!made) return orSwapped(made.error());
        csr = *std::move(made);
    } else {
        auto made = makeStationKey(m_unit->id);
        if (!made) return made.error();
        csr = std::move(made->csr);
        privateKey = std::move(made->pkcs8);
    }
    const auto keyHash = keyHashOfCsr(csr);
    if (!keyHash) return keyHash.error();
    if (auto good = goOn(); !good) return good;
    if (auto told = tellWhatIsVoid(); !told) return told;
    const auto serial = m_bench.signer.reserve(m_unit->batch, m_unit->id, m_name);
    if (!serial) return serial.error();
    if (auto intended = m_bench.journal.intend(m_unit->number, *serial, *keyHash); !intended) return intended;
    m_unit->serial = *serial;
    m_unit->keyHash = *keyHash;
    reached(UnitState::Intended);
    return finishIntent(csr, m_name, std::move(privateKey));
}

Result<void> Job::finishIntent(const Bytes& csr, const std::string& intentJob, Secret privateKey) {
    if (auto good = goOn(); !good) return good;
    const auto asked = std::chrono::steady_clock::now();
    auto leaf = timed([&] { return m_bench.signer.issue({m_unit->batch, intentJob, m_unit->id, m_unit->serial, csr}); });
    if (!leaf) {
        if (leaf.error().code != ErrorCode::IntentLost) return leaf.error();
        // an HSM that hangs would hang again, and the operator has waited long enough
        m_againOnce = m_againOnce || std::chrono::steady_clock::now() - asked > kLongWait;
        return anew("its signature was interrupted");
    }
    auto above = certificatesOf(leaf->chainPem);
    if (!above) return above.error();
    flashing::Credential credential{Mode::X509, m_unit->id, m_order.batch.scopeId, {std::move(leaf->certificate)},
                                    std::move(privateKey), {}};
    std::move(above->begin(), above->end(), std::back_inserter(credential.chain));
    const Digest digest = flashing::credentialDigest(credential);
    if (auto issued = m_bench.journal.issue(m_unit->number, credential.chain.front(), digest); !issued) return issued;
    m_unit->certificate = credential.chain.front();
    m_unit->credential = digest;
    reached(UnitState::Issued);
    return deliver(std::move(credential));
}

Result<void> Job::anew(const std::string& reason) {
    const DeviceId id = m_unit->id;
    if (auto gone = voidUnit(reason); !gone) return gone;
    if (std::exchange(m_againOnce, true)) return Error{ErrorCode::IntentLost, "the HSM hung or failed twice"};
    return provision(id);
}

Result<void> Job::issueKey() {
    if (auto intended = m_bench.journal.intend(m_unit->number, {}, {}); !intended) return intended;
    reached(UnitState::Intended);
    if (auto good = goOn(); !good) return good;
    auto given = deviceKey();
    if (!given) return given.error();
    flashing::Credential credential{Mode::Sas, m_unit->id, m_order.batch.scopeId, {}, {}, std::move(given->key)};
    const Digest digest = flashing::credentialDigest(credential);
    if (auto issued = m_bench.journal.issue(m_unit->number, {}, digest); !issued) return issued;
    m_unit->credential = digest;
    reached(UnitState::Issued);
    return deliver(std::move(credential));
}

/// Derived in the HSM, or opened where the cloud made it.
Result<hsm::DerivedKey> Job::deviceKey() {
    return timed([&] {
        return m_order.batch.mode == Mode::Imported ? m_bench.signer.unseal(m_unit->batch, m_unit->id, m_name)
                                                    : m_bench.signer.derive(m_unit->batch, m_unit->id, m_name);
    });
}

}  // namespace keystamp::workflow
