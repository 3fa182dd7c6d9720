// SPDX-License-Identifier: Apache-2.0
// What both ways of asking have in common.
#include "station/cloud/transport.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "station/cloud/token.h"

namespace keystamp::cloud {
namespace {

constexpr std::chrono::minutes kTokenLife{10};

}  // namespace

std::string registrationBody(const DeviceId& id) { return nlohmann::json{{"registrationId", id.text()}}.dump(); }

Result<Secret> tokenOf(const std::string& scopeId, const DeviceId& id, const Secret& key) {
    return registrationToken(fmt::format("{}%2Fregistrations%2F{}", scopeId, id.text()), utcNow() + kTokenLife, key);
}

}  // namespace keystamp::cloud
