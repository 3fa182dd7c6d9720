// SPDX-License-Identifier: Apache-2.0
// The audit key's public half.
// Private to this room.
#pragma once

#include <string>

#include "core/bytes.h"
#include "core/result.h"

namespace keystamp::db {

/// What `openssl dgst -sha256 -verify` accepts, ECDSA in DER. RecordsAltered names `what` where it does not verify; BadUsage
/// where the PEM holds no public key.
Result<void> verifySignature(const std::string& publicKeyPem, std::string_view message, BytesView signature, const std::string& what);
/// SHA-256 of the SubjectPublicKeyInfo, DER.
Result<Digest> keyFingerprint(const std::string& publicKeyPem);

}  // namespace keystamp::db
