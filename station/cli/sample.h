// SPDX-License-Identifier: Apache-2.0
// What a device needs to connect, as a minimal client for one of Azure's device SDKs, with a place holder where its secret goes.
#pragma once

#include <string>
#include <vector>

#include "db/records.h"

namespace keystamp::cli {

/// "c", "python", "node", "java", "dotnet".
std::vector<std::string> sampleLanguages();
/// A source text: the unit's settings as a comment, and how far this sample was tried; then the client.
std::string sampleOf(const std::string& language, const db::Unit& unit, const db::Batch& batch, const std::string& endpoint);

}  // namespace keystamp::cli
