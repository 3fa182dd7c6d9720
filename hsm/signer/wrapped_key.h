// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a group key that comes encrypted for an RSA key of the HSM, and is decrypted in there. Not thread safe; whoever
// owns the session serialises.
#pragma once

#include <string>

#include "hsm/signer/abilities.h"
#include "hsm/signer/session.h"

namespace keystamp::hsm {

/// The private half of the pair that group keys are wrapped for. KeyMissing; SignerRefused where it may be taken out of the HSM, where
/// it is no RSA key or must not unwrap, and where the token has no CKM_RSA_PKCS_OAEP for that.
Result<CK_OBJECT_HANDLE> findWrappingKey(const Session& session, const Abilities& abilities, const Bytes& ckaId);

/// One C_UnwrapKey (CKM_RSA_PKCS_OAEP over SHA-1) and one C_Sign with what came of it. BadUsage where that is no key of 32 to 64 bytes,
/// as far as the token tells; then nothing of it stays there.
Result<CK_OBJECT_HANDLE> unwrapSecret(Session& session, CK_OBJECT_HANDLE wrappingKey, const Bytes& ckaId, const std::string& label,
                                      BytesView wrapped);

}  // namespace keystamp::hsm
