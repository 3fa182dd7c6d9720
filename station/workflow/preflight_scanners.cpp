// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/preflight_scanners.h"

#include <cerrno>

#include "station/workflow/scanner_source.h"

namespace keystamp::workflow {
namespace {

constexpr std::chrono::seconds kOpening{2};

Check checkScanner(const ScannerConfig& scanner, const Result<void>& state) {
    const std::string what = "scanner " + scanner.name;
    const std::string serves = scanner.fixture.empty() ? "for any fixture" : "for " + scanner.fixture;
    if (state) return {what, true, scanner.link + ": open, " + serves, {}};
    const long native = state.error().native;
    if (scanner.link.starts_with("evdev:") && (native == EACCES || native == EPERM || native == EBUSY)) {
        return {what, true, state.error().detail + "; it types as a keyboard does, in the desktop's layout",
                native == EBUSY ? "End the other program, to have its keys for the station alone."
                                : "Let the station's user read it (a udev rule, or the group input), to have its keys for the station alone."};
    }
    return {what, false, state.error().detail, "Plug the scanner in; check its link in the configuration."};
}

}  // namespace

void checkScanners(Station& station, const std::function<void(Check)>& each) {
    const auto& scanners = station.config.scanners;
    if (scanners.empty()) return;
    if (station.scanners) {
        const auto states = station.scanners->states();
        for (std::size_t n = 0; n < scanners.size(); ++n) each(checkScanner(scanners[n], states[n]));
        return;
    }
    UniqueFd lock;
    if (!station.runLock) {
        auto alone = lockFile(station.config.runLockPath());
        if (!alone && alone.error().code == ErrorCode::JournalBusy) {
            return each({"scanners", true, "at work, so not asked: " + alone.error().detail, {}});
        }
        if (alone) lock = std::move(*alone);
    }
    for (const ScannerConfig& scanner : scanners) {
        const auto opened = openScanner(scanner, Deadline::in(kOpening));
        each(checkScanner(scanner, opened ? Result<void>{} : opened.error()));
    }
}

}  // namespace keystamp::workflow
