// SPDX-License-Identifier: Apache-2.0
// Private to flashing: the public key of a certificate, and what belongs to it.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string_view>

#include "core/bytes.h"
#include "core/releaser.h"
#include "core/secret.h"

namespace keystamp::flashing {

using KeyPtr = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;

/// The subject's key of an X.509 certificate (RFC 5280), DER; null where it does not parse. Any thread.
KeyPtr keyOfLeaf(BytesView certificate);
/// Whether the private key (P-256, PKCS #8, as station and agents make it) is the certificate's.
bool isKeyOf(const Secret& pkcs8, BytesView leaf);
/// Whether the certificate's subject is this device.
bool isLeafOf(BytesView leaf, std::string_view id);

}  // namespace keystamp::flashing
