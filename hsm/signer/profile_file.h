// SPDX-License-Identifier: Apache-2.0
// Private to hsm: reads the profile of leaves. Not thread safe.
#pragma once

#include "hsm/signer/profile.h"
#include "hsm/signer/toml_reader.h"

namespace keystamp::hsm {

/// From the table [profile] of station.toml, or from the file of its own that it names. Refused, with file and line, is
/// a profile that would make illegal certificates: validity under a day or over 50 years, a backdating that leaves
/// nothing of it, an organisation that X.520 does not take, usages without clientAuth, keys that are not certified.
void readProfile(TomlReader& station, const toml::table& root, Profile& profile);

}  // namespace keystamp::hsm
