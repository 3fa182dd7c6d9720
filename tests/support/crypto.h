// SPDX-License-Identifier: Apache-2.0
// Keys and certificates for tests, made with plain OpenSSL. Every function aborts the test program where OpenSSL fails.
#pragma once

#include <string>

#include "core/bytes.h"

namespace keystamp::test {

/// A new P-256 key, PKCS #8 DER.
Bytes newKey();
/// SubjectPublicKeyInfo of a PKCS #8 key, DER.
Bytes publicKeyOf(BytesView pkcs8);
/// A PKCS #10 request, DER, CN = commonName.
Bytes newCsr(BytesView pkcs8, const std::string& commonName);
/// The SubjectPublicKeyInfo of a CSR whose signature verifies; empty otherwise.
Bytes publicKeyOfCsr(BytesView csr);
std::string commonNameOfCsr(BytesView csr);
/// A certificate for this public key, signed with `issuerPkcs8`, DER. For tests that need any certificate.
Bytes newCertificate(BytesView publicKey, const std::string& commonName, BytesView issuerPkcs8);
/// ECDSA with SHA-256, DER.
Bytes signWith(BytesView pkcs8, BytesView message);
Bytes hmacSha256(BytesView key, BytesView message);

}  // namespace keystamp::test
