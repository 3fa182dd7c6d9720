// SPDX-License-Identifier: Apache-2.0
// Private to flashing: the public key of a certificate.
#pragma once

#include <openssl/evp.h>

#include <memory>

#include "core/bytes.h"
#include "core/releaser.h"

namespace keystamp::flashing {

using KeyPtr = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;

/// The subject's key of an X.509 certificate (RFC 5280), DER; null where it does not parse. Any thread.
KeyPtr keyOfLeaf(BytesView certificate);

}  // namespace keystamp::flashing
