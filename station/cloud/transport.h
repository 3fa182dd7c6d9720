// SPDX-License-Identifier: Apache-2.0
// How a device asks DPS: over HTTPS or MQTT. The same two questions, the same answers.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/device_id.h"
#include "core/result.h"
#include "station/cloud/login.h"

namespace keystamp::cloud {

/// What was answered.
struct Reply {
    long status = 0;             ///< of HTTP, which MQTT's topics have too
    std::string body{};          ///< JSON where it is DPS; 64 KiB at most
    std::optional<std::chrono::seconds> retryAfter{};
};

class Transport {
public:
    virtual ~Transport() = default;
    /// Registers, or asks for `operation`. CloudUnreachable where no answer came or its TLS is not to be trusted; BadUsage for a key that is
    /// not its certificate's; Timeout; Aborted.
    virtual Result<Reply> ask(const std::string& operation, Deadline deadline, const std::atomic<bool>& stop) = 0;
};

/// The body of a registration.
std::string registrationBody(const DeviceId& id);
/// A SAS token for "{scope}%2Fregistrations%2F{id}", as it stands in it, that lives ten minutes.
Result<Secret> tokenOf(const std::string& scopeId, const DeviceId& id, const Secret& key);
constexpr const char* kApiVersion = "api-version=2019-03-31";

std::unique_ptr<Transport> overHttps(const Access& access, const std::string& scopeId, const DeviceId& id, const DeviceLogin& login);
std::unique_ptr<Transport> overMqtt(const Access& access, const std::string& scopeId, const DeviceId& id, const DeviceLogin& login);

}  // namespace keystamp::cloud
