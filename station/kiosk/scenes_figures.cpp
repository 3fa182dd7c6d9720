// SPDX-License-Identifier: Apache-2.0
// How a line, or a batch, does.
#include "station/kiosk/scene_parts.h"

namespace keystamp::kiosk {
namespace {

using viewmodel::FiguresController;
using viewmodel::KioskController;
using viewmodel::StationController;

/// `span` as the page knows it.
Scene figures(const std::string& name, int span, int hours) {
    return {name, [=](KioskController& kiosk) {
                kiosk.figures()->setBatch(QStringLiteral("order-4711"));
                kiosk.figures()->look(span);
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
                db::Figures all;
                for (int hour = 0; hour < hours; ++hour) {
                    const auto recorded = static_cast<std::uint64_t>(180 + 37 * (hour % 5));
                    all.hours.push_back({UtcTime{std::chrono::hours{24 * 20'700 + hour}}, recorded, static_cast<std::uint64_t>(hour % 7)});
                    all.recorded += recorded;
                }
                all.boards = all.recorded + 9;
                all.firstPass = all.recorded * 97 / 100;
                if (hours > 0) {
                    all.takt = std::chrono::milliseconds{11'400};
                    all.failures = {{"F3", "board-silent", 9}, {"F7", "proof-failed", 4}, {"F3", "board-nonsense", 1}};
                }
                kiosk.figures()->show(all, hours == 0 ? workflow::Latency::Figures{} : workflow::Latency::Figures{940, std::chrono::microseconds{4'100}, std::chrono::microseconds{12'350}});
                kiosk.showPage(KioskController::FiguresPage);
            }};
}

}  // namespace

std::vector<Scene> figuresScenes() {
    return {
        figures("figures-none", FiguresController::Shift, 0),
        figures("figures-shift", FiguresController::Shift, 8),
        figures("figures-day", FiguresController::Day, 24),
        figures("figures-batch", FiguresController::Batch, 48),
        figures("figures-batch-days", FiguresController::Batch, 400),
    };
}

}  // namespace keystamp::kiosk
