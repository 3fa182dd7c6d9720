// SPDX-License-Identifier: Apache-2.0
// A new station.
#include "station/kiosk/scene_parts.h"

namespace keystamp::kiosk {
namespace {

using viewmodel::FirstRunController;
using viewmodel::KioskController;
using viewmodel::StationController;

const char* const kName = "Christiane Oberleitner";

/// `more` is done to it before it is shown.
Scene step(const std::string& name, const FirstRunController::Sample& sample, const std::function<void(KioskController&)>& more = {}) {
    Scene scene{name, [=](KioskController& kiosk) {
                    kiosk.station()->show(StationController::Ready, std::nullopt, kiosk::sample(true));
                    kiosk.firstRun()->show(sample);
                    if (more) more(kiosk);
                    kiosk.showPage(KioskController::FirstRunPage);
                }};
    return sample.enrolled.empty() ? scene : by(name, person(kName, db::Role::Supervisor), scene);
}

std::array<QString, FirstRunController::kLines> lines(const QString& name = {}, const QString& badge = {}) {
    return {name, badge, QString::fromLatin1(workflow::kNobodysScope)};
}

FirstRunController::Sample supervisor(const QString& name, const QString& badge, std::optional<Error> error = {}, const std::string& enrolled = {}) {
    return {.step = FirstRunController::Supervisor, .enrolled = enrolled, .values = lines(name, badge), .error = std::move(error)};
}

FirstRunController::Sample of(FirstRunController::Step step) { return {.step = step, .enrolled = kName, .values = lines()}; }

FirstRunController::Sample testUnit(const std::vector<Mode>& modes, std::optional<workflow::TestEnd> end = {}, std::optional<Error> error = {}) {
    auto sample = of(FirstRunController::TestUnit);
    sample.modes = modes;
    sample.end = std::move(end);
    sample.error = std::move(error);
    return sample;
}

Scene passphrase(const std::string& name, bool again, bool differed) {
    const auto wanted = [=](KioskController& kiosk) {
        kiosk.authority()->showNew(QStringLiteral("First supervisor: Christiane Oberleitner"), kName, again, differed);
        for (int n = 0; n < 9 && !differed; ++n) kiosk.authority()->entry()->key('a');
    };
    return step(name, supervisor(QString::fromLatin1(kName), QStringLiteral("BADGE-0001")), wanted);
}

}  // namespace

std::vector<Scene> firstRunScenes() {
    const auto scanned = [](const QString& text) {
        return [text](KioskController& kiosk) {
            kiosk.scanTrial()->clear();
            if (!text.isEmpty()) kiosk.scanTrial()->scan(text);
        };
    };
    const auto looked = [](bool good, bool running) {
        return [=](KioskController& kiosk) {
            std::vector<workflow::Check> checks{{"fixture F1", true, "/dev/ttyUSB0: board 0badc0ffee11, nrf52 1.2.0", ""},
                                                {"fixture F2", true, "/dev/ttyUSB1: open; no board answers", ""}};
            if (!good) checks.push_back({"fixture F3", false, "", "", Error{ErrorCode::LinkUnavailable, "/dev/ttyUSB2"}});
            kiosk.preflight()->show(checks, running, true);
        };
    };
    return {
        step("first-run", {}),
        step("first-run-supervisor", supervisor({}, {})),
        step("first-run-supervisor-bad", supervisor(QString::fromLatin1(kName), QStringLiteral("BADG"),
                                                    Error{ErrorCode::BadUsage, "a badge's code has 4 to 128 letters, digits and signs of ASCII, no blank at "
                                                                               "either end; scan the badge where its code is asked for"})),
        passphrase("first-run-passphrase", false, false),
        passphrase("first-run-passphrase-again", true, false),
        passphrase("first-run-passphrase-differs", false, true),
        step("first-run-enrolled", supervisor({}, QStringLiteral("BADGE-0001"), {}, kName)),
        step("first-run-scanner", of(FirstRunController::Scanner), scanned({})),
        step("first-run-scanner-layout", of(FirstRunController::Scanner), scanned(QString::fromStdString(workflow::testCodeOn("de")))),
        step("first-run-fixtures", of(FirstRunController::Fixtures), looked(true, false)),
        step("first-run-fixtures-bad", of(FirstRunController::Fixtures), looked(false, false)),
        step("first-run-fixtures-looking", of(FirstRunController::Fixtures), looked(true, true)),
        step("first-run-test", testUnit({Mode::X509, Mode::Sas})),
        step("first-run-test-none", testUnit({})),
        step("first-run-test-bad", testUnit({Mode::X509}, {}, Error{ErrorCode::BadUsage, "scope ID \"0ne\": 4 to 32 letters and digits, as the DPS "
                                                                                        "overview page shows it (0ne...)"})),
        step("first-run-passed", testUnit({Mode::X509, Mode::Sas}, workflow::TestEnd{"line-1-test-unit-1", true})),
        step("first-run-paused", testUnit({Mode::X509, Mode::Sas}, workflow::TestEnd{"", false})),
    };
}

}  // namespace keystamp::kiosk
