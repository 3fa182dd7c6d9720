// SPDX-License-Identifier: Apache-2.0
// Private to flashing: the public key of a certificate.
#pragma once

#include <openssl/evp.h>

#include <memory>

#include "core/bytes.h"

namespace keystamp::flashing {

struct KeyReleaser {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, KeyReleaser>;

/// The subject's key of an X.509 certificate (RFC 5280), DER; null where it does not parse. Any thread.
KeyPtr keyOfLeaf(BytesView certificate);

}  // namespace keystamp::flashing
