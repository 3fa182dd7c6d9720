// SPDX-License-Identifier: Apache-2.0
// A root and intermediates made with plain OpenSSL, for tests without an HSM. Every function aborts the test program where
// OpenSSL fails.
#pragma once

#include <string>

#include "core/bytes.h"

namespace keystamp::test {

struct FakeCa {
    Bytes key;          ///< PKCS #8, DER
    Bytes certificate;  ///< DER
};

/// CA:true, self-signed, ten years.
FakeCa newRoot(const std::string& commonName);
/// CA:true, pathlen:0, keyCertSign and cRLSign.
FakeCa newIntermediate(const FakeCa& root, const std::string& commonName);
/// A leaf by the rules for devices: CA:false and digitalSignature critical, clientAuth, SKI, AKI, ten years less a day.
Bytes newLeaf(const FakeCa& ca, BytesView serial, const std::string& commonName, BytesView publicKey);
/// What proves a CA to the cloud: CN = code, no clientAuth, 30 days, for a key that nobody keeps.
Bytes newVerification(const FakeCa& ca, BytesView serial, const std::string& code);
/// An empty CRL, 30 days; DER.
Bytes newCrl(const FakeCa& ca);
std::string toPem(BytesView certificate);
std::string publicKeyPem(BytesView pkcs8);

}  // namespace keystamp::test
