// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "core/process.h"
#include "hsm/client.h"
#include "station/cli/ask.h"
#include "station/cli/checks.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

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
    ChecksShown shown{context};
    return shown.end(workflow::preflight(station, [&](const workflow::Check& check) { shown.show(check); }), "The station is ready.",
                     "The station is not ready");
}

}  // namespace

void addPreflight(CLI::App& app, Context& context) {
    CLI::App* command =
        addCommand(app, "preflight", "Every check that a shift starts with; exit 3 if any is bad",
                   "  keystamp preflight\n"
                   "  keystamp preflight --json\n"
                   "\n"
                   "Signer and HSM, each CA and key, journal, clock, disk, supervisor, label printer, each fixture. Changes nothing.");
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context] { return run(context); });
}

}  // namespace keystamp::cli
