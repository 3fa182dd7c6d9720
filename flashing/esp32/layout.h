// SPDX-License-Identifier: Apache-2.0
// Where and under which names an ESP32 product keeps its identity: the table [driver.esp32...] of station.toml.
#pragma once

#include <optional>
#include <string>

#include "flashing/board.h"

namespace keystamp::flashing::esp32 {

struct Layout {
    std::string partition = "fctry";      ///< label in the board's partition table: data, nvs
    std::optional<std::uint32_t> offset;  ///< where given, the table must agree
    std::optional<std::uint32_t> size;
    std::uint32_t table = 0x8000;         ///< where the partition table is
    std::string nameSpace = "identity";
    std::string scopeId = "scope_id";
    std::string deviceId = "device_id";
    std::string sasKey = "sas_key";       ///< base64, as a device SDK takes it
    std::string certificate = "cert";     ///< PEM, leaf first
    std::string privateKey = "key";       ///< PEM, PKCS #8
    int baud = 0;                         ///< to change to after the sync; 0: stay
    /// An x509 credential is kept in the partition esp_secure_cert instead; scope and device ID stay where they are.
    bool inSecureCert = false;
    std::optional<std::uint32_t> secureCertOffset;  ///< as `offset` and `size`
    std::optional<std::uint32_t> secureCertSize;

    /// BadConfig names the key.
    static Result<Layout> of(const DriverOptions& options);
};

}  // namespace keystamp::flashing::esp32
