// SPDX-License-Identifier: Apache-2.0
// What the scenes of several pages are made of. Files by page; samples.cpp puts them together.
#pragma once

#include <optional>

#include "station/kiosk/samples.h"

namespace keystamp::kiosk {

viewmodel::StationController::Sample sample(bool demo, int waiting = 0);
db::BatchProgress progress(const std::string& name, Mode mode, std::uint64_t recorded, std::uint64_t unresolved);
db::Person person(const std::string& name, db::Role role);
/// With the person who is logged in, if one is.
Scene by(const std::string& name, const std::optional<db::Person>& who, const Scene& scene, const std::string& badge = {});

std::vector<Scene> startScenes();
std::vector<Scene> batchScenes();
std::vector<Scene> caScenes();
std::vector<Scene> lineScenes();
std::vector<Scene> figuresScenes();
std::vector<Scene> deviceScenes();
std::vector<Scene> personScenes();
std::vector<Scene> firstRunScenes();

}  // namespace keystamp::kiosk
