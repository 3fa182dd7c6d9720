// SPDX-License-Identifier: Apache-2.0
// Certificates made by OpenSSL, right ones and ones that break a rule: what the signer's own builder would never make.
// Every function aborts the test program where OpenSSL fails.
#pragma once

#include <openssl/x509v3.h>

#include <functional>
#include <string>

#include "core/bytes.h"
#include "core/clock.h"
#include "hsm/signer/openssl.h"
#include "hsm/signer/token.h"

namespace keystamp::test {

struct MadeCa {
    hsm::EvpKeyPtr key;
    hsm::X509Ptr certificate;
    Bytes der() const;
};

struct CaRecipe {
    std::string commonName = "test CA";
    std::string basicConstraints = "critical,CA:TRUE,pathlen:0";  ///< empty: left out, as all that follow
    std::string keyUsage = "critical,keyCertSign,cRLSign";
    std::string subjectKeyIdentifier = "hash";
    int fromDay = -10;  ///< from today
    int untilDay = 4000;
    std::string extendedKeyUsage = {};
};

hsm::EvpKeyPtr newEcKey(const char* curve = "P-256");
hsm::EvpKeyPtr newRsaKey(unsigned int bits, unsigned int exponent = 65537);
hsm::EvpKeyPtr parsePublicKey(BytesView spki);

/// For `publicKey` (a new key pair where null), signed by `issuer` (by itself where null).
MadeCa makeCa(const CaRecipe& recipe, const MadeCa* issuer = nullptr, EVP_PKEY* publicKey = nullptr);

/// A leaf that follows the profile in every point, after `change` has had its way with it; then signed.
Bytes makeLeaf(const MadeCa& ca, const std::function<void(X509*)>& change = {}, const EVP_MD* digest = EVP_sha256());

void setExtension(X509* certificate, X509* issuer, int nid, const std::string& value);
void removeExtension(X509* certificate, int nid);
void setSerial(X509* certificate, BytesView bigEndian, bool negative = false);
/// Seconds from now.
void setValidity(X509* certificate, long from, long until);
void setSubject(X509* certificate, std::initializer_list<std::pair<const char*, std::string>> attributes,
                int stringType = V_ASN1_UTF8STRING);
std::string toPem(BytesView certificate);

/// PKCS #10, DER. An empty CN is left out.
Bytes makeCsr(EVP_PKEY* key, const std::string& commonName, const EVP_MD* digest = EVP_sha256(),
              const std::function<void(X509_REQ*)>& change = {});

}  // namespace keystamp::test
