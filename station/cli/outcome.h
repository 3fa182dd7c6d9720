// SPDX-License-Identifier: Apache-2.0
// What became of a scan, and the run's account of all of them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "station/cli/output.h"
#include "station/workflow/line.h"

namespace keystamp::cli {

struct Outcome {
    enum class Kind { Recorded, AlreadyRecorded, Refused, Fail, Error, Aborted };
    Kind kind = Kind::Error;
    std::string fixture, scan, deviceId, uid;
    std::optional<keystamp::Error> error;
    std::chrono::milliseconds elapsed{0};
    int attempt = 1;
    std::optional<workflow::FixtureStop> stop{};  ///< its fixture takes no more scans
};

/// PASS, FAIL, ERROR, ABORTED; REFUSED and DONE BEFORE where no job came of it.
std::string_view word(Outcome::Kind kind);
std::string_view name(Outcome::Kind kind);  ///< for JSON: "recorded", "already-recorded", ...
/// A refusal is neither a bad board's nor a station's in trouble, whatever verdict stands beside it.
Outcome outcomeOf(const workflow::FixtureStatus& status);
Outcome refusal(const std::string& fixture, const std::string& scan, const keystamp::Error& error);

/// Prints outcomes as they come from a thread of its own, so that a slow reader of standard output holds no fixture's
/// worker; the run feeds no more scans than `kWindow` ahead of what is printed. Any thread may call.
class Account {
public:
    Account(const Context& context, std::string batch);
    ~Account();
    Account(const Account&) = delete;
    Account& operator=(const Account&) = delete;

    /// Waits until another scan may be taken; false once stopped.
    bool admit();
    void withdraw();  ///< the scan that was admitted became no job: a fixture's label
    /// What became of an admitted scan.
    void add(Outcome outcome);
    void stop();
    /// Errors at first attempt, each of which `admitRetry` then takes back out of the count.
    std::vector<Outcome> errors() const;
    void admitRetry();
    /// Prints what is left and joins; afterwards the counts stand.
    void finish();

    std::uint64_t count(Outcome::Kind kind) const { return m_counts.at(kind); }
    /// Admitted, but dropped before a fixture had them.
    std::uint64_t notBegun() const { return m_admitted - m_added; }
    std::string summary() const;
    Json summaryJson() const;
    int exitCode() const;

private:
    static constexpr std::uint64_t kWindow = 1024;
    void printer();
    void printOne(const Outcome& outcome);

    const Context& m_context;
    std::string m_batch;
    std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
    mutable std::mutex m_mutex;
    std::condition_variable m_outcomes;  ///< the printer's: there is something to print, or it is over
    std::condition_variable m_room;      ///< admit()'s
    std::deque<Outcome> m_waiting;
    std::vector<Outcome> m_errors;
    std::map<Outcome::Kind, std::uint64_t> m_counts;
    std::set<std::string> m_stoppedFixtures;
    std::uint64_t m_admitted = 0, m_added = 0, m_printed = 0;
    bool m_stopped = false, m_over = false;
    bool m_jsonBegun = false;  ///< the printer alone
    std::thread m_thread;
};

}  // namespace keystamp::cli
