// SPDX-License-Identifier: Apache-2.0
#include "station/kiosk/samples.h"

#include <iterator>

#include "station/kiosk/scene_parts.h"

namespace keystamp::kiosk {

using viewmodel::KioskController;

namespace {

constexpr std::uint64_t kOrdered = 240;

}  // namespace

viewmodel::StationController::Sample sample(bool demo, int waiting) {
    return {QStringLiteral("line-1"), demo, waiting, std::nullopt};
}

db::BatchProgress progress(const std::string& name, Mode mode, std::uint64_t recorded, std::uint64_t unresolved) {
    db::BatchProgress one;
    one.batch.name = name;
    one.batch.mode = mode;
    one.batch.scopeId = "0ne00ABCDEF";
    one.batch.count = kOrdered;
    one.recorded = recorded;
    one.unresolved = unresolved;
    one.failedJobs = 3;
    return one;
}

db::Person person(const std::string& name, db::Role role) {
    db::Person one;
    one.name = name;
    one.role = role;
    return one;
}

Scene by(const std::string& name, const std::optional<db::Person>& who, const Scene& scene, const std::string& badge) {
    return {name, [=](KioskController& kiosk) {
                kiosk.person()->show({person("Erika Mustermann", db::Role::Operator)}, who);
                if (!badge.empty()) kiosk.person()->say(QString::fromStdString(badge), !who);
                scene.set(kiosk);
            }};
}

std::vector<Scene> scenes() {
    std::vector<Scene> all;
    for (auto* const some : {startScenes, batchScenes, caScenes, lineScenes, figuresScenes, deviceScenes, personScenes, firstRunScenes}) {
        auto made = some();
        std::move(made.begin(), made.end(), std::back_inserter(all));
    }
    for (Scene& one : all) {
        // nobody is logged in but where the scene says so
        one.set = [set = std::move(one.set)](KioskController& kiosk) {
            kiosk.authority()->cancel();
            if (kiosk.firstRun()->active()) kiosk.firstRun()->end();
            kiosk.person()->show({}, std::nullopt);
            set(kiosk);
        };
    }
    return all;
}

}  // namespace keystamp::kiosk
