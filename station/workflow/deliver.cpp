// SPDX-License-Identifier: Apache-2.0
// ISSUED to RECORDED, and the lock after it.
#include "station/workflow/guarded.h"
#include "station/workflow/job_steps.h"
#include "station/workflow/sampler.h"

namespace keystamp::workflow {
using db::Evidence;
using db::UnitState;

namespace {
constexpr int kLockTries = 3;
}

Result<void> Job::deliver(flashing::Credential credential) {
    if (auto good = goOn(); !good) return good;
    m_written = m_unit->credential;
    if (const auto sent = m_board->write(credential, step()); !sent) return orSwapped(sent.error());
    keepForSample(credential);
    credential.privateKey = Secret{};  // the board has it; nobody else keeps it
    if (m_unit->state == UnitState::Issued) {
        m_bench.journal.written(m_unit->number);
        reached(UnitState::Written);
    }
    return verifyAndRecord({credential.kind, m_unit->certificate, std::move(credential.sasKey)});
}

Result<void> Job::verifyAndRecord(const flashing::Prover& prover) {
    if (auto good = goOn(); !good) return good;
    const auto evidence = verify(prover);
    if (!evidence) return orSwapped(evidence.error());
    // an earlier job may have seen more, or less
    if (m_unit->state != UnitState::Verified || m_unit->evidence != *evidence) {
        m_bench.journal.verified(m_unit->number, *evidence);
        reached(UnitState::Verified);
    }
    if (auto good = goOn(); !good) return good;
    if (auto recorded = m_bench.journal.record(m_unit->number, record(db::Verdict::Pass)); !recorded) return recorded;
    reached(UnitState::Recorded);
    forgetKey();
    lock();
    sample();
    return {};
}

void Job::keepForSample(const flashing::Credential& credential) {
    if (m_bench.sampler != nullptr) m_trial = m_bench.sampler->loginOf(m_order.batch, *m_unit, credential);
}

/// Its PASS is what the board has proven: the cloud's no stops the batch, and takes nothing back.
void Job::sample() {
    if (!m_trial) return;
    m_bench.sampler->tryOut(m_order.batch, *m_unit, *m_trial, m_stop);
    m_trial.reset();
}

/// The board's proof over a fresh nonce; where it cannot prove, what was read out of its flash, or a digest that it told; where it shows
/// nothing, that it took it. And its UID once more.
Result<Evidence> Job::verify(const flashing::Prover& prover) {
    if (m_info.proves) {
        const Bytes nonce = randomBytes(32);
        const auto proof = m_board->prove(nonce, step());
        if (!proof) return proof.error();
        const Bytes message = flashing::proofMessage(nonce, m_unit->uid, m_unit->id, m_order.batch.scopeId, m_unit->credential);
        if (const auto good = flashing::checkProof(prover, message, *proof); !good) return good.error();
    }
    if (const auto good = goOn(); !good) return good.error();
    const auto info = m_board->info(step());
    if (!info) return info.error();
    if (const auto same = sameBoard(*info); !same) return same.error();
    if (m_info.proves) return Evidence::Proof;
    if (!holdsThis(*info)) {
        return Error{ErrorCode::ProofFailed, info->readsBack ? "its flash holds something else" : "the board says that it holds something else"};
    }
    const Evidence shown = info->accepted ? Evidence::Accepted : info->readsBack ? Evidence::ReadBack : Evidence::Digest;
    // taken up on a board that could more when it was begun
    if (const auto enough = suffices(shown); !enough) return enough.error();
    return shown;
}

bool Job::holdsThis(const flashing::BoardInfo& info) const {
    return info.credential == m_unit->credential && info.deviceId == m_unit->id.text() && info.scopeId == m_order.batch.scopeId;
}

Result<void> Job::sameBoard(const flashing::BoardInfo& info) const {
    if (info.uid == m_unit->uid) return {};
    return Error{ErrorCode::WrongUid, "board " + toHex(m_unit->uid) + " was taken off for " + toHex(info.uid) + "; put it back and scan " +
                                          m_order.scan + " again"};
}

Error Job::orSwapped(Error error) {
    if (blame(error.code) != Blame::Unit) return error;
    const auto info = m_board->info(step());
    if (!info) return error;  // a refusal stands, whatever the board says after it
    const auto same = sameBoard(*info);
    if (same) return error;
    Error swapped = same.error();
    if (m_written && info->credential == m_written) {
        const auto erased = m_board->erase(step());
        swapped.detail += erased ? "; what was written was erased again" : "; " + toHex(info->uid) + " holds this identity: block it";
    }
    return swapped;
}

void Job::forgetKey() {
    if (m_order.batch.mode != Mode::Imported) return;
    // where it fails the record stands, and recover() pays what is owed
    static_cast<void>(m_bench.signer.forgetKeys(m_unit->batch, {m_unit->id}));
}

void Job::lock() {
    for (int tries = 0; tries < kLockTries; ++tries) {
        // not the job's deadline: a recorded unit gets its lock even where the job was slow
        if (guarded([this] { return m_board->lock(Deadline::in(m_order.stepLimit)); })) {
            if (m_info.locks) m_bench.journal.locked(m_unit->number);
            return;
        }
        const auto info = guarded([this] { return m_board->info(Deadline::in(m_order.stepLimit)); });
        if (info && info->uid != m_unit->uid) return;
        if (info && info->locked) {
            m_bench.journal.locked(m_unit->number);
            return;
        }
    }
}

void lockOnSight(flashing::Board& board, const flashing::BoardInfo& info, db::Journal& journal,
                 std::chrono::milliseconds limit) {
    const auto unit = journal.liveUnitOfBoard(info.uid);
    if (!unit || !*unit || (*unit)->state != UnitState::Recorded || (*unit)->locked) return;
    if (info.credential != (*unit)->credential || !info.locks) return;
    if (info.locked || guarded([&] { return board.lock(Deadline::in(limit)); })) journal.locked((*unit)->number);
}

}  // namespace keystamp::workflow
