// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the one place where a private key of the HSM signs. Callers hand over only what they built
// themselves.
#pragma once

#include "hsm/signer/token.h"

namespace keystamp::hsm {

/// One C_Sign, never repeated. DER for EC keys, PKCS #1 v1.5 for RSA.
Result<Bytes> signWithToken(Token& token, const Bytes& ckaId, const EVP_MD* digest, BytesView message);

/// Whether `signature` over `message` is this key's.
bool verifies(EVP_PKEY* key, const EVP_MD* digest, BytesView message, BytesView signature);

}  // namespace keystamp::hsm
