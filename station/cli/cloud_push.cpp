// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/cloud_push.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/process.h"
#include "core/stop_signal.h"
#include "station/cli/ask.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using workflow::PushReport;
using workflow::Station;

struct Options {
    std::string batch;
    bool apply = false;
    int tokenFd = -1;
    unsigned limit = 300;
};

Result<Secret> readToken(const Options& options, const std::string& host) {
    const int fd = options.tokenFd >= 0 ? options.tokenFd : isatty(STDIN_FILENO) == 1 ? -1 : STDIN_FILENO;
    auto token = fd >= 0 ? readSecret(fd, {}) : ask(fmt::format("Token for {}: ", host), {ErrorCode::BadUsage, "there is no terminal to ask for the token at; give it by --auth-fd"});
    if (!token) return Error{token.error().code, "the service's token: " + token.error().detail};
    if (const auto good = cloud::checkServiceToken(*token); !good) return good.error();
    return token;
}

/// A line a second, where it takes longer than one.
class Progress {
public:
    void operator()(std::uint64_t done, std::uint64_t of) {
        const auto now = std::chrono::steady_clock::now();
        if (now - m_said < std::chrono::seconds{1}) return;
        m_said = now;
        std::fprintf(stderr, "%llu of %llu\n", static_cast<unsigned long long>(done), static_cast<unsigned long long>(of));
    }

private:
    std::chrono::steady_clock::time_point m_said = std::chrono::steady_clock::now();
};

std::string lines(const char* what, const std::vector<workflow::PushedDevice>& devices) {
    std::string text;
    for (const auto& one : devices) text += fmt::format("\n  {}: {}: {}", what, one.id.text(), one.why);
    return text;
}

Json listed(const std::vector<workflow::PushedDevice>& devices) {
    Json all = Json::array();
    for (const auto& one : devices) all.push_back({{"id", one.id.text()}, {"why", one.why}});
    return all;
}

std::string wordsOf(const Options& options, const std::string& host, const PushReport& report) {
    const char* const form = options.apply ? "{} at {}: {} created, {} approved, {} right already, {} left as they are, {} failed"
                                           : "{} at {}: {} to create, {} to approve, {} right already, {} to be left as they are, {} failed";
    std::string text = fmt::format(fmt::runtime(form), options.batch, host, report.created, report.approved, report.right, report.left.size(), report.failed.size());
    if (report.byGroup != 0) text += fmt::format("; {} are opened by their enrolment group", report.byGroup);
    text += lines("left", report.left) + lines("failed", report.failed);
    if (report.ended) return text + fmt::format("\n{} of {} devices were looked at; run it again, and the rest is done.", report.seen(), report.devices);
    if (!options.apply) text += "\nNothing was changed there. With --apply it is done.";
    return text;
}

int push(Context& context, const Options& options) {
    auto station = open(context, Station::Use::Records);
    if (!station) return fail(context, station.error());
    const auto& target = (*station)->config.push;
    if (!target) {
        return fail(context, {ErrorCode::BadConfig, fmt::format("{}: there is no [cloud.push], so devices are pushed nowhere; docs/station.toml shows it", (*station)->config.file)});
    }
    const auto token = readToken(options, target->host);
    if (!token) return fail(context, token.error());
    std::atomic<bool> stop{false};
    const StopSignal signal{[&stop] { stop = true; }};
    const cloud::Waiting waiting = [&](std::chrono::seconds span, const std::string& why) {
        std::fprintf(stderr, "%s: %s; going on in %lld s\n", target->host.c_str(), why.c_str(), static_cast<long long>(span.count()));
    };
    const auto directory = cloud::directoryOf(*target, {(*station)->config.cloud, *token, stop, waiting, std::chrono::seconds{options.limit}});
    Progress progress;
    const auto report = workflow::pushBatch(**station, {options.batch, options.apply, userName()}, *directory, stop, std::ref(progress));
    if (!report) return fail(context, report.error());
    Json json{{"batch", options.batch}, {"service", name(target->kind)}, {"host", target->host},   {"applied", options.apply},
              {"devices", report->devices}, {"created", report->created}, {"approved", report->approved}, {"right", report->right},
              {"byGroup", report->byGroup}, {"left", listed(report->left)}, {"failed", listed(report->failed)},
              {"ended", report->ended ? toJson(*report->ended) : Json{}}};
    print(context, wordsOf(options, target->host, *report), json);
    if (report->ended) {
        if (report->ended->code != ErrorCode::Aborted) std::fprintf(stderr, "keystamp: %s\n", describe(*report->ended).c_str());
        return exitCode(report->ended->code);
    }
    return report->failed.empty() ? kDone : kRefused;
}

}  // namespace

void addCloudPush(CLI::App& group, Context& context) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = addCommand(
        group, "push", "Tell IoT Central or DPS of a batch's recorded devices; first only show what that would do",
        "  keystamp cloud push order-4711                     (shows it: nothing is changed there)\n"
        "  keystamp cloud push order-4711 --apply             (does it; the token is asked for)\n"
        "  keystamp cloud push order-4711 --apply --json <token\n"
        "\n"
        "To [cloud.push] in the configuration; without it nothing is ever pushed. Each device is looked for there first: it is created where it is\n"
        "absent, associated with the template where nobody has done that, and left alone where it is right, blocked, or another's. So it may be\n"
        "stopped, or die, at any time: run again it does the rest. Waits where the service has too many requests. Audited with --apply.\n"
        "Void units are never pushed. With DPS: enrolments by certificate, ten a request; devices with SAS keys are opened by their group.\n"
        "Exit 0: done, and what was left is named; 1: some were refused, or it was stopped; 3: the service cannot be reached.");
    command->add_option("batch", options->batch, "The batch")->required()->type_name("NAME");
    command->add_flag("--apply", options->apply, "Change it there");
    command->add_option("--auth-fd", options->tokenFd, "Read the service's token from this descriptor; else from standard input, or it is asked for")->type_name("N");
    command->add_option("--limit", options->limit, "Seconds that one request may take, with all waiting")->type_name("SECONDS")->check(CLI::Range(1, 86400))->capture_default_str();
    addJson(command, context);
    onRun(command, context, [&context, options] { return push(context, *options); });
}

}  // namespace keystamp::cli
