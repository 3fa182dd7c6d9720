// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a device key that the cloud made, encrypted under an AES key that never leaves the HSM, until its board has it. Not
// thread safe; whoever owns the session serialises.
#pragma once

#include <string>

#include "core/device_id.h"
#include "hsm/signer/session.h"

namespace keystamp::hsm {

/// The key that seals. KeyMissing; SignerRefused where the token would let it be taken out again.
Result<CK_OBJECT_HANDLE> findSealingKey(const Session& session, const Bytes& ckaId);

/// Bound to batch and ID: what was sealed for one opens for no other. A fresh random IV each time.
Result<Bytes> sealKey(Session& session, CK_OBJECT_HANDLE sealingKey, const std::string& batch, const DeviceId& id, const Secret& key);
/// RecordsAltered where it is not what was sealed for them.
Result<Secret> openKey(Session& session, CK_OBJECT_HANDLE sealingKey, const std::string& batch, const DeviceId& id, BytesView sealed);

/// Seals and opens, and opens nothing for another ID or with a bit changed.
Result<void> testSealingKey(Session& session, CK_OBJECT_HANDLE sealingKey);

}  // namespace keystamp::hsm
