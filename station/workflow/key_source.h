// SPDX-License-Identifier: Apache-2.0
// Keys, best first: made on the board, which sends a CSR; or made here, in memory, and wiped once the board has it.
#pragma once

#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/device_id.h"
#include "core/result.h"
#include "core/secret.h"

namespace keystamp::workflow {

/// SHA-256 of the SubjectPublicKeyInfo in a PKCS #10 request (RFC 2986); CsrRefused where it does not parse. Whether its
/// signature verifies is the signer's to say.
Result<Digest> keyHashOfCsr(BytesView csr);

struct StationKey {
    Secret pkcs8;  ///< P-256, PKCS #8 (RFC 5958), DER
    Bytes csr;     ///< PKCS #10, DER, CN = the device ID
};
Result<StationKey> makeStationKey(const DeviceId& id);

/// The certificates of a PEM text, DER, in its order. Internal where one does not parse.
Result<std::vector<Bytes>> certificatesOf(const std::string& pem);

}  // namespace keystamp::workflow
