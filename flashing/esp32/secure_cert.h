// SPDX-License-Identifier: Apache-2.0
// A partition of Espressif's secure certificate manager, made and read in memory. Source: esp_secure_cert_mgr,
// "esp_secure_cert partition format" (TLV), and its list of types.
#pragma once

#include <map>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "core/secret.h"

namespace keystamp::flashing::esp32 {

/// What a product's firmware looks the partition up by.
constexpr const char* kSecureCertLabel = "esp_secure_cert";
constexpr std::uint8_t kSecureCertType = 0x3F;
constexpr std::size_t kTlvHeader = 12;  ///< magic32, flags, three of 0, type, subtype, length16

/// Those that this station writes, all of subtype 0 and without flags: nothing is encrypted, no key is in a fuse.
enum class TlvType : std::uint8_t { CaCertificate = 0, DeviceCertificate = 1, PrivateKey = 2, Integrity = 9 };

struct Tlv {
    TlvType type;
    BytesView value;
};

/// The image from its start to its last byte: these, and the SHA-256 of it all behind them. What comes after it, up to
/// `partition` bytes, is erased flash (FF). BadConfig: it does not fit, or a value is too long.
Result<Secret> makeSecureCert(const std::vector<Tlv>& tlvs, std::size_t partition);

/// Bytes from this header to the next one; 0 where it is none.
std::size_t tlvSize(BytesView header);

/// What a partition holds; every CRC and the SHA-256 are checked.
struct SecureCertContents {
    bool blank = true;     ///< nothing at all
    bool foreign = false;  ///< something that this station does not write
    bool broken = false;   ///< something does not check, or the end is missing
    std::map<TlvType, Secret> values;

    bool whole() const { return !blank && !foreign && !broken; }
};
/// `image` may end where the rest is erased.
SecureCertContents readSecureCert(BytesView image);

}  // namespace keystamp::flashing::esp32
