// SPDX-License-Identifier: Apache-2.0
// relay: real programs on both sides, and a UART between them that is not there.
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "tests/support/relay.h"

namespace {

using namespace keystamp;
using test::Relay;
using Steady = std::chrono::steady_clock;

constexpr const char* kFooter = R"(For each --to one line `listening ADDRESS` is printed, in their order: a station's link. At SIGTERM follows one line of JSON
for each: the bytes each way, `wire`, the seconds in which at least one way was sending (10 bits a byte), `first` and `last`, when the
first thing was said and the last one handed on (CLOCK_MONOTONIC). A link over RFC 2217 carries its rate itself: --baud is what it
begins with.

Faults: drop, corrupt, duplicate, delay, flood, unplug, throttle, drip; once, at a byte counted over both ways.

Example: relay --baud 115200 --to rfc2217:127.0.0.1:4711 --to rfc2217:127.0.0.1:4712)";

Result<void> serve(const std::vector<std::unique_ptr<Relay>>& relays, int signals) {
    std::vector<Relay::Wanted> wanted;
    std::vector<pollfd> items;
    for (;;) {
        wanted.assign(1, {signals, POLLIN});
        const auto before = Steady::now();
        std::optional<Relay::Time> until;
        for (const auto& each : relays) {
            each->wants(wanted);
            if (const auto due = each->due(before); due && (!until || *due < *until)) until = due;
        }
        items.clear();
        for (const auto& each : wanted) items.push_back({each.fd, each.events, 0});
        const auto left = until ? std::max(*until - before, std::chrono::nanoseconds{0}) : std::chrono::nanoseconds{0};
        const timespec wait{left.count() / 1'000'000'000, left.count() % 1'000'000'000};
        if (::ppoll(items.data(), items.size(), until ? &wait : nullptr, nullptr) < 0 && errno != EINTR) return Error{ErrorCode::Internal, "", errno, "ppoll"};
        if (items.front().revents != 0) return {};
        const auto now = Steady::now();
        for (const auto& each : relays) each->serve(now);
    }
}

Result<void> run(const std::vector<test::RelayMake>& makes) {
    sigset_t ends;
    sigemptyset(&ends);
    for (const int number : {SIGTERM, SIGINT}) sigaddset(&ends, number);
    sigprocmask(SIG_BLOCK, &ends, nullptr);
    const UniqueFd signals{::signalfd(-1, &ends, SFD_CLOEXEC)};
    ::prctl(PR_SET_TIMERSLACK, 1);  // or every slice would be 50 us late
    // Where it may: a UART does not wait for a processor.
    const sched_param first{1};
    static_cast<void>(::sched_setscheduler(0, SCHED_RR, &first));
    std::vector<std::unique_ptr<Relay>> relays;
    for (const auto& make : makes) {
        auto relay = Relay::open(make);
        if (!relay) return relay.error();
        relays.push_back(*std::move(relay));
    }
    for (const auto& each : relays) std::printf("listening %s\n", each->address().c_str());
    std::fflush(stdout);
    const auto served = serve(relays, signals.get());
    for (const auto& each : relays) std::printf("%s\n", each->account().c_str());
    return served;
}

Result<void> setFault(test::RelayMake& make, const std::string& text) {
    const auto at = text.find('@');
    const auto fault = test::faultOf(text.substr(0, at));
    if (!fault || at == std::string::npos) return Error{ErrorCode::BadUsage, "--fault " + text + ": write KIND@BYTE"};
    make.fault = {*fault, std::strtoul(text.c_str() + at + 1, nullptr, 10)};
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Stands between a station and its boards as a serial line does."};
    app.footer(kFooter);
    std::vector<std::string> to;
    std::string fault;
    test::RelayMake make;
    app.add_option("--to", to, "tcp:HOST:PORT, rfc2217:HOST:PORT or unix:/PATH of a board; repeat it for more")->required();
    app.add_option("--baud", make.baud, "bits per second, each way; else as fast as it comes")->check(CLI::Range(300, 10'000'000));
    app.add_flag("--drip", make.drips, "hand on every byte alone");
    app.add_option("--fault", fault, "KIND@BYTE: what goes wrong");
    CLI11_PARSE(app, argc, argv);
    Result<void> done;
    if (!fault.empty()) done = setFault(make, fault);
    std::vector<test::RelayMake> makes;
    for (const auto& each : to) {
        make.to = each;
        makes.push_back(make);
    }
    if (done) done = run(makes);
    if (done) return 0;
    std::fprintf(stderr, "relay: %s\n", describe(done.error()).c_str());
    return 2;
}
