// SPDX-License-Identifier: Apache-2.0
// Before there is work, and what stands beside it.
#include "station/kiosk/scene_parts.h"

namespace keystamp::kiosk {
namespace {

using viewmodel::KioskController;
using viewmodel::StationController;

Scene start(const std::string& name, StationController::State state, std::optional<Error> error,
            KioskController::Page page) {
    return {name, [=](KioskController& kiosk) {
                kiosk.station()->show(state, error, sample(false));
                kiosk.showPage(page);
                for (int digit = 0; digit < 6; ++digit) kiosk.pin()->digit(digit);
            }};
}

Scene preflight(const std::string& name, bool good, bool running) {
    return {name, [=](KioskController& kiosk) {
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
                std::vector<workflow::Check> checks{
                    {"signer", true, "process 4711, started 1 times", ""},
                    {"HSM", true, "token \"keystamp\", serial 5f3c2a1b, logged in", ""},
                    {"primary CA", true, "CN=Acme Devices CA 1, P-256, valid 2025-01-01 to 2027-02-01; active; group key present",
                     "It ends in 64 days: have a new one signed (keystamp ca request)."},
                    {"journal", true, "/var/lib/keystamp/journal.db, whole: 118231 audit rows", ""}};
                if (!good) {
                    checks.push_back({"clock", false, "", "", Error{ErrorCode::ClockWrong, "2026-11-28, the last record is of 2026-11-29"}});
                    checks.push_back({"disk", false, "117 MiB free below /var/lib/keystamp", "Free some: the journal must be able to grow."});
                    checks.push_back({"fixture F4", false, "", "", Error{ErrorCode::LinkUnavailable, "/dev/ttyUSB3"}});
                }
                kiosk.preflight()->show(checks, running);
                kiosk.showPage(KioskController::PreflightPage);
            }};
}

Scene scanTrial(const std::string& name, const QString& scanned) {
    return {name, [=](KioskController& kiosk) {
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(true));
                workflow::Config config;
                config.scan.take = "acme-{21}";
                kiosk.scanTrial()->setConfig(config);
                kiosk.scanTrial()->clear();
                if (!scanned.isEmpty()) kiosk.scanTrial()->scan(scanned);
                kiosk.showPage(KioskController::ScanPage);
            }};
}

}  // namespace

std::vector<Scene> startScenes() {
    return {
        start("starting", StationController::Starting, std::nullopt, KioskController::StartPage),
        start("trouble", StationController::Trouble,
              Error{ErrorCode::SignerUnavailable, "/var/lib/keystamp/signer.sock", 111, "connect"},
              KioskController::StartPage),
        start("pin", StationController::PinNeeded, Error{ErrorCode::PinNeeded, "keystamp"}, KioskController::PinPage),
        start("pin-wrong", StationController::PinNeeded, Error{ErrorCode::PinWrong, "keystamp"},
              KioskController::PinPage),
        {"menu",
         [](KioskController& kiosk) {
             kiosk.station()->show(StationController::Ready, std::nullopt, sample(true));
             kiosk.showPage(KioskController::MenuPage);
         }},
        preflight("preflight-running", true, true),
        preflight("preflight-good", true, false),
        preflight("preflight-bad", false, false),
        scanTrial("scan-none", {}),
        scanTrial("scan-taken", QStringLiteral("]d201095011015300032100117\x1d" "10LOT-7")),
        scanTrial("scan-refused", QStringLiteral("01095011015300042100117")),
        scanTrial("scan-layout", QString::fromStdString(workflow::testCodeOn("de"))),
    };
}

}  // namespace keystamp::kiosk
