// SPDX-License-Identifier: Apache-2.0
#include "station/cli/outcome.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/process.h"

namespace keystamp::cli {
namespace {

using Kind = Outcome::Kind;
constexpr std::size_t kMostErrors = 10'000;  // that are kept to be tried again

// A scan may hold anything; a terminal must not be driven by it.
std::string harmless(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    return text;
}

std::string shown(const std::string& text) { return text.empty() ? "-" : harmless(text.substr(0, 80)); }

Kind kindOf(const std::optional<db::Verdict>& verdict, const std::optional<keystamp::Error>& error) {
    if (verdict == db::Verdict::Pass) return Kind::Recorded;
    if (error) {
        if (error->code == ErrorCode::AlreadyRecorded) return Kind::AlreadyRecorded;
        switch (blame(error->code)) {
            case Blame::Person:
            case Blame::Rule:
                return Kind::Refused;
            case Blame::Unit:
                return Kind::Fail;
            case Blame::Station:
                return Kind::Error;
            case Blame::Stopped:
                return Kind::Aborted;
        }
    }
    return verdict == db::Verdict::Fail ? Kind::Fail : verdict == db::Verdict::Aborted ? Kind::Aborted : Kind::Error;
}

// As it stands in the journal; nothing where no job came of the scan.
Json verdictOf(Kind kind) {
    switch (kind) {
        case Kind::Recorded:
            return name(db::Verdict::Pass);
        case Kind::Fail:
            return name(db::Verdict::Fail);
        case Kind::Error:
            return name(db::Verdict::Error);
        case Kind::Aborted:
            return name(db::Verdict::Aborted);
        case Kind::AlreadyRecorded:
        case Kind::Refused:
            return nullptr;
    }
    return nullptr;
}

}  // namespace

std::string_view word(Kind kind) {
    switch (kind) {
        case Kind::Recorded:
            return "PASS";
        case Kind::AlreadyRecorded:
            return "DONE BEFORE";
        case Kind::Refused:
            return "REFUSED";
        case Kind::Fail:
            return "FAIL";
        case Kind::Error:
            return "ERROR";
        case Kind::Aborted:
            return "ABORTED";
    }
    return "ERROR";
}

std::string_view name(Kind kind) {
    switch (kind) {
        case Kind::Recorded:
            return "recorded";
        case Kind::AlreadyRecorded:
            return "already-recorded";
        case Kind::Refused:
            return "refused";
        case Kind::Fail:
            return "fail";
        case Kind::Error:
            return "error";
        case Kind::Aborted:
            return "aborted";
    }
    return "error";
}

Outcome outcomeOf(const workflow::FixtureStatus& status) {
    return {kindOf(status.verdict, status.error),
            status.fixture,
            status.scan,
            status.deviceId,
            status.uid,
            status.error,
            status.elapsed,
            1,
            status.stopped};
}

Outcome refusal(const std::string& fixture, const std::string& scan, const keystamp::Error& error) {
    return {kindOf(std::nullopt, error), fixture, scan, "", "", error};
}

Account::Account(const Context& context, std::string batch) : m_context(context), m_batch(std::move(batch)) {
    for (const Kind kind :
         {Kind::Recorded, Kind::AlreadyRecorded, Kind::Refused, Kind::Fail, Kind::Error, Kind::Aborted})
        m_counts[kind] = 0;
    m_thread = std::thread{[this] { printer(); }};
}

Account::~Account() { finish(); }

bool Account::admit() {
    std::unique_lock lock{m_mutex};
    m_room.wait(lock, [this] { return m_stopped || m_admitted - m_printed < kWindow; });
    if (m_stopped) return false;
    ++m_admitted;
    return true;
}

void Account::withdraw() {
    const std::lock_guard lock{m_mutex};
    --m_admitted;
}

void Account::add(Outcome outcome) {
    const std::lock_guard lock{m_mutex};
    ++m_added;
    ++m_counts.at(outcome.kind);
    if (outcome.stop) m_stoppedFixtures.insert(outcome.fixture);
    if (outcome.kind == Kind::Error && m_errors.size() < kMostErrors) m_errors.push_back(outcome);
    m_waiting.push_back(std::move(outcome));
    m_outcomes.notify_one();
}

void Account::stop() {
    const std::lock_guard lock{m_mutex};
    m_stopped = true;
    m_room.notify_all();
}

std::vector<Outcome> Account::errors() const {
    const std::lock_guard lock{m_mutex};
    return m_errors;
}

void Account::admitRetry() {
    const std::lock_guard lock{m_mutex};
    ++m_admitted;
    --m_counts.at(Kind::Error);
}

void Account::printer() {
    std::unique_lock lock{m_mutex};
    for (;;) {
        m_outcomes.wait(lock, [this] { return m_over || !m_waiting.empty(); });
        if (m_waiting.empty()) return;
        std::deque<Outcome> taken;
        taken.swap(m_waiting);
        const std::uint64_t atWork = m_admitted - m_added;
        const std::uint64_t done = m_counts.at(Kind::Recorded);
        lock.unlock();
        endProgress();
        for (const auto& outcome : taken) printOne(outcome);
        std::fflush(stdout);
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begun).count();
        showProgress(fmt::format("{}: {} recorded, {} taken and not done; {:.0f} s, {:.1f} units/s", m_batch, done,
                                 atWork, seconds, static_cast<double>(done) / seconds));
        lock.lock();
        m_printed += taken.size();
        m_room.notify_all();
    }
}

