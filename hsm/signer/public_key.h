// SPDX-License-Identifier: Apache-2.0
// Private to hsm: which public keys a leaf may have. Thread safe.
#pragma once

#include <optional>
#include <string>

#include "core/bytes.h"
#include "hsm/signer/token.h"

namespace keystamp::hsm {

/// Why this SubjectPublicKeyInfo (DER) cannot be certified, or nothing: EC on P-256 or P-384 as a named curve and an
/// uncompressed point (RFC 5480), or RSA of 2048 to 4096 bits with an odd exponent from 65537 (RFC 3279 section 2.3.1).
std::optional<std::string> problemWithKey(BytesView spki);

/// The key as OpenSSL's; nothing where its point is not on the curve. OpenSSL's own decoder takes 150 us for what this
/// does in 10, and it is asked once a leaf. For keys without a problem only.
EvpKeyPtr publicKeyFrom(BytesView spki);

/// Subject key identifier, method 1 of RFC 5280 section 4.2.1.2: SHA-1 of the key's bits. Empty for what is no key.
Bytes keyIdentifier(BytesView spki);

}  // namespace keystamp::hsm
