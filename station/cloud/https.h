// SPDX-License-Identifier: Apache-2.0
// One HTTPS request by libcurl. Any thread; it blocks until its answer, its deadline, or `stop`.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"

namespace keystamp::cloud {

/// How the cloud is reached.
struct Access {
    std::string endpoint = "global.azure-devices-provisioning.net";  ///< host, or host:port
    std::string caFile{};  ///< PEM, whom to trust; empty: the system's store
    std::string proxy{};   ///< as libcurl has it, "http://proxy:3128"; empty: the environment's (https_proxy), or none
};

/// host or host:port, and nothing that a URL would read as more.
bool isEndpoint(const std::string& text);

/// What the caller is known by besides headers: a certificate and its key, shown by TLS.
struct ClientCertificate {
    std::string chainPem;  ///< leaf first, then every intermediate
    Secret keyPem;         ///< PKCS #8 or SEC 1
};

struct HttpsRequest {
    std::string method = "GET";
    std::string path;            ///< with its query, from "/"
    std::string body{};          ///< JSON; sent where it is not empty
    const Secret* authorization = nullptr;
    const ClientCertificate* certificate = nullptr;
};

struct HttpsReply {
    long status = 0;
    std::string body;            ///< 64 KiB at most
    std::optional<std::chrono::seconds> retryAfter{};  ///< RFC 9110 section 10.2.3, where it is in seconds
};

/// BadUsage for a key that is not the certificate's; CloudUnreachable (native: libcurl's code) where no answer came or its TLS is not to be trusted; Timeout; Aborted.
Result<HttpsReply> ask(const Access& access, const HttpsRequest& request, Deadline deadline, const std::atomic<bool>& stop);

}  // namespace keystamp::cloud
