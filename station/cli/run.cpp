// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>

#include "core/process.h"
#include "core/stop_signal.h"
#include "station/cli/outcome.h"
#include "station/cli/output.h"
#include "station/cli/scanner_feed.h"
#include "station/cli/scans.h"
#include "station/workflow/people.h"
#include "station/workflow/scan_text.h"

namespace keystamp::cli {
namespace {

using workflow::FixtureConfig;
using workflow::FixtureStatus;
using workflow::Line;
using workflow::Station;

struct Options {
    std::string batch, scans;
    bool scanners = false;
    std::vector<std::string> fixtures;
};

/// After one of these the next scan cannot fare better; silence, a lost link and an HSM that heals are another matter.
bool stopsTheLine(ErrorCode code) {
    constexpr std::array kEnds{ErrorCode::PinNeeded,  ErrorCode::PinWrong,    ErrorCode::PinLocked,
                               ErrorCode::KeyMissing, ErrorCode::JournalBusy, ErrorCode::JournalFault,
                               ErrorCode::ClockWrong};
    return std::find(kEnds.begin(), kEnds.end(), code) != kEnds.end();
}

/// Hears of every change on the line and hands each job's end to the account once.
class Ends {
public:
    explicit Ends(Account& account) : m_account(account) {}

    void hear(const FixtureStatus& status) {
        if (status.phase != FixtureStatus::Phase::Done) return;
        Outcome outcome = outcomeOf(status);
        {
            const std::lock_guard lock{m_mutex};
            std::uint64_t& last = m_last[status.fixture];
            if (status.job <= last) return;
            last = status.job;
            outcome.attempt = m_attempt;
        }
        if (outcome.attempt > 1 && outcome.error && outcome.error->code == ErrorCode::FixtureStopped) {
            outcome.kind = Outcome::Kind::Error;  // the scan's own end stands: it could not be tried again
        }
        if (outcome.kind == Outcome::Kind::Error && outcome.error && stopsTheLine(outcome.error->code))
            m_account.stop();
        m_account.add(std::move(outcome));
    }
    void beginRetries() {
        const std::lock_guard lock{m_mutex};
        m_attempt = 2;
    }

private:
    Account& m_account;
    std::mutex m_mutex;
    std::map<std::string, std::uint64_t> m_last;
    int m_attempt = 1;
};

Result<std::vector<FixtureConfig>> chosenFixtures(const workflow::Config& config,
                                                  const std::vector<std::string>& names) {
    if (config.fixtures.empty()) return Error{ErrorCode::BadConfig, config.file + ": no [[fixture]]"};
    if (names.empty()) return config.fixtures;
    std::vector<FixtureConfig> chosen;
    for (const auto& name : names) {
        const FixtureConfig* fixture = config.fixture(name);
        if (fixture == nullptr) return Error{ErrorCode::UnknownFixture, name};
        const auto same = [&](const FixtureConfig& other) { return other.name == name; };
        if (std::none_of(chosen.begin(), chosen.end(), same)) chosen.push_back(*fixture);
    }
    return chosen;
}

void tellRecovery(const workflow::RecoveryReport& report) {
    for (const auto& line : report.finished) std::fprintf(stderr, "recovered: %s\n", line.c_str());
    for (const auto& unit : report.unresolved) {
        std::fprintf(stderr, "waits for its board: %s (%s, batch %s, scan %s, last on %s); scan it again\n",
                     unit.id.text().c_str(), std::string{name(unit.state)}.c_str(), unit.batch.c_str(),
                     unit.scan.c_str(), unit.fixture.c_str());
    }
}

void beginJson(const std::string& batch, const workflow::RecoveryReport& report) {
    Json waiting = Json::array();
    for (const auto& unit : report.unresolved) waiting.push_back(toJson(unit));
    const auto text = [](const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); };
    std::printf("{\n  \"batch\": %s,\n  \"recovery\": %s,\n  \"units\": [", text(batch).c_str(),
                text({{"finished", report.finished}, {"waiting", waiting}}).c_str());
}

void takeLine(Line& line, Account& account, const std::string& text) {
    const ScanLine scan = parseScanLine(text);
    const auto taken = scan.fixture ? line.scanAt(*scan.fixture, scan.payload) : line.scan(scan.payload);
    if (!taken) {
        account.add(refusal(scan.fixture.value_or(""), scan.payload, taken.error()));
    } else if (taken->selected) {
        account.withdraw();
    }
}

Result<void> takeAll(ScanSource& source, Line& line, Account& account, int stopFd) {
    while (account.admit()) {
        const auto text = source.next(stopFd);
        if (!text || !text->has_value()) {
            account.withdraw();
            return text ? Result<void>{} : text.error();
        }
        takeLine(line, account, **text);
    }
    return {};
}

void takeFromScanners(ScannerFeed& feed, Line& line, Account& account) {
    while (account.admit()) {
        const auto scan = feed.next();
        if (!scan) return account.withdraw();
        if (!scan->scanned) {
            account.add(refusal(scan->fixture, "", scan->scanned.error()));
            continue;
        }
        const auto taken = scan->fixture.empty() ? line.scan(*scan->scanned) : line.scanAt(scan->fixture, *scan->scanned);
        if (!taken) {
            account.add(refusal(scan->fixture, workflow::visible(*scan->scanned), taken.error()));
        } else if (taken->selected) {
            account.withdraw();
        }
    }
}

void tellScanner(const workflow::ScannerConfig& scanner, const Result<void>& state) {
    std::fprintf(stderr, "scanner %s: %s\n", scanner.name.c_str(), state ? "listens" : (state.error().detail + "; it is tried again until it is there").c_str());
}

/// A unit that a failing station left behind is bound to its board: no other is accepted for it, so its scan can be
/// tried again whatever board is on the fixture now. A scan that bound no board is not: it could give its ID to the
/// next one.
void tryAgain(const Station& station, Line& line, Account& account, Ends& ends) {
    ends.beginRetries();
    std::set<std::string> tried;
    for (const auto& error : account.errors()) {
        const auto id = DeviceId::parse(error.deviceId);
        if (!id || !tried.insert(id->text()).second) continue;
        const auto unit = station.journal->liveUnit(*id);
        if (!unit || !unit->has_value() || (*unit)->state == db::UnitState::Recorded || (*unit)->scan != error.scan)
            continue;
        if (line.stopped(error.fixture)) continue;
        account.admitRetry();
        if (const auto taken = line.again(error.fixture, error.scan); !taken) {
            Outcome again = refusal(error.fixture, error.scan, taken.error());
            again.attempt = 2;
            account.add(std::move(again));
        }
    }
    line.waitUntilIdle();
}

/// How many rows of the log stand under a signature now. A signer that cannot sign now changes no unit's end.
std::uint64_t signShift(Station& station) {
    const auto checkpoint = workflow::endShift(station);
    if (checkpoint) return checkpoint->size;
    std::fprintf(stderr, "keystamp: no checkpoint was signed at the end of this run; `keystamp audit checkpoint` signs one later: %s\n",
                 describe(checkpoint.error()).c_str());
    return 0;
}

/// What the printer has not printed by now is said, and printed by the next run.
std::vector<std::string> labelsLeft(Station& station) {
    if (!station.labels) return {};
    station.labels->settle(Deadline::in(std::chrono::seconds{10}));
    auto state = station.labels->state();
    for (const auto& id : state.waiting) {
        std::fprintf(stderr, "has no label yet: %s; the next run prints it, or `keystamp unit label %s`\n", id.c_str(), id.c_str());
    }
    if (state.trouble) std::fprintf(stderr, "keystamp: %s\n", describe(*state.trouble).c_str());
    station.labels.reset();  // its last row is in the log before that is signed
    return std::move(state.waiting);
}

/// Why the station has paused the batch by itself, which is said; empty where it has not.
std::string whyPaused(const Station& station, const std::string& batch) {
    const auto progress = station.journal->batch(batch);
    std::string why = progress ? progress->batch.stopped : "";
    if (!why.empty()) {
        std::fprintf(stderr, "keystamp: %s is paused: the cloud refused %s\nPut that right, then: keystamp batch resume %s\n", batch.c_str(), why.c_str(), batch.c_str());
    }
    return why;
}

Json latencyJson(const workflow::Latency& latency) {
    const auto figures = latency.figures();
    if (figures.requests == 0) return nullptr;
    return {{"requests", figures.requests}, {"p50Microseconds", figures.p50.count()}, {"p95Microseconds", figures.p95.count()}};
}

/// Scans come from `source`, or, where there is none, from the station's scanners.
int runLine(Context& context, Station& station, const Options& options, std::vector<FixtureConfig> fixtures,
            ScanSource* source, const workflow::RecoveryReport& recovered) {
    if (context.json) beginJson(options.batch, recovered);
    workflow::LineOptions lineOptions;
    lineOptions.queueScans = true;
    lineOptions.stopAfter = station.config.stopAfter;
    lineOptions.person = context.as;
    if (fixtures.size() == 1 || (source != nullptr && source->allNameAFixture())) lineOptions.presencePoll = std::chrono::milliseconds{0};
    Account account{context, options.batch};
    Ends ends{account};
    Result<void> read;
    bool stopped = false;
    ScannerFeed feed;
    {
        Line line{station, options.batch, std::move(fixtures), lineOptions,
                  [&](const FixtureStatus& status) { ends.hear(status); }};
        const StopSignal signal{[&] {
            account.stop();
            feed.stop();
            line.abort();
        }};
        if (source != nullptr) {
            read = takeAll(*source, line, account, signal.fd());
        } else {
            const workflow::Scanners scanners{station.config.scanners, {[&](const auto& from, const auto& scan) { feed.add(from, scan); }, tellScanner}};
            takeFromScanners(feed, line, account);
        }
        line.waitUntilIdle();
        if (!signal.stopped()) tryAgain(station, line, account, ends);
        stopped = signal.stopped();
    }
    account.finish();
    const auto withoutLabel = labelsLeft(station);
    const std::string paused = whyPaused(station, options.batch);
    const std::uint64_t signedRows = signShift(station);
    if (context.json) {
        std::printf("\n  ],\n  \"stopped\": %s,\n  \"paused\": %s,\n  \"checkpoint\": %s,\n  \"withoutLabel\": %s,\n  \"hsmLatency\": %s,\n  \"summary\": %s\n}\n", stopped ? "true" : "false",
                    paused.empty() ? "null" : Json(paused).dump(-1, ' ', false, Json::error_handler_t::replace).c_str(), signedRows == 0 ? "null" : std::to_string(signedRows).c_str(), Json(withoutLabel).dump().c_str(),
                    latencyJson(station.latency).dump().c_str(), account.summaryJson().dump().c_str());
    } else {
        std::printf("%s%s\n", stopped ? "stopped: " : "", account.summary().c_str());
    }
    std::fflush(stdout);
    if (!read) {
        std::fprintf(stderr, "keystamp: %s\n", describe(read.error()).c_str());
        return kStation;
    }
    const int code = account.exitCode();
    return code == kDone && (stopped || !paused.empty()) ? kRefused : code;
}

int run(Context& context, const Options& options) {
    if (options.scans.empty() != options.scanners) return fail(context, {ErrorCode::BadUsage, "give --scans or --scanners, one of them"});
    std::optional<ScanSource> source;
    if (!options.scanners) {
        auto opened = ScanSource::open(options.scans);
        if (!opened) return fail(context, opened.error());
        source = *std::move(opened);
    }
    auto station = open(context, Station::Use::Run);
    if (!station) return fail(context, station.error());
    if (options.scanners && (*station)->config.scanners.empty()) {
        return fail(context, {ErrorCode::BadConfig, (*station)->config.file + ": no [[scanner]]"});
    }
    auto fixtures = chosenFixtures((*station)->config, options.fixtures);
    if (!fixtures) return fail(context, fixtures.error());
    const auto progress = (*station)->journal->batch(options.batch);
    if (!progress) return fail(context, progress.error());
    if (progress->batch.state != db::BatchState::Open) {
        const std::string& why = progress->batch.stopped;
        return fail(context, {ErrorCode::BatchNotOpen, fmt::format("{} is {}{}{}", options.batch, name(progress->batch.state), why.empty() ? "" : ": the cloud refused ", why)});
    }
    if (!context.as.empty()) {
        if (auto known = workflow::checkPresent(**station, context.as); !known) return fail(context, known.error());
    }
    const auto recovered = workflow::recover(**station);
    if (!recovered) return fail(context, recovered.error());
    tellRecovery(*recovered);
    workflow::beginLabels(**station);
    return runLine(context, **station, options, std::move(*fixtures), source ? &*source : nullptr, *recovered);
}

}  // namespace

