// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/preflight_fixtures.h"

#include <fmt/format.h>

#include <future>

#include "flashing/board.h"

namespace keystamp::workflow {
namespace {

constexpr std::chrono::seconds kOpening{3};
constexpr std::chrono::seconds kAnswering{4};  // sync is retried for 2 s while a board wakes up

Check checkFixture(const FixtureConfig& fixture) {
    const std::string what = "fixture " + fixture.name;
    auto link = flashing::openLink(fixture.link, Deadline::in(kOpening));
    if (!link) return failed(what, link.error());
    auto board = flashing::openBoard(fixture.driver, std::move(*link), fixture.options);
    if (!board) return failed(what, board.error());
    const auto info = (*board)->info(Deadline::in(kAnswering));
    if (info)
        return {what,
                true,
                fmt::format("{}: board {}, {} {}", fixture.link, toHex(info->uid), info->family, info->firmware),
                {}};
    if (info.error().code == ErrorCode::BoardSilent || info.error().code == ErrorCode::Timeout) {
        return {what, true, fixture.link + ": open; no board answers", {}};
    }
    return failed(what, info.error());
}

}  // namespace

std::vector<Check> fixtureChecks(Station& station, const std::function<void(const Check&)>& each) {
    std::vector<Check> all;
    checkFixtures(station, [&](Check check) {
        all.push_back(std::move(check));
        if (each) each(all.back());
    });
    return all;
}

void checkFixtures(Station& station, const std::function<void(Check)>& each) {
    const auto& fixtures = station.config.fixtures;
    if (fixtures.empty())
        return each({"fixtures", false, "none is configured", "Add a [[fixture]] to " + station.config.file + "."});
    UniqueFd lock;
    if (!station.runLock) {
        auto alone = lockFile(station.config.runLockPath());
        if (!alone && alone.error().code == ErrorCode::JournalBusy) {
            return each({"fixtures", true, "at work, so not asked: " + alone.error().detail, {}});
        }
        if (!alone) return each(failed("fixtures", alone.error()));
        lock = std::move(*alone);
    }
    std::vector<std::future<Check>> asked;
    asked.reserve(fixtures.size());
    for (const auto& fixture : fixtures)
        asked.push_back(std::async(std::launch::async, checkFixture, std::cref(fixture)));
    for (auto& answer : asked) each(answer.get());
}

}  // namespace keystamp::workflow
