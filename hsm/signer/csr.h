// SPDX-License-Identifier: Apache-2.0
// Private to hsm: what is believed of a certificate request. Thread safe.
#pragma once

#include <set>

#include "core/bytes.h"
#include "core/device_id.h"
#include "core/result.h"
#include "hsm/signer/profile.h"

namespace keystamp::hsm {

constexpr std::size_t kLargestCsr = 8192;

/// The SubjectPublicKeyInfo of a PKCS #10 request (RFC 2986), DER, after: its signature verifies (over SHA-2), the key
/// is one of those allowed, its CN is absent or equals the ID in every character. All else in it is ignored: version, other
/// names, attributes and the extensions they ask for. What small boards write worse than DER is read for what it means: longer
/// lengths, and integers of an ECDSA signature that lack their zero, have too many, or have zeros behind them. CsrRefused.
Result<Bytes> certifiedKey(BytesView csr, const DeviceId& id, const std::set<KeyAlgorithm>& allowed = Profile{}.keys);

}  // namespace keystamp::hsm
