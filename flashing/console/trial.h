// SPDX-License-Identifier: Apache-2.0
// A throw-away credential, to try a board with. No cloud knows its issuer.
#pragma once

#include "flashing/board.h"

namespace keystamp::flashing::console {

/// Random key, or a certificate of one day: for the key of `csr` (DER), or, where that is empty, for one that goes along.
Result<Credential> trialCredential(Mode kind, const DeviceId& id, const std::string& scopeId, BytesView csr);

}  // namespace keystamp::flashing::console
