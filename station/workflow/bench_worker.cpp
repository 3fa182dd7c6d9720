// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/bench_worker.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "station/workflow/audit_row.h"
#include "station/workflow/guarded.h"

namespace keystamp::workflow {
namespace {

using namespace std::chrono_literals;
using Phase = FixtureStatus::Phase;

/// A scan that comes while the fixture is asked waits this long at most.
constexpr auto kLookLimit = 400ms;
constexpr auto kFirstPause = 250ms;
constexpr auto kLongestPause = 5'000ms;

/// After these the board's protocol is at an unknown point, or another board may come: its link is opened anew.
bool spoilsLink(ErrorCode code) {
    switch (code) {
        case ErrorCode::BoardSilent:
        case ErrorCode::BoardNonsense:
        case ErrorCode::LinkLost:
        case ErrorCode::BoardRefused:
        case ErrorCode::ProofFailed:
        case ErrorCode::WrongUid:
        case ErrorCode::BoardHoldsOtherId:
        case ErrorCode::Timeout:
        case ErrorCode::Internal:
            return true;
        default:
            return false;
    }
}

}  // namespace

void Gathering::change(long by) {
    const std::lock_guard lock(m_mutex);
    m_open += by;
    if (m_open == 0) m_idle.notify_all();
}

void Gathering::waitUntilNobodyWorks() {
    std::unique_lock lock(m_mutex);
    m_idle.wait(lock, [&] { return m_open == 0; });
}

BenchWorker::BenchWorker(FixtureConfig fixture, const Result<db::BatchProgress>& batch, const LineOptions& options,
                         const Workbench& bench, Labels* labels, Gathering& gathering, const Line::Listener& listener, Seen seen)
    : m_fixture(std::move(fixture)), m_batch(batch), m_options(options), m_bench(bench), m_labels(labels), m_gathering(gathering),
      m_listener(listener), m_seen(std::move(seen)), m_failures(options.stopAfter) {
    m_status.fixture = m_fixture.name;
    m_thread = std::thread([this] { run(); });
}

BenchWorker::~BenchWorker() {
    end();
    m_thread.join();
    if (m_awaited) endLabel("label-unconfirmed");
}

Result<void> BenchWorker::take(Scan scan, bool queue) {
    const std::lock_guard lock(m_mutex);
    if (const auto& stop = m_failures.stopped()) return asError(m_fixture.name, *stop);
    if (m_awaited) return Error{ErrorCode::LabelAwaited, m_fixture.name + ": " + m_awaited->id.text()};
    if (!queue && (m_working || !m_waiting.empty())) return Error{ErrorCode::FixtureBusy, m_fixture.name};
    m_waiting.push_back(std::move(scan));
    m_gathering.add(1);
    m_wake.notify_one();
    return {};
}

std::optional<FixtureStop> BenchWorker::stopped() {
    const std::lock_guard lock(m_mutex);
    return m_failures.stopped();
}

Result<void> BenchWorker::takeUpAgain(const std::string& who) {
    const auto stop = stopped();
    if (!stop) return {};
    if (auto noted = note("fixture-taken-up", *stop, who); !noted) return noted;
    const std::lock_guard lock(m_mutex);
    m_failures.clear();
    return {};
}

std::optional<DeviceId> BenchWorker::awaitsLabel() {
    const std::lock_guard lock(m_mutex);
    return m_awaited ? std::optional{m_awaited->id} : std::nullopt;
}

bool BenchWorker::awaitsLabel(const std::string& code) {
    const std::lock_guard lock(m_mutex);
    return m_awaited && std::ranges::find(m_awaited->codes, code) != m_awaited->codes.end();
}

void BenchWorker::settleLabel(const char* kind, const std::string& who) {
    const std::lock_guard lock(m_mutex);
    if (!m_awaited) return;
    m_awaited->settled = kind;
    m_awaited->by = who;
    m_wake.notify_one();
}

void BenchWorker::abort() {
    const std::lock_guard lock(m_mutex);
    if (m_working) m_stop = true;
    m_gathering.done(m_waiting.size());
    m_waiting.clear();
}

void BenchWorker::end() {
    abort();
    const std::lock_guard lock(m_mutex);
    m_ending = true;
    m_wake.notify_one();
}

void BenchWorker::run() {
    const bool polls = m_options.presencePoll > 0ms;
    auto nextLook = Deadline::Steady::now();
    for (;;) {
        Scan scan;
        std::optional<FixtureStop> stop;
        const char* settled = nullptr;
        {
            std::unique_lock lock(m_mutex);
            const auto called = [&] { return m_ending || !m_waiting.empty() || (m_awaited && m_awaited->settled); };
            polls ? static_cast<void>(m_wake.wait_until(lock, nextLook, called)) : m_wake.wait(lock, called);
            if (m_awaited) settled = std::exchange(m_awaited->settled, nullptr);
            if (m_ending && !settled) return;
            if (!settled && !m_waiting.empty()) {
                scan = std::move(m_waiting.front());
                m_waiting.pop_front();
                m_working = true;
                m_stop = false;
                stop = m_failures.stopped();
            }
        }
        if (settled) {
            endLabel(settled);
        } else if (scan.text.empty()) {
            look();
        } else {
            stop ? refuse(scan.text, *stop) : work(scan);
            {
                const std::lock_guard lock(m_mutex);
                m_working = false;
            }
            m_gathering.done(1);
        }
        nextLook = Deadline::Steady::now() + m_options.presencePoll;
    }
}

void BenchWorker::begin(const std::string& scan) {
    m_began = Deadline::Steady::now();
    const std::uint64_t number = m_status.job + 1;
    m_status = FixtureStatus{};
    m_status.fixture = m_fixture.name;
    m_status.scan = scan;
    m_status.job = number;
}

void BenchWorker::refuse(const std::string& scan, const FixtureStop& stop) {
    begin(scan);
    m_status.phase = Phase::Done;
    m_status.error = asError(m_fixture.name, stop);
    m_status.stopped = stop;
    tell();
}

void BenchWorker::work(const Scan& scan) {
    begin(scan.text);
    m_status.phase = Phase::Working;
    tell();

    const auto follow = [this](const JobProgress& reached) {
        m_status.deviceId = reached.deviceId;
        m_status.uid = toHex(reached.uid);
        m_status.step = reached.step;
    };
    JobOutcome outcome;
    if (m_batch) {
        const JobOrder order{m_batch->batch, m_fixture.name, scan.text, m_options.jobLimit, m_options.stepLimit, m_fixture.driver, scan.who};
        outcome = runJob(order, [this] { return board(); }, m_bench, m_stop, [&](const JobProgress& reached) {
            follow(reached);
            tell();
        });
    } else {
        outcome.error = m_batch.error();
    }
    if (outcome.error && spoilsLink(outcome.error->code)) m_board.reset();
    follow(outcome.reached);
    if (!outcome.reached.uid.empty()) m_uid = outcome.reached.uid;
    countFailure(outcome);
    m_status.phase = Phase::Done;
    m_status.verdict = outcome.verdict;
    m_status.error = std::move(outcome.error);
    if (outcome.verdict == db::Verdict::Pass && m_labels != nullptr) printLabel();
    // A board that was told neither good nor bad is still there to be scanned.
    const bool settled = outcome.verdict == db::Verdict::Pass || outcome.verdict == db::Verdict::Fail;
    if (!settled && !m_uid.empty()) m_seen(true);
    tell();
}

/// Whether this end is one too many.
void BenchWorker::countFailure(const JobOutcome& outcome) {
    {
        const std::lock_guard lock(m_mutex);
        m_failures.note(outcome);
        m_status.stopped = m_failures.stopped();
    }
    // It stops whether or not that can be noted: each failure is on record already.
    if (m_status.stopped) static_cast<void>(note("fixture-stopped", *m_status.stopped));
}

Result<void> BenchWorker::note(const char* kind, const FixtureStop& stop, const std::string& who) const {
    nlohmann::ordered_json row{{"fixture", m_fixture.name},
                                     {"batch", m_batch ? m_batch->batch.name : ""},
                                     {"cause", name(stop.cause)},
                                     {"times", stop.times}};
    if (!who.empty()) row["who"] = who;
    return m_bench.journal.audit(kind, row.dump());
}

void BenchWorker::printLabel() {
    const auto id = DeviceId::parse(m_status.deviceId);
    if (!id) return;
    // a journal that cannot be read now: the station prints it when it starts anew, as all that were left
    auto codes = m_labels->print(*id);
    if (!codes || !m_options.confirmLabels) return;
    m_status.labelAwaited = true;
    const std::lock_guard lock(m_mutex);
    m_awaited = Awaited{*id, *std::move(codes)};
}

void BenchWorker::endLabel(const char* kind) {
    std::optional<Awaited> awaited;
    {
        const std::lock_guard lock(m_mutex);
        awaited = m_awaited;
    }
    if (!awaited) return;
    nlohmann::ordered_json row{{"id", awaited->id.text()}, {"batch", m_batch->batch.name}, {"uid", m_status.uid}, {"fixture", m_fixture.name}};
    if (!awaited->by.empty()) row["who"] = awaited->by;
    const auto noted = addRow(m_bench.journal, kind, row);
    m_status.error = noted ? std::nullopt : std::optional{noted.error()};
    if (noted) {
        m_status.labelAwaited = false;
        const std::lock_guard lock(m_mutex);
        m_awaited.reset();
    }
    tell();
}

Result<flashing::Board*> BenchWorker::board() {
    // The last board may have left with its link: a cable was pulled for the next one.
    if (m_board && m_board->lost()) m_board.reset();
    if (m_board) return m_board.get();
    const Deadline deadline = Deadline::in(std::min(m_options.stepLimit, std::chrono::milliseconds{2'000}));
    auto opened = m_options.openBoard(m_fixture, deadline);
    if (!opened) {
        m_pause = std::clamp<std::chrono::milliseconds>(m_pause * 2, kFirstPause, kLongestPause);
        m_nextOpening = Deadline::in(m_pause);
        return opened.error();
    }
    m_pause = 0ms;
    m_board = *std::move(opened);
    return m_board.get();
}

void BenchWorker::look() {
    if (!m_board && !m_nextOpening.passed()) return;
    const auto opened = board();
    if (!opened) {
        saw({});
        return idle(Phase::Offline, opened.error());
    }
    const auto info = guarded([&] { return m_board->info(Deadline::in(std::min(m_options.stepLimit, std::chrono::milliseconds{kLookLimit}))); });
    if (!info) {
        if (info.error().code == ErrorCode::LinkLost || info.error().code == ErrorCode::Internal) m_board.reset();
        saw({});
        return idle(Phase::Empty, {});
    }
    if (info->uid != m_uid) lockOnSight(*m_board, *info, m_bench.journal, m_options.stepLimit);
    saw(info->uid);
    idle(Phase::Waiting, {});
}

void BenchWorker::saw(const Bytes& uid) {
    if (uid == m_uid) return;
    m_uid = uid;
    m_seen(!uid.empty());
}

void BenchWorker::idle(Phase phase, std::optional<Error> error) {
    if (m_status.phase == Phase::Done) return;  // the verdict stays until the next scan
    const std::string uid = toHex(m_uid);
    if (m_status.phase == phase && m_status.uid == uid && m_status.error.has_value() == error.has_value()) return;
    m_status.phase = phase;
    m_status.uid = uid;
    m_status.error = std::move(error);
    tell();
}

void BenchWorker::tell() {
    if (m_status.phase == Phase::Working || m_status.phase == Phase::Done) {
        m_status.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Deadline::Steady::now() - m_began);
    }
    m_listener(m_status);
}

}  // namespace keystamp::workflow
