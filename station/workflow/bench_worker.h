// SPDX-License-Identifier: Apache-2.0
// Private to workflow: one fixture's thread. It alone touches its link and its board.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "station/workflow/failure_streak.h"
#include "station/workflow/job.h"
#include "station/workflow/line.h"

namespace keystamp::workflow {

/// Counts scans that are waiting or worked on, over all fixtures.
class Gathering {
public:
    void add(std::size_t count) { change(static_cast<long>(count)); }
    void done(std::size_t count) { change(-static_cast<long>(count)); }
    void waitUntilNobodyWorks();

private:
    void change(long by);

    std::mutex m_mutex;
    std::condition_variable m_idle;
    long m_open = 0;
};

class BenchWorker {
public:
    /// A board newly arrived, or left.
    using Seen = std::function<void(bool there)>;

    /// What was scanned, and who was logged in then.
    struct Scan {
        std::string text;
        std::string who;
    };

    BenchWorker(FixtureConfig fixture, const Result<db::BatchProgress>& batch, const LineOptions& options, const Workbench& bench,
                Labels* labels, Gathering& gathering, const Line::Listener& listener, Seen seen);
    /// Joins; call end() on all workers first, so that they end together.
    ~BenchWorker();

    /// Any thread. FixtureStopped; LabelAwaited; FixtureBusy where scans do not queue.
    Result<void> take(Scan scan, bool queue);
    /// Any thread.
    std::optional<FixtureStop> stopped();
    Result<void> takeUpAgain(const std::string& who);
    /// The device whose label it waits for.
    std::optional<DeviceId> awaitsLabel();
    /// Whether this is what that label says.
    bool awaitsLabel(const std::string& code);
    /// That label was scanned, or there is to be none: audited as `kind` on the worker's own thread.
    void settleLabel(const char* kind, const std::string& who);
    void abort();
    void end();

private:
    void run();
    void begin(const std::string& scan);
    void work(const Scan& scan);
    /// A scan that waited for a fixture that has stopped since.
    void refuse(const std::string& scan, const FixtureStop& stop);
    void countFailure(const JobOutcome& outcome);
    /// A row in the audit log.
    Result<void> note(const char* kind, const FixtureStop& stop, const std::string& who = {}) const;
    /// Of a recorded unit.
    void printLabel();
    void endLabel(const char* kind);
    Result<flashing::Board*> board();
    /// Whether a board is there, and which.
    void look();
    void saw(const Bytes& uid);
    void idle(FixtureStatus::Phase phase, std::optional<Error> error);
    void tell();

    const FixtureConfig m_fixture;
    const Result<db::BatchProgress>& m_batch;
    const LineOptions& m_options;
    const Workbench& m_bench;
    Labels* const m_labels;  ///< or nullptr
    Gathering& m_gathering;
    const Line::Listener& m_listener;
    const Seen m_seen;

    struct Awaited {
        DeviceId id;
        std::vector<std::string> codes;
        const char* settled = nullptr;  ///< the kind of row that ends it
        std::string by{};               ///< who settled it
    };

    std::mutex m_mutex;  ///< the next six
    std::condition_variable m_wake;
    std::deque<Scan> m_waiting;
    bool m_working = false;
    bool m_ending = false;
    FailureStreak m_failures;
    std::optional<Awaited> m_awaited;
    std::atomic<bool> m_stop{false};

    // the thread's own
    std::unique_ptr<flashing::Board> m_board;
    Bytes m_uid;  ///< the board that was last seen here
    FixtureStatus m_status;
    Deadline m_nextOpening = Deadline::in(std::chrono::milliseconds(0));
    std::chrono::milliseconds m_pause{0};
    Deadline::Steady::time_point m_began{};

    std::thread m_thread;
};

}  // namespace keystamp::workflow
