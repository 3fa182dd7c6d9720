// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a CA's certificate, parsed once, with all that building and linting a leaf asks of it. Immutable and
// so free to be shared between threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/clock.h"
#include "hsm/signer/openssl.h"
#include "hsm/signer/token.h"

namespace keystamp::hsm {

struct CaCertificate {
    Bytes certificate;         ///< DER
    Bytes subject;             ///< Name, DER, byte for byte
    Bytes publicKey;           ///< SubjectPublicKeyInfo, DER
    Bytes keyIdentifier;       ///< of its SKI extension; empty where it has none
    Bytes signatureAlgorithm;  ///< AlgorithmIdentifier of what it signs, DER
    const EVP_MD* digest = nullptr;
    bool elliptic = true;
    std::string keyType;  ///< "EC P-256", "RSA 3072"
    std::string subjectText;
    UtcTime notBefore{}, notAfter{};
    EvpKeyPtr key;  ///< the public key
    X509Ptr x509;

    bool validAt(UtcTime now) const { return notBefore <= now && now <= notAfter; }
};
using CaCertificatePtr = std::shared_ptr<const CaCertificate>;

/// BadConfig where it does not parse or its key is of no kind that we sign with.
Result<CaCertificatePtr> parseCaCertificate(BytesView der);
/// Every certificate of a PEM file, in its order. BadConfig names the file.
Result<std::vector<CaCertificatePtr>> readCertificates(const std::string& path);

/// What is wrong with an issuing CA's certificate (RFC 5280 sections 4.2.1.1 to 4.2.1.9), or nothing: CA:true and
/// pathlen:0, critical; keyCertSign and cRLSign, critical; a key identifier; within its dates; a strict chain to the
/// root, which is itself a CA. `chain` is the CA and those between it and the root.
std::string problemWithCa(const std::vector<CaCertificatePtr>& chain, const CaCertificate& root, UtcTime now);

}  // namespace keystamp::hsm
