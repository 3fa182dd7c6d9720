// SPDX-License-Identifier: Apache-2.0
// Who is there.
#include "station/kiosk/scene_parts.h"

namespace keystamp::kiosk {
namespace {

using viewmodel::KioskController;
using viewmodel::StationController;

Scene locked() {
    return {"locked", [](KioskController& kiosk) {
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(true));
                kiosk.showPage(KioskController::LockPage);
            }};
}

}  // namespace

std::vector<Scene> personScenes() {
    return {
        by("locked", std::nullopt, locked()),
        by("locked-unknown", std::nullopt, locked(), "This badge is nobody's. Scan it again, or have a supervisor add it."),
        by("auditor-batches", person("Aurelia Prüferin", db::Role::Auditor), {"auditor-batches", [](KioskController& kiosk) {
               kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
               kiosk.batches()->show({progress("order-4711", Mode::X509, 12, 1)});
               kiosk.showPage(KioskController::BatchesPage);
           }}),
    };
}

}  // namespace keystamp::kiosk
