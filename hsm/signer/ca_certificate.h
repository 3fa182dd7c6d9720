// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a CA's certificate, parsed once, with all that building and linting a leaf asks of it. Immutable and
// so free to be shared between threads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "hsm/signer/openssl.h"
#include "hsm/signer/token.h"

namespace keystamp::hsm {

/// How a CA's key signs.
struct SigningAlgorithm {
    Bytes identifier;  ///< AlgorithmIdentifier, DER
    const EVP_MD* digest = nullptr;
    bool elliptic = true;
    std::string keyType;  ///< "EC P-256", "RSA 3072"
};
/// Nothing where the key is neither P-256, P-384 nor RSA of 2048 bits or more.
std::optional<SigningAlgorithm> signingAlgorithm(EVP_PKEY* key);

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
/// Every certificate of a PEM text, in its order; `name` is what errors call it. BadConfig.
Result<std::vector<CaCertificatePtr>> parseCertificates(std::string_view pem, const std::string& name);
/// The same of a file.
Result<std::vector<CaCertificatePtr>> readCertificates(const std::string& path);
std::string toPem(const CaCertificate& certificate);

/// What is wrong with an issuing CA's certificate (RFC 5280 sections 4.2.1.1 to 4.2.1.9), or nothing: CA:true and
/// pathlen:0, critical; keyCertSign and cRLSign, critical; a key identifier; within its dates; a strict chain of
/// 112 bits of strength to the root, which is itself a CA; no extended key usage on the way that leaves out clientAuth.
/// `chain` is the CA and those between it and the root.
std::string problemWithCa(const std::vector<CaCertificatePtr>& chain, const CaCertificate& root, UtcTime now);

}  // namespace keystamp::hsm
