// SPDX-License-Identifier: Apache-2.0
// What a stock library reads out of a leaf, for comparison with what another one does.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/clock.h"

namespace keystamp::test {

struct LeafFacts {
    Bytes serial;           ///< big-endian, without leading zeros
    Bytes issuer, subject;  ///< Name, DER
    std::string commonName;
    UtcTime notBefore{}, notAfter{};
    Bytes subjectKeyId, authorityKeyId;
    std::vector<std::string> purposes;  ///< extended key usage, dotted
    bool digitalSignatureOnly = false;  ///< key usage
    bool isCa = true;
    Bytes publicKey;  ///< SubjectPublicKeyInfo, DER
    bool operator==(const LeafFacts&) const = default;
};

/// Facts of a certificate that the library cannot read are empty.
LeafFacts readByOpenssl(BytesView certificate);
LeafFacts readByGnutls(BytesView certificate);

}  // namespace keystamp::test
