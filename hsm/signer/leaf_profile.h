// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the fixed form of everything that a CA of ours signs for a device (RFC 5280 section 4.1). Thread
// safe.
#pragma once

#include <string>

#include "core/clock.h"
#include "hsm/signer.h"
#include "hsm/signer/ca_certificate.h"
#include "hsm/signer/config.h"

namespace keystamp::hsm {

/// A device's leaf, or the certificate that shows a cloud that we hold a CA's key.
enum class CertificateKind { Leaf, Proof };

constexpr std::chrono::hours kProofValidity{24 * 30};

struct CertificateContent {
    CertificateKind kind = CertificateKind::Leaf;
    Serial serial;
    std::string commonName;
    Bytes publicKey;  ///< SubjectPublicKeyInfo, DER
    UtcTime now{};
};

/// TBSCertificate, DER: v3; the serial as given; issuer = the CA's subject; CN (O before it where the profile has one)
/// as UTF8String; notBefore = now less the backdating, notAfter by the validity, both within the CA's; CA:false,
/// critical; digitalSignature, critical; the purposes of the profile (a proof has none); SKI; AKI with the key identifier only.
Bytes buildTbs(const CertificateContent& content, const CaCertificate& ca, const Profile& profile);

/// Certificate, DER, from a TBS and its signature.
Bytes assemble(BytesView tbs, const CaCertificate& ca, BytesView signature);
/// The same with a signature that means nothing, so that a lint can see the whole before anything is signed.
Bytes assembleUnsigned(BytesView tbs, const CaCertificate& ca);

}  // namespace keystamp::hsm
