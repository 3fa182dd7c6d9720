// SPDX-License-Identifier: Apache-2.0
// A key pair as a modem makes one, and its certificate request.
#pragma once

#include <string>

namespace keystamp::flashing::board_program {

struct ModemKey {
    std::string pkcs8;  ///< DER
    std::string csr;    ///< base64url without padding; its signature's numbers are padded, as modems do
};
ModemKey makeModemKey(const std::string& commonName);

}  // namespace keystamp::flashing::board_program
