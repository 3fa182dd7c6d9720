// SPDX-License-Identifier: Apache-2.0
// Private to console: a certificate request as a console prints it (RFC 2986).
#pragma once

#include <string_view>

#include "core/bytes.h"

namespace keystamp::flashing::console {

struct Request {
    Bytes csr;         ///< DER
    Digest keyHash{};  ///< SHA-256 of its SubjectPublicKeyInfo
};

/// From base64 or base64url, padded or not, or PEM. The request comes out as strict DER, for which its ECDSA signature's numbers are written anew: some modems
/// pad them. BoardNonsense where it does not parse, is not for this device, or its signature does not verify: the line garbled it.
Result<Request> readRequest(std::string_view text, const std::string& deviceId);

}  // namespace keystamp::flashing::console
