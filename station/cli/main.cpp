// SPDX-License-Identifier: Apache-2.0
// keystamp: the station without a screen.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "core/process.h"
#include "station/cli/context.h"
#include "station/cli/output.h"

namespace {

constexpr auto kAbout =
    "Keystamp gives boards their identity for Azure IoT Central and DPS: from a scan to a verified manifest.\n"
    "The station without a screen, for line engineers, auditors and scripts.";

constexpr auto kFooter =
    "A shift:\n"
    "  keystamp preflight\n"
    "  keystamp batch create order-4711 --mode x509 --scope-id 0ne00ABCDEF --pattern 'acme-{seq:06}' --first 1 --count "
    "500\n"
    "  keystamp run order-4711 --scans /dev/ttyACM0\n"
    "  keystamp batch close order-4711\n"
    "  keystamp manifest export order-4711 --out /media/usb/order-4711\n"
    "\n"
    "Exit codes:\n"
    "  0  done\n"
    "  1  a unit or a check failed, or a rule said no\n"
    "  2  usage or bad input: an unknown batch, a CSV, an ID, a missing configuration\n"
    "  3  the station cannot work: HSM, journal, fixture\n"
    "\n"
    "PINs and passphrases are asked for, or read from a descriptor (--pin-fd, --auth-fd); they are never arguments.\n"
    "`keystamp COMMAND --help` has examples for each command.";

int parseAndRun(int argc, char** argv) {
    using namespace keystamp;
    cli::Context context;
    CLI::App app{kAbout, "keystamp"};
    app.footer(kFooter);
    app.set_version_flag("--version", "keystamp " KEYSTAMP_VERSION);
    app.add_option("--config", context.configPath,
                   "The station's configuration; else $KEYSTAMP_CONFIG, else /etc/keystamp/station.toml")
        ->type_name("FILE");
    app.require_subcommand(1);
    cli::addPreflight(app, context);
    cli::addBatch(app, context);
    cli::addRun(app, context);
    cli::addScan(app, context);
    cli::addUnit(app, context);
    cli::addPerson(app, context);
    cli::addManifest(app, context);
    cli::addAudit(app, context);
    cli::addJournal(app, context);
    cli::addLabel(app, context);
    cli::addCa(app, context);
    cli::addSas(app, context);
    cli::addCloud(app, context);
    cli::addBoard(app, context);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? cli::kDone : cli::kUsage;
    }
    return context.action ? context.action() : cli::kUsage;
}

}  // namespace

int main(int argc, char** argv) {
    if (const auto hardened = keystamp::hardenProcess(); !hardened) {
        std::fprintf(stderr, "keystamp: %s\n", keystamp::describe(hardened.error()).c_str());
        return keystamp::cli::kStation;
    }
    try {
        return parseAndRun(argc, argv);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "keystamp: %s\n", problem.what());
        return keystamp::cli::kStation;
    }
}
