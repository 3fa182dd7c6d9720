// SPDX-License-Identifier: Apache-2.0
// One HTTPS request by libcurl. Any thread; it blocks until its answer, its deadline, or `stop`.
#pragma once

#include <atomic>
#include <string>

#include "station/cloud/transport.h"

namespace keystamp::cloud {

struct HttpsRequest {
    std::string method = "GET";
    std::string path;            ///< with its query, from "/"
    std::string body{};          ///< JSON; sent where it is not empty
    const Secret* authorization = nullptr;
    const ClientCertificate* certificate = nullptr;
};

/// BadUsage for a key that is not the certificate's; CloudUnreachable (native: libcurl's code) where no answer came or its TLS is not to be trusted; Timeout; Aborted.
Result<Reply> ask(const Access& access, const HttpsRequest& request, Deadline deadline, const std::atomic<bool>& stop);

}  // namespace keystamp::cloud
