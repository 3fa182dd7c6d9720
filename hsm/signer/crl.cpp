// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/crl.h"

#include "hsm/signer/der.h"

namespace keystamp::hsm {
namespace {

using der::wrap;

constexpr std::uint8_t kVersion2[] = {0x02, 0x01, 0x01};
constexpr std::uint8_t kAuthorityKeyIdentifier[] = {0x06, 0x03, 0x55, 0x1d, 0x23};
constexpr std::uint8_t kCrlNumber[] = {0x06, 0x03, 0x55, 0x1d, 0x14};
constexpr auto kKeyIdentifierOfAki = static_cast<der::Tag>(0x80);

Bytes extension(BytesView oid, BytesView value) { return wrap(der::kSequence, {oid, wrap(der::kOctetString, value)}); }

Bytes bigEndian(std::uint64_t number) {
    Bytes bytes;
    for (int shift = 56; shift >= 0; shift -= 8) {
        const auto byte = static_cast<std::uint8_t>(number >> shift);
        if (byte != 0 || !bytes.empty()) bytes.push_back(byte);
    }
    return bytes;
}

// Absent where there is none: an empty sequence is not allowed.
Bytes entries(const std::vector<VoidLeaf>& revoked) {
    if (revoked.empty()) return {};
    Bytes all;
    for (const VoidLeaf& leaf : revoked) {
        const Bytes one = wrap(der::kSequence, {der::positive(leaf.serial), der::time(leaf.since)});
        all.insert(all.end(), one.begin(), one.end());
    }
    return wrap(der::kSequence, all);
}

}  // namespace

Bytes buildCrlTbs(std::uint64_t number, const std::vector<VoidLeaf>& revoked, UtcTime now, UtcTime nextUpdate, const CaCertificate& ca) {
    const Bytes authority = wrap(der::kSequence, wrap(kKeyIdentifierOfAki, ca.keyIdentifier));
    const Bytes extensions =
        wrap(der::kSequence, {extension(kAuthorityKeyIdentifier, authority), extension(kCrlNumber, der::positive(bigEndian(number)))});
    return wrap(der::kSequence, {BytesView{kVersion2}, ca.signatureAlgorithm, ca.subject, der::time(now), der::time(nextUpdate),
                                 entries(revoked), wrap(der::kContext0, extensions)});
}

}  // namespace keystamp::hsm
