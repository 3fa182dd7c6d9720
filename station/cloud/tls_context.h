// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "core/releaser.h"
#include "station/cloud/login.h"

struct ssl_ctx_st;
extern "C" void SSL_CTX_free(ssl_ctx_st*);

namespace keystamp::cloud {

using TlsContext = std::unique_ptr<ssl_ctx_st, Releaser<SSL_CTX_free>>;

/// A client's: TLS 1.2 or later, trust as `access` says, the peer must be `host`; with the certificate where there is one. BadUsage for a
/// key that is not its; BadConfig for a trust file that cannot be read.
Result<TlsContext> tlsContext(const Access& access, const std::string& host, const ClientCertificate* certificate);

}  // namespace keystamp::cloud
