// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a private key in a token, what its module says of it, and a signature with whichever mechanism the token
// has. Not thread safe; whoever owns the session serialises.
#pragma once

#include <openssl/evp.h>

#include "hsm/signer/abilities.h"
#include "hsm/signer/session.h"

namespace keystamp::hsm {

struct SigningKey {
    CK_OBJECT_HANDLE handle = 0;
    CK_KEY_TYPE type = CKK_EC;    ///< CKK_EC or CKK_RSA
    std::size_t size = 0;         ///< bytes of a coordinate, or of the modulus
    bool asksEachTime = false;    ///< CKA_ALWAYS_AUTHENTICATE: the PIN for each signature
    Bytes publicKey;              ///< SubjectPublicKeyInfo, DER
};

/// From the private object and, for what that does not tell, the public one of the same CKA_ID. KeyMissing where neither has the
/// public half, and for kinds of keys that sign nothing here.
Result<SigningKey> readSigningKey(const Session& session, CK_OBJECT_HANDLE privateKey, const Bytes& ckaId);

/// One C_Sign, never repeated: ECDSA (DER) or RSA PKCS #1 v1.5. Raw (CKM_ECDSA, CKM_RSA_PKCS) where the token has that, else the
/// mechanism that hashes. With `pin` one C_Login (CKU_CONTEXT_SPECIFIC) before it, for a key that asks each time.
Result<Bytes> signWithKey(Session& session, const Abilities& abilities, const SigningKey& key, const EVP_MD* digest,
                          BytesView message, const Secret* pin);

}  // namespace keystamp::hsm
