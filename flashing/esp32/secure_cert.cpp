// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/secure_cert.h"

#include <fmt/format.h>

#include <algorithm>

#include "flashing/little.h"
#include "flashing/esp32/nvs.h"

namespace keystamp::flashing::esp32 {
namespace {

constexpr std::uint32_t kMagic = 0xBA5EBA11;
constexpr std::size_t kFooter = 4;   ///< CRC-32 of header, value and padding
constexpr std::size_t kAlign = 16;   ///< of the value: what an encrypted flash is written in
constexpr std::size_t kTypeAt = 8;
constexpr std::size_t kLengthAt = 10;
constexpr std::size_t kValueMost = 0xFFFF;

std::size_t sizeOf(std::size_t value) { return kTlvHeader + (value + kAlign - 1) / kAlign * kAlign + kFooter; }

/// Writes an entry to the front of `into`, which is all zero.
void put(std::span<std::uint8_t> into, const Tlv& tlv) {
    putLittle(into, 0, kMagic, 4);
    into[kTypeAt] = static_cast<std::uint8_t>(tlv.type);
    putLittle(into, kLengthAt, static_cast<std::uint32_t>(tlv.value.size()), 2);
    std::copy(tlv.value.begin(), tlv.value.end(), into.begin() + kTlvHeader);
    const std::size_t end = sizeOf(tlv.value.size()) - kFooter;
    putLittle(into, end, espCrc({BytesView{into}.first(end)}), 4);
}

/// Flags and what is reserved, and the subtype, are 0 in everything of ours.
bool isOurs(BytesView header) {
    const auto isZero = [](std::uint8_t byte) { return byte == 0; };
    if (!std::all_of(header.begin() + 4, header.begin() + kTypeAt, isZero) || header[kTypeAt + 1] != 0) return false;
    switch (static_cast<TlvType>(header[kTypeAt])) {
        case TlvType::CaCertificate:
        case TlvType::DeviceCertificate:
        case TlvType::PrivateKey:
        case TlvType::Integrity: return true;
    }
    return false;
}

/// Without what is erased at its end.
std::size_t usedOf(BytesView image) {
    const auto last = std::find_if(image.rbegin(), image.rend(), [](std::uint8_t byte) { return byte != 0xFF; });
    return static_cast<std::size_t>(image.rend() - last);
}

/// Whether the entry that was read last is the one that ends the partition, and is of what stands `before` it.
bool endsWhole(const SecureCertContents& read, BytesView before) {
    const auto end = read.values.find(TlvType::Integrity);
    if (end == read.values.end()) return false;
    const Digest wanted = sha256(before);
    const BytesView said = end->second.view();
    return std::equal(wanted.begin(), wanted.end(), said.begin(), said.end());
}

}  // namespace

std::size_t tlvSize(BytesView header) {
    if (header.size() < kTlvHeader || little(header, 0, 4) != kMagic) return 0;
    return sizeOf(little(header, kLengthAt, 2));
}

Result<Secret> makeSecureCert(const std::vector<Tlv>& tlvs, std::size_t partition) {
    std::size_t body = 0;
    for (const Tlv& each : tlvs) {
        if (each.value.size() > kValueMost) return Error{ErrorCode::BadConfig, fmt::format("{} bytes: {} holds {} in one entry", each.value.size(), kSecureCertLabel, kValueMost)};
        body += sizeOf(each.value.size());
    }
    const std::size_t size = body + sizeOf(Digest{}.size());
    if (size > partition) return Error{ErrorCode::BadConfig, fmt::format("the credential takes {} bytes, partition '{}' has {}", size, kSecureCertLabel, partition)};
    Secret image{size};
    std::size_t at = 0;
    for (const Tlv& each : tlvs) {
        put(image.bytes().subspan(at), each);
        at += sizeOf(each.value.size());
    }
    put(image.bytes().subspan(at), {TlvType::Integrity, sha256(image.view().first(at))});
    return image;
}

SecureCertContents readSecureCert(BytesView image) {
    SecureCertContents found;
    const std::size_t end = usedOf(image);
    for (std::size_t at = 0; at < end;) {
        found.blank = false;
        const BytesView rest = image.subspan(at);
        found.broken = true;
        if (end - at < kTlvHeader) return found;  // a write that was cut short
        const std::size_t size = tlvSize(rest);
        const bool again = found.values.contains(static_cast<TlvType>(rest[kTypeAt])) || found.values.contains(TlvType::Integrity);
        found.foreign = size == 0 || !isOurs(rest) || again;
        if (found.foreign || size > rest.size() || little(rest, size - kFooter, 4) != espCrc({rest.first(size - kFooter)})) return found;
        found.values.emplace(static_cast<TlvType>(rest[kTypeAt]), Secret::copyOf(rest.subspan(kTlvHeader, little(rest, kLengthAt, 2))));
        at += size;
        found.broken = !endsWhole(found, image.first(at - size));
    }
    return found;
}

}  // namespace keystamp::flashing::esp32
