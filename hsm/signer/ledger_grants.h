// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a batch's grant as the ledger's transactions see it.
#pragma once

#include "core/result.h"
#include "hsm/signer.h"
#include "hsm/signer/sql.h"

namespace keystamp::hsm {

struct GrantRow {
    Mode mode = Mode::X509;
    Slot slot = Slot::Primary;
    std::uint64_t cap = 0, used = 0;
    std::string pattern;
    std::uint64_t first = 0, last = 0, listed = 0;
};

/// Nothing where the batch has none.
std::optional<GrantRow> findGrant(Sql& sql, const std::string& batch);
/// Whether this ID stands in the batch's list.
bool isGranted(Sql& sql, const std::string& batch, const DeviceId& id);
/// Whether it will, once the extension that waits is released.
bool isAwaited(Sql& sql, const std::string& batch, const DeviceId& id);
/// Whether the grant says just this.
bool isSame(Sql& sql, const Grant& asked, const GrantRow& found);
/// NotGranted where the batch has none, or is of another mode, or does not hold this ID.
Result<GrantRow> grantFor(Sql& sql, const std::string& batch, Mode mode, const DeviceId& id);
/// One more of the cap; CapReached.
Result<void> useGrant(Sql& sql, const std::string& batch);

}  // namespace keystamp::hsm
