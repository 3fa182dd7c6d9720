// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/line.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "station/workflow/bench_worker.h"
#include "station/workflow/claims.h"
#include "station/workflow/ledger_check.h"
#include "station/workflow/sampler.h"
#include "station/workflow/scan_format.h"

namespace keystamp::workflow {
namespace {

using Steady = std::chrono::steady_clock;
constexpr auto kSameScan = std::chrono::seconds(2);

Result<std::unique_ptr<flashing::Board>> openByLink(const FixtureConfig& fixture, Deadline deadline) {
    auto link = flashing::openLink(fixture.link, deadline);
    if (!link) return link.error();
    return flashing::openBoard(fixture.driver, *std::move(link), fixture.options);
}

/// A batch that was paused when the station started was not held against the ledger then, and may have been resumed since.
Result<db::BatchProgress> heldBatch(const Station& station, const std::string& name) {
    auto batch = station.journal->batch(name);
    if (!batch) return batch;
    const auto held = holdBatch(station, *batch);
    // a signer that does not answer is said by each job that needs it
    if (!held && blame(held.error().code) != Blame::Station) return held.error();
    return batch;
}

}  // namespace

struct Line::Parts {
    Parts(Station& station, const std::string& batchName, std::vector<FixtureConfig> fixtures, LineOptions given, Listener said)
        : options(std::move(given)), listener(std::move(said)), batch(heldBatch(station, batchName)),
          sampler(*station.journal, station.config.cloud), bench{*station.journal, *station.signer, inHand, utcNow, &station.latency, &sampler}, labels(station.labels.get()), format(station.config.scan),
          person(options.person), claims(std::move(fixtures), station.config.scan) {
        if (!options.openBoard) options.openBoard = openByLink;
        if (options.acknowledgeFailures) {
            // noted before anyone hears of the verdict, and so before the fixture takes another scan
            listener = [this, tell = std::move(listener)](const FixtureStatus& status) {
                if (status.verdict == db::Verdict::Fail || status.verdict == db::Verdict::Error) {
                    const std::lock_guard lock(mutex);
                    unacknowledged.insert(status.fixture);
                }
                tell(status);
            };
        }
    }

    Result<Taken> give(const Claim& claim);
    std::string who() {
        const std::lock_guard lock(mutex);
        return person;
    }
    std::optional<Result<Taken>> takeLabel(std::optional<std::string> fixture, const std::string& text);
    bool scannedTwice(const std::string& text) const { return !options.queueScans && text == lastScan && Steady::now() - lastScanAt < kSameScan; }

    LineOptions options;
    Listener listener;
    Result<db::BatchProgress> batch;
    InHand inHand;
    Sampler sampler;
    Workbench bench;
    Labels* labels;  ///< or nullptr
    const ScanFormat format;

    std::mutex mutex;  ///< the next five
    std::string person;
    Claims claims;
    std::string lastScan;
    Steady::time_point lastScanAt{};
    std::set<std::string> unacknowledged;

