// SPDX-License-Identifier: Apache-2.0
// Where the service is, and what a device is known by there.
#pragma once

#include <string>
#include <variant>

#include "core/clock.h"
#include "core/device_id.h"
#include "core/secret.h"

namespace keystamp::cloud {

/// How the cloud is reached.
struct Access {
    std::string endpoint = "global.azure-devices-provisioning.net";  ///< host, or host:port
    std::string caFile{};  ///< PEM, whom to trust; empty: the system's store
    std::string proxy{};   ///< of HTTPS, as libcurl has it: "http://proxy:3128"; empty: the environment's (https_proxy), or none
    unsigned mqttPort = 8883;
};
/// What it is spoken to over.
enum class Over { Https, Mqtt };

/// host or host:port, and nothing that a URL would read as more.
bool isEndpoint(const std::string& text);

/// Shown by TLS.
struct ClientCertificate {
    std::string chainPem;  ///< leaf first, then every intermediate
    Secret keyPem;         ///< PKCS #8 or SEC 1
};

using DeviceLogin = std::variant<Secret, ClientCertificate>;  ///< its SAS key; or certificate and key

}  // namespace keystamp::cloud
