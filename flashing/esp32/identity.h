// SPDX-License-Identifier: Apache-2.0
// An identity as the strings of an NVS partition, and back.
#pragma once

#include "flashing/board.h"
#include "flashing/esp32/layout.h"
#include "flashing/esp32/nvs.h"

namespace keystamp::flashing::esp32 {

/// The partition's image, up to its last written byte (see makeNvs).
Result<Secret> imageOf(const Layout& layout, const Credential& credential, std::size_t partition);

/// What `contents` say of the credential, into `info`: its digest only where all of it is there and fits together (the
/// private key is the certificate's). A write that was cut short is no credential.
void readIdentity(const Layout& layout, const NvsContents& contents, BoardInfo& info);

}  // namespace keystamp::flashing::esp32