    Gathering gathering;
    std::map<std::string, std::unique_ptr<BenchWorker>> workers;
};

Line::Line(Station& station, const std::string& batch, std::vector<FixtureConfig> fixtures, LineOptions options, Listener listener)
    : m_parts(std::make_unique<Parts>(station, batch, fixtures, std::move(options), std::move(listener))) {
    Parts& parts = *m_parts;
    for (FixtureConfig& fixture : fixtures) {
        const std::string name = fixture.name;
        const auto seen = [&parts, name](bool there) {
            const std::lock_guard lock(parts.mutex);
            there ? parts.claims.arrived(name) : parts.claims.left(name);
        };
        parts.workers[name] = std::make_unique<BenchWorker>(std::move(fixture), parts.batch, parts.options, parts.bench,
                                                            parts.labels, parts.gathering, parts.listener, seen);
    }
}

Line::~Line() {
    for (auto& [name, worker] : m_parts->workers) worker->end();
    m_parts->workers.clear();  // joins
}

/// The lock is held.
Result<Line::Taken> Line::Parts::give(const Claim& claim) {
    if (scannedTwice(claim.payload)) {
        return Error{ErrorCode::ScanTwice, claim.payload};
    }
    if (unacknowledged.contains(claim.fixture)) return Error{ErrorCode::NotAcknowledged, claim.fixture};
    const auto worker = workers.find(claim.fixture);
    if (worker == workers.end()) return Error{ErrorCode::UnknownFixture, claim.fixture};
    if (auto taken = worker->second->take({claim.payload, person}, options.queueScans); !taken) return taken.error();
    claims.left(claim.fixture);
    lastScan = claim.payload;
    lastScanAt = Steady::now();
    return Taken{claim.fixture, false};
}

void Line::setPerson(const std::string& name) {
    const std::lock_guard lock(m_parts->mutex);
    // a fixture that the one before chose is not what this one means
    if (std::exchange(m_parts->person, name) != name) m_parts->claims.deselect();
}

/// The lock is held. A scan that is a label which a fixture waits for; nothing where none waits for it. `fixture`: which one the scan is for.
std::optional<Result<Line::Taken>> Line::Parts::takeLabel(std::optional<std::string> fixture, const std::string& text) {
    // what the label says, not what the scanner adds
    const std::string code = readScan(text, format).payload;
    const auto its = std::ranges::find_if(workers, [&](const auto& each) { return each.second->awaitsLabel(code); });
    if (its == workers.end()) return std::nullopt;
    const auto& [name, worker] = *its;
    const auto id = worker->awaitsLabel();
    if (!id) return std::nullopt;
    claims.deselect();
    const auto waiting = std::ranges::count_if(workers, [](const auto& each) { return each.second->awaitsLabel().has_value(); });
    if (fixture && *fixture != name) return Error{ErrorCode::OtherLabel, name + ": " + id->text()};
    if (!fixture && waiting > 1) return Error{ErrorCode::NoFixtureClaimed, std::to_string(waiting) + " boards wait for their labels"};
    // the scanner may have read the board's own label twice, and a label that is not out yet is on no board
    if (scannedTwice(code)) return Error{ErrorCode::ScanTwice, code};
    if (labels->waits(*id)) return Error{ErrorCode::LabelAwaited, name + ": " + id->text() + ", not printed yet"};
    worker->settleLabel("label-confirmed", person);
    lastScan = code;
    lastScanAt = Steady::now();
    return Taken{name, false, true};
}

Result<Line::Taken> Line::scan(const std::string& text) {
    const std::lock_guard lock(m_parts->mutex);
    if (auto label = m_parts->takeLabel(m_parts->claims.selected(), text)) return *std::move(label);
    const auto claim = m_parts->claims.scan(text);
    if (!claim) return claim.error();
    if (!*claim) return Taken{*m_parts->claims.selected(), true};
    return m_parts->give(**claim);
}

Result<Line::Taken> Line::scanAt(const std::string& fixture, const std::string& payload) {
    const std::lock_guard lock(m_parts->mutex);
    if (auto label = m_parts->takeLabel(fixture, payload)) return *std::move(label);
    const auto claim = m_parts->claims.scanAt(fixture, payload);
    return claim ? m_parts->give(*claim) : Result<Taken>{claim.error()};
}

Result<Line::Taken> Line::again(const std::string& fixture, const std::string& scan) {
    const std::lock_guard lock(m_parts->mutex);
    return m_parts->give({fixture, scan});
}

std::optional<std::string> Line::selected() const {
    const std::lock_guard lock(m_parts->mutex);
    return m_parts->claims.selected();
}

void Line::acknowledge(const std::string& fixture) {
    const std::lock_guard lock(m_parts->mutex);
    m_parts->unacknowledged.erase(fixture);
}

std::optional<FixtureStop> Line::stopped(const std::string& fixture) const {
    const auto worker = m_parts->workers.find(fixture);
    return worker == m_parts->workers.end() ? std::nullopt : worker->second->stopped();
}

Result<void> Line::takeUpAgain(const std::string& fixture) {
    const auto worker = m_parts->workers.find(fixture);
    if (worker == m_parts->workers.end()) return Error{ErrorCode::UnknownFixture, fixture};
    return worker->second->takeUpAgain(m_parts->who());
}

Result<void> Line::skipLabel(const std::string& fixture) {
    const auto worker = m_parts->workers.find(fixture);
    if (worker == m_parts->workers.end()) return Error{ErrorCode::UnknownFixture, fixture};
    worker->second->settleLabel("label-skipped", m_parts->who());
    return {};
}

void Line::waitUntilIdle() { m_parts->gathering.waitUntilNobodyWorks(); }

void Line::abort() {
    for (auto& [name, worker] : m_parts->workers) worker->abort();
}

}  // namespace keystamp::workflow
