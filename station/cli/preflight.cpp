// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/process.h"
#include "hsm/client.h"
#include "station/cli/ask.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using workflow::Check;

std::string line(const Check& check) {
    const char* word = !check.good ? "BAD" : check.nextStep.empty() ? "good" : "soon";
    return fmt::format("{:<5} {:<14} {}{}", word, check.name, check.detail,
                       check.nextStep.empty() ? "" : "\n" + std::string(21, ' ') + check.nextStep);
}

int run(Context& context) {
    auto config = loadConfig(context);
    if (!config) return fail(context, config.error());
    workflow::Station station;
    station.config = std::move(*config);
    showProgress("signer");
    // a PIN can be entered now; any other trouble with the signer is the preflight's to tell
    if (auto signer = hsm::connect({station.config.signerSocket, station.config.file, station.config.startSigner})) {
        station.signer = std::move(*signer);
        endProgress();
        if (const auto ready = unlock(*station.signer, context.pinFd);
            !ready && ready.error().code == ErrorCode::PinWrong) {
            return fail(context, ready.error());
        }
    }
    const auto checks = workflow::preflight(station, [&](const Check& check) {
        endProgress();
        if (!context.json) std::printf("%s\n", line(check).c_str());
        std::fflush(stdout);
        showProgress("checking");
    });
    endProgress();
    const auto bad = std::count_if(checks.begin(), checks.end(), [](const Check& check) { return !check.good; });
    Json json{{"good", bad == 0}, {"checks", Json::array()}};
    for (const auto& check : checks) {
        json["checks"].push_back(
            {{"name", check.name}, {"good", check.good}, {"detail", check.detail}, {"next", check.nextStep}});
    }
    print(context,
          bad == 0 ? "The station is ready."
                   : fmt::format("The station is not ready: {} of {} checks are bad.", bad, checks.size()),
          json);
    return bad == 0 ? kDone : kStation;
}

}  // namespace

void addPreflight(CLI::App& app, Context& context) {
    CLI::App* command =
        addCommand(app, "preflight", "Every check that a shift starts with; exit 3 if any is bad",
                   "  keystamp preflight\n"
                   "  keystamp preflight --json\n"
                   "\n"
                   "Signer and HSM, each CA and key, journal, clock, disk, supervisor, each fixture. Changes nothing.");
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context] { return run(context); });
}

}  // namespace keystamp::cli
