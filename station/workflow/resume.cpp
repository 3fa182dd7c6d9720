// SPDX-License-Identifier: Apache-2.0
// A unit that an earlier job left between RESERVED and RECORDED: the board is asked first.
#include "station/workflow/job_steps.h"
#include "station/workflow/key_source.h"

namespace keystamp::workflow {
using db::KeyOrigin;
using db::UnitState;

Result<void> Job::takeUp(db::Unit unit) {
    m_reached.deviceId = unit.id.text();
    if (unit.state == UnitState::Reserved) {
        if (auto gone = m_bench.journal.voidUnit(unit.number, "left behind", voidedBy()); !gone) return gone;
        return provision(unit.id);
    }
    if (unit.uid != m_info.uid) {
        return Error{ErrorCode::IdHeldByOtherBoard,
                     unit.id.text() + " was begun on board " + toHex(unit.uid) + " and is not finished; this is " + toHex(m_info.uid)};
    }
    if (unit.batch != m_order.batch.name) {
        return Error{ErrorCode::Unresolved, unit.id.text() + " was begun in batch " + unit.batch + "; finish it there"};
    }
    m_unit = std::move(unit);
    reached(m_unit->state);
    return m_unit->state == UnitState::Intended ? resumeIntended() : resumeIssued();
}

/// The signer's answer was lost, or never asked for.
Result<void> Job::resumeIntended() {
    if (auto good = goOn(); !good) return good;
    if (isSymmetric(m_order.batch.mode)) {
        const auto given = deviceKey();
        if (!given) return given.error();
        m_unit->credential = sha256(given->key.view());
        if (auto issued = m_bench.journal.issue(m_unit->number, {}, m_unit->credential); !issued) return issued;
        reached(UnitState::Issued);
        return resumeIssued();
    }
    auto ledger = m_bench.signer.serialRecord(m_unit->serial);
    if (!ledger) return ledger.error();
    if (ledger->fate == hsm::SerialFate::Issued && ledger->leaf) {
        m_unit->certificate = std::move(ledger->leaf->certificate);
        m_unit->credential = sha256(m_unit->certificate);
        if (auto issued = m_bench.journal.issue(m_unit->number, m_unit->certificate, m_unit->credential); !issued) return issued;
        reached(UnitState::Issued);
        return resumeIssued();
    }
    const bool keyIsThere = m_unit->origin == KeyOrigin::Board && m_info.pendingKey == m_unit->keyHash;
    if (ledger->fate != hsm::SerialFate::Reserved || !keyIsThere) return anew("its signature was interrupted");
    // Nothing was signed, and the board has the key of the intent: the same intent is good.
    if (const auto begun = m_board->begin(Mode::X509, m_unit->id, m_order.batch.scopeId, step()); !begun) return orSwapped(begun.error());
    const auto csr = m_board->makeKey(step());
    if (!csr) return orSwapped(csr.error());
    const auto keyHash = keyHashOfCsr(*csr);
    if (!keyHash) return keyHash.error();
    if (*keyHash != m_unit->keyHash) return anew("the board made another key");
    return finishIntent(*csr, m_unit->job, {});
}

/// UNRESOLVED: nobody knows whether the board holds it.
Result<void> Job::resumeIssued() {
    if (auto taken = m_bench.journal.resume(m_unit->number, m_order.fixture, m_name, m_order.who); !taken) return taken;
    const bool holdsIt = holdsThis(m_info);
    const bool hasItsKey = m_unit->origin == KeyOrigin::Board && m_info.pendingKey == m_unit->keyHash;
    if (!holdsIt) {
        if (auto blank = mayBeWritten(); !blank) return blank;
        if (m_order.batch.mode == Mode::X509 && !hasItsKey) return anew("the board does not hold it, nor its key");
    }
    auto credential = storedCredential();
    if (!credential) return credential.error();
    if (!holdsIt) {
        if (auto good = goOn(); !good) return good;
        const auto begun = m_board->begin(kind(), m_unit->id, m_order.batch.scopeId, step());
        return begun ? deliver(*std::move(credential)) : Result<void>{orSwapped(begun.error())};
    }
    if (m_unit->state == UnitState::Issued) {
        m_bench.journal.written(m_unit->number);
        reached(UnitState::Written);
    }
    keepForSample(*credential);
    return verifyAndRecord({credential->kind, m_unit->certificate, std::move(credential->sasKey)});
}

Result<flashing::Credential> Job::storedCredential() {
    flashing::Credential credential{kind(), m_unit->id, m_order.batch.scopeId, {}, {}, {}};
    if (isSymmetric(m_order.batch.mode)) {
        auto key = keyAgain();
        if (!key) return key.error();
        credential.sasKey = *std::move(key);
        return credential;
    }
    credential.chain.push_back(m_unit->certificate);
    // the slot's CA may have been renewed since: the signer knows which one issued it
    const auto record = m_bench.signer.serialRecord(m_unit->serial);
    if (!record) return record.error();
    if (!record->leaf) return Error{ErrorCode::ReconciliationGap, m_unit->id.text() + ": the signer does not know its certificate"};
    auto above = certificatesOf(record->leaf->chainPem);
    if (!above) return above.error();
    std::move(above->begin(), above->end(), std::back_inserter(credential.chain));
    return credential;
}

Result<Secret> Job::keyAgain() {
    auto given = deviceKey();
    if (!given) return given.error();
    if (sha256(given->key.view()) != m_unit->credential) {
        return Error{ErrorCode::SignerRefused, "the group key has changed since " + m_unit->id.text() + " was derived"};
    }
    return std::move(given->key);
}

}  // namespace keystamp::workflow