void Account::printOne(const Outcome& outcome) {
    if (!m_context.json) {
        std::printf("%s\n", fmt::format("{:<6} {:<24} {:<24} {}{}", shown(outcome.fixture), shown(outcome.scan),
                                        shown(outcome.deviceId), word(outcome.kind),
                                        outcome.error ? "  " + harmless(describe(*outcome.error)) : "")
                                .c_str());
        const bool stops = outcome.stop && outcome.kind != Kind::Refused;
        if (stops) std::printf("%-6s %s\n", shown(outcome.fixture).c_str(), describe(asError(outcome.fixture, *outcome.stop)).c_str());
        return;
    }
    Json json{{"fixture", outcome.fixture},
              {"scan", outcome.scan},
              {"id", outcome.deviceId.empty() ? Json{} : Json(outcome.deviceId)},
              {"uid", outcome.uid.empty() ? Json{} : Json(outcome.uid)},
              {"outcome", name(outcome.kind)},
              {"verdict", verdictOf(outcome.kind)},
              {"attempt", outcome.attempt},
              {"milliseconds", outcome.elapsed.count()},
              {"error", outcome.error ? toJson(*outcome.error) : Json{}},
              {"fixtureStopped", outcome.stop.has_value()}};
    std::printf("%s\n    %s", m_jsonBegun ? "," : "",
                json.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
    m_jsonBegun = true;
}

void Account::finish() {
    {
        const std::lock_guard lock{m_mutex};
        if (std::exchange(m_over, true)) return;
        m_outcomes.notify_one();
    }
    m_thread.join();
    endProgress();
}

std::string Account::summary() const {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begun).count();
    std::string text =
        fmt::format("{} recorded, {} already recorded, {} refused, {} FAIL, {} ERROR, {} ABORTED; {:.1f} s",
                    count(Kind::Recorded), count(Kind::AlreadyRecorded), count(Kind::Refused), count(Kind::Fail),
                    count(Kind::Error), count(Kind::Aborted), seconds);
    if (!m_stoppedFixtures.empty()) text += fmt::format("; stopped: {}", fmt::join(m_stoppedFixtures, ", "));
    if (notBegun() > 0) text += fmt::format("; {} scans were not begun", notBegun());
    return text;
}

Json Account::summaryJson() const {
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_begun);
    return {{"recorded", count(Kind::Recorded)},
            {"alreadyRecorded", count(Kind::AlreadyRecorded)},
            {"refused", count(Kind::Refused)},
            {"fail", count(Kind::Fail)},
            {"error", count(Kind::Error)},
            {"aborted", count(Kind::Aborted)},
            {"notBegun", notBegun()},
            {"stoppedFixtures", m_stoppedFixtures},
            {"milliseconds", elapsed.count()}};
}

int Account::exitCode() const {
    if (count(Kind::Error) > 0) return kStation;
    const std::uint64_t wrong = count(Kind::Refused) + count(Kind::Fail) + count(Kind::Aborted) + notBegun();
    return wrong > 0 ? kRefused : kDone;
}

}  // namespace keystamp::cli
