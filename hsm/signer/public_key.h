// SPDX-License-Identifier: Apache-2.0
// Private to hsm: which public keys a leaf may have. Thread safe.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/bytes.h"
#include "hsm/signer/profile.h"
#include "hsm/signer/token.h"

namespace keystamp::hsm {

/// What kind of key this SubjectPublicKeyInfo (DER) is: EC on P-256 or P-384 as a named curve and an uncompressed point (RFC
/// 5480), or RSA of 2048, 3072 or 4096 bits with an odd exponent of 17 to 64 bits (RFC 3279 section 2.3.1). Otherwise
/// CsrRefused, and the detail says why it cannot be certified.
Result<KeyAlgorithm> keyAlgorithm(BytesView spki);

/// Why a key, of a kind that `allowed` holds or of any other, cannot be certified, or nothing.
std::optional<std::string> problemWithKey(BytesView spki, const std::set<KeyAlgorithm>& allowed);

/// The key as OpenSSL's; nothing where its point is not on the curve. OpenSSL's own decoder takes 150 us for what this
/// does in 10, and it is asked once a leaf. For keys without a problem only.
EvpKeyPtr publicKeyFrom(BytesView spki);

/// Subject key identifier, method 1 of RFC 5280 section 4.2.1.2: SHA-1 of the key's bits. Empty for what is no key.
Bytes keyIdentifier(BytesView spki);

}  // namespace keystamp::hsm
