// SPDX-License-Identifier: Apache-2.0
// Private to hsm: what is believed of a certificate request. Thread safe.
#pragma once

#include "core/bytes.h"
#include "core/device_id.h"
#include "core/result.h"

namespace keystamp::hsm {

constexpr std::size_t kLargestCsr = 8192;

/// The SubjectPublicKeyInfo of a PKCS #10 request (RFC 2986), DER, after: its signature verifies (over SHA-2), the key
/// is one that may be certified, its CN is absent or equals the ID in every character. All else in it is ignored.
/// CsrRefused.
Result<Bytes> certifiedKey(BytesView csr, const DeviceId& id);

}  // namespace keystamp::hsm
