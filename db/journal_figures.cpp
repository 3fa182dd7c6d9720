// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "db/figures.h"
#include "db/journal_parts.h"

namespace keystamp::db {
namespace {

struct Ended {
    std::string board, fixture, verdict, reason;
    UtcTime time{};
};

/// The newest first, and no further back than `since`: jobs are numbered as they end.
std::vector<Ended> endedSince(Connection& db, UtcTime since, const std::string& batch) {
    std::vector<Ended> jobs;
    Use use{db.prepared("SELECT batch || char(0) || scan, fixture, verdict, reason, ended_at, batch FROM job ORDER BY number DESC")};
    while (use.next()) {
        Ended job{use.text(0), use.text(1), use.text(2), use.text(3), use.time(4)};
        if (job.time < since) break;
        if (!batch.empty() && use.text(5) != batch) continue;
        if (job.verdict != name(Verdict::Aborted)) jobs.push_back(std::move(job));
    }
    return jobs;
}

std::optional<std::chrono::milliseconds> median(std::vector<std::chrono::milliseconds> all) {
    if (all.empty()) return std::nullopt;
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::ranges::nth_element(all, middle);
    return *middle;
}

Figures::Hour& hourOf(Figures& figures, UtcTime time) {
    const UtcTime begin = std::chrono::floor<std::chrono::hours>(time);
    if (figures.hours.empty()) figures.hours.push_back({begin});
    // a clock that was set back puts a job into the hour that stands
    while (figures.hours.back().begin < begin) figures.hours.push_back({figures.hours.back().begin + std::chrono::hours{1}});
    return figures.hours.back();
}

}  // namespace

Result<Figures> Journal::figures(UtcTime since, const std::string& batch) const {
    return m_parts->read([&](Connection& db) -> Result<Figures> {
        const auto jobs = endedSince(db, since, batch);
        Figures figures;
        std::set<std::string_view> seen;
        std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> failures;
        std::vector<std::chrono::milliseconds> gaps;
        std::optional<UtcTime> last;
        for (auto each = jobs.rbegin(); each != jobs.rend(); ++each) {
            const Ended& job = *each;
            const bool pass = job.verdict == name(Verdict::Pass);
            if (seen.insert(job.board).second && pass) ++figures.firstPass;
            auto& hour = hourOf(figures, job.time);
            if (!pass) {
                ++hour.failed;
                ++failures[{job.fixture, job.reason}];
                continue;
            }
            ++hour.recorded;
            ++figures.recorded;
            if (last && job.time >= *last) gaps.push_back(job.time - *last);
            last = job.time;
        }
        figures.boards = seen.size();
        figures.takt = median(std::move(gaps));
        for (const auto& [what, count] : failures) figures.failures.push_back({std::string{what.first}, std::string{what.second}, count});
        std::ranges::stable_sort(figures.failures, std::ranges::greater{}, &Figures::Failure::count);
        return figures;
    });
}

}  // namespace keystamp::db
