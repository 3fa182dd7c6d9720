// SPDX-License-Identifier: Apache-2.0
// An identity as the board's partitions have it, and back: the strings of an NVS partition, and, where the layout says so, an
// x509 credential in esp_secure_cert. That one has no place for a scope ID, a device ID or a SAS key: they are always NVS strings.
#pragma once

#include "flashing/board.h"
#include "flashing/esp32/layout.h"
#include "flashing/esp32/nvs.h"
#include "flashing/esp32/secure_cert.h"

namespace keystamp::flashing::esp32 {

/// The NVS partition's image, up to its last written byte (see makeNvs).
Result<Secret> nvsImageOf(const Layout& layout, const Credential& credential, std::size_t partition);
/// That of esp_secure_cert: leaf and intermediates as one PEM text, the leaf's issuer, the private key.
Result<Secret> secureCertImageOf(const Credential& credential, std::size_t partition);

struct Stored {
    NvsContents nvs;
    SecureCertContents secureCert;  ///< blank where the layout does not use it
};

/// What is stored of the credential, into `info`: its digest only where all of it is there and fits together (the private key
/// is the certificate's, the certificate the device's). A write that was cut short is no credential.
void readIdentity(const Layout& layout, const Stored& stored, BoardInfo& info);

/// Whether what esp_secure_cert holds is not this station's: it is never overwritten. Ours never lies there without the
/// NVS strings that name the device, because they are written first.
bool isForeign(const Layout& layout, const Stored& stored);

}  // namespace keystamp::flashing::esp32
