// SPDX-License-Identifier: Apache-2.0
// One HTTPS request by libcurl. Any thread; it blocks until its answer, its deadline, or `stop`.
#pragma once

#include <atomic>
#include <string>

#include "station/cloud/transport.h"

namespace keystamp::cloud {

/// Open from one request to the next, for those that show no certificate. One thread.
class Connection {
public:
    Connection();
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

private:
    friend Result<Reply> ask(const Access&, const struct HttpsRequest&, Deadline, const std::atomic<bool>&);
    void* m_handle;  ///< libcurl's, whose header stays out of this one
};

struct HttpsRequest {
    std::string method = "GET";
    std::string path;            ///< with its query, from "/"
    std::string body{};          ///< JSON; sent where it is not empty
    const Secret* authorization = nullptr;
    const ClientCertificate* certificate = nullptr;
    Connection* connection = nullptr;  ///< else one of its own
};

/// BadUsage for a key that is not the certificate's; CloudUnreachable (native: libcurl's code) where no answer came or its TLS is not to be trusted; Timeout; Aborted.
Result<Reply> ask(const Access& access, const HttpsRequest& request, Deadline deadline, const std::atomic<bool>& stop);

}  // namespace keystamp::cloud
