// SPDX-License-Identifier: Apache-2.0
// Private to console: what a board is sent of an identity, and what is made of what it says of one.
#pragma once

#include "flashing/board.h"
#include "flashing/console/profile.h"

namespace keystamp::flashing::console {

/// Every value that a writing script may send: IDs, the credential and its digest, the profile's digests of it.
Result<Values> valuesOf(const Profile& profile, const Values& options, const Credential& credential);

/// The UID in bytes; BoardNonsense where it is not of the profile's form.
Result<Bytes> uidOf(const Profile& profile, std::string_view said);
/// Of what the USB says of the device: hexadecimal where it is, else its characters.
Bytes uidOfSerialNumber(const std::string& serialNumber);

/// Identity and credential, as far as they were captured; a value `-` stands for none.
void readIdentity(const Values& captured, BoardInfo& info);

}  // namespace keystamp::flashing::console