void addRun(CLI::App& app, Context& context) {
    const auto options = std::make_shared<Options>();
    CLI::App* command =
        addCommand(app, "run", "Provision boards by scans: from barcode to recorded, all fixtures in parallel",
                   "  keystamp run order-4711 --scans today.txt\n"
                   "  keystamp run order-4711 --scans /dev/ttyACM0                  (a scanner's serial port)\n"
                   "  keystamp run order-4711 --scanners                            (those in the configuration)\n"
                   "  keystamp run order-4711 --scans - --fixture F1 --fixture F2   (standard input)\n"
                   "\n"
                   "A line is `fixture,payload`, or a payload alone: it is then for the fixture whose label was "
                   "scanned in the line before,\n"
                   "or for the only fixture with a newly arrived board, or for the only fixture that is used. Nothing "
                   "is guessed.\n"
                   "\n"
                   "Each unit's end is a line: fixture, scan, device ID, PASS, FAIL (the board is bad), ERROR (the "
                   "station cannot tell),\n"
                   "ABORTED, REFUSED (nothing was issued) or DONE BEFORE. The same scans may be run again at any time: "
                   "what is recorded stays.\n"
                   "A scan that ended in ERROR with its board bound to it is tried once more at the end; no other "
                   "board is accepted for it.\n"
                   "A fixture whose boards fail alike three times in a row ([station] stop_after) takes no more scans in this "
                   "run; a new one takes it up again.\n"
                   "With a [label] printer each recorded unit's label is printed; what has none at the end is said, and printed by the next run.\n"
                   "Ctrl-C ends jobs at their next step; scanning those boards again goes on with them.\n"
                   "\n"
                   "Exit: 3 if a unit ended in ERROR, else 1 if one was refused, failed or stopped, else 0: all "
                   "recorded, now or before.");
    command->add_option("batch", options->batch, "The batch")->required()->type_name("NAME");
    command->add_option("--scans", options->scans, "Where scans come from: a file, a port, or - for standard input")
        ->type_name("FILE");
    command->add_flag("--scanners", options->scanners, "Scans come from the scanners in the configuration, until Ctrl-C");
    command->add_option("--fixture", options->fixtures, "Use these fixtures only; may be given again")
        ->type_name("F")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command->add_option("--as", context.as, "Who runs it, for the records: one of `keystamp person list`; else they name nobody")->type_name("NAME");
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, options] { return run(context, *options); });
}

}  // namespace keystamp::cli
