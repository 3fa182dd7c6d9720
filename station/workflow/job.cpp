// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/job.h"

#include <algorithm>

#include "station/workflow/guarded.h"
#include "station/workflow/job_steps.h"

namespace keystamp::workflow {
using db::UnitState;
using db::Verdict;

namespace {

/// Nothing: a refusal, which is no verdict about anything.
std::optional<Verdict> verdictOf(const Error& error) {
    switch (blame(error.code)) {
        case Blame::Unit: return Verdict::Fail;
        case Blame::Station: return Verdict::Error;
        case Blame::Stopped: return Verdict::Aborted;
        case Blame::Person:
        case Blame::Rule: return std::nullopt;
    }
    return Verdict::Error;
}

std::string inWords(const Error& error) {
    std::string text{name(error.code)};
    return error.detail.empty() ? text : text + ": " + error.detail;
}

}  // namespace

JobOutcome runJob(const JobOrder& order, const BoardSource& board, const Workbench& bench, const std::atomic<bool>& stop,
                  const JobListener& listener) {
    return Job{order, board, bench, stop, listener}.run();
}

Job::Job(const JobOrder& order, const BoardSource& source, const Workbench& bench, const std::atomic<bool>& stop,
         const JobListener& listener)
    : m_order(order), m_source(source), m_bench(bench), m_stop(stop), m_listener(listener), m_name(randomUuid()),
      m_startedAt(bench.clock()), m_deadline(Deadline::in(order.limit)) {}

JobOutcome Job::run() {
    return end(guarded([this] { return way(); }));
}

Result<void> Job::way() {
    const auto meant = meaningOf(m_order.scan, m_order.batch, m_bench.journal);
    if (!meant) return meant.error();
    if (meant->id) m_reached.deviceId = meant->id->text();
    auto identity = m_bench.inHand.take(meant->key, m_order.fixture);
    if (!identity) return identity.error();
    m_identity = *std::move(identity);

    auto live = liveUnitFor(*meant, m_order.scan, m_order.batch, m_bench.journal);
    if (!live) return live.error();
    if (*live && (*live)->state == UnitState::Recorded) return refuseRecorded(**live);

    if (auto met = meetBoard(); !met) return met;
    if (!meant->uid.empty() && meant->uid != m_info.uid) {
        return Error{ErrorCode::WrongUid, "the batch's list wants board " + toHex(meant->uid) + " for " + meant->id->text() +
                                              ", this is " + toHex(m_info.uid)};
    }
    if (auto taken = takesMode(); !taken) return taken;
    if (*live) return takeUp(**std::move(live));
    return provision(meant->id);
}

/// Before anything is reserved for a board that it cannot be given to.
Result<void> Job::takesMode() const {
    if (kind() == Mode::Sas ? m_info.takesSas : m_info.takesX509) return {};
    return Error{ErrorCode::BadConfig, m_info.family + " takes no " + std::string{name(kind())} + " credentials; use a batch of another mode"};
}

Result<void> Job::meetBoard() {
    if (auto good = goOn(); !good) return good;
    const auto board = m_source();
    if (!board) return board.error();
    m_board = *board;
    auto info = m_board->info(step());
    if (!info) return info.error();
    m_info = *std::move(info);
    m_reached.uid = m_info.uid;
    if (m_info.uid.empty()) return Error{ErrorCode::BoardNonsense, "it says no UID"};
    auto silicon = m_bench.inHand.take("board " + toHex(m_info.uid), m_order.fixture);
    if (!silicon) return silicon.error();
    m_silicon = *std::move(silicon);
    return {};
}

Result<void> Job::refuseRecorded(const db::Unit& unit) {
    m_reached.deviceId = unit.id.text();
    // The one case in which a recorded unit's scan looks at the board: its lock was never confirmed.
    if (!unit.locked && m_board == nullptr) {
        if (const auto met = meetBoard(); met && m_info.uid == unit.uid) {
            lockOnSight(*m_board, m_info, m_bench.journal, m_order.stepLimit);
        }
    }
    m_reached.uid = unit.uid;
    return Error{ErrorCode::AlreadyRecorded,
                 unit.id.text() + " on board " + toHex(unit.uid) + (unit.batch == m_order.batch.name ? "" : ", batch " + unit.batch)};
}

Result<void> Job::mayBeWritten() {
    if (!m_info.credential && !m_info.locked) return {};
    const std::string held = m_info.deviceId.empty() ? "an identity" : m_info.deviceId;
    if (m_info.locked) return Error{ErrorCode::BoardHoldsOtherId, "it is locked and holds " + held};
    const auto id = DeviceId::parse(m_info.deviceId);
    const auto units = id ? m_bench.journal.history(*id) : Result<std::vector<db::Unit>>{std::vector<db::Unit>{}};
    if (!units) return units.error();
    const auto known = std::find_if(units->rbegin(), units->rend(), [&](const db::Unit& unit) {
        return unit.uid == m_info.uid && unit.credential == *m_info.credential;
    });
    if (known == units->rend()) {
        return Error{ErrorCode::BoardHoldsOtherId, "it holds " + held + ", which this station did not give it"};
    }
    // its own key, for the scope that it had before
    const bool ours = m_unit && known->number == m_unit->number;
    if (known->live() && !ours) return Error{ErrorCode::BoardHoldsOtherId, "it holds " + held};
    return {};
}

Result<void> Job::voidUnit(const std::string& reason) {
    if (auto gone = m_bench.journal.voidUnit(m_unit->number, reason, voidedBy()); !gone) return gone;
    m_unit->state = UnitState::Void;
    return {};
}

Result<void> Job::goOn() const {
    if (m_stop.load(std::memory_order_relaxed)) return Error{ErrorCode::Aborted, {}};
    if (m_deadline.passed()) return Error{ErrorCode::Timeout, "the job's time is over"};
    return {};
}

void Job::reached(UnitState state) {
    m_unit->state = state;
    m_reached.deviceId = m_unit->id.text();
    m_reached.step = state;
    m_listener(m_reached);
}

db::JobRecord Job::record(Verdict verdict) const {
    db::JobRecord record;
    record.job = m_name;
    record.batch = m_order.batch.name;
    record.fixture = m_order.fixture;
    record.scan = m_order.scan;
    if (const auto id = DeviceId::parse(m_reached.deviceId)) record.id = *id;
    record.uid = m_reached.uid;
    record.unit = m_unit ? m_unit->number : 0;
    record.startedAt = m_startedAt;
    record.endedAt = m_bench.clock();
    record.verdict = verdict;
    record.who = m_order.who;
    return record;
}

/// What becomes of the unit after `error`.
Result<void> Job::settle(const Error& error) {
    if (!m_unit) return {};
    const Blame who = blame(error.code);
    switch (m_unit->state) {
        case UnitState::Reserved:
            return voidUnit(inWords(error));  // nothing was asked for in its name
        case UnitState::Intended:
            // the signer said no: nothing was signed. Otherwise nobody knows, and the next job asks
            return (who == Blame::Unit && error.code != ErrorCode::WrongUid) || who == Blame::Rule ? voidUnit(inWords(error))
                                                                                                   : Result<void>{};
        case UnitState::Issued:
        case UnitState::Written:
        case UnitState::Verified:
            // a swapped board says nothing about the one that the unit belongs to
            return who == Blame::Unit && error.code != ErrorCode::WrongUid ? voidUnit(inWords(error)) : Result<void>{};
        case UnitState::Recorded:
        case UnitState::Void:
            return {};
    }
    return {};
}

JobOutcome Job::end(const Result<void>& result) {
    if (result) return {Verdict::Pass, {}, m_reached};
    Error error = result.error();
    if (const auto settled = settle(error); !settled) {
        // A verdict that cannot be kept is none: the unit stays as it is, and its next job will find the same.
        error = Error{settled.error().code, settled.error().detail + ", after " + inWords(error), settled.error().native,
                      settled.error().where};
    }
    std::optional<Verdict> verdict = verdictOf(error);
    if (verdict) {
        db::JobRecord kept = record(*verdict);
        kept.reason = name(error.code);
        kept.detail = error.detail;
        if (const auto ended = m_bench.journal.endJob(kept); !ended && verdict != Verdict::Error) {
            error = Error{ended.error().code, ended.error().detail + ", after " + inWords(error), ended.error().native,
                          ended.error().where};
            verdict = Verdict::Error;
        }
    }
    return {verdict, std::move(error), m_reached};
}

}  // namespace keystamp::workflow
