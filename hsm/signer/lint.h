// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the station's own judgement of a certificate, before and after it is signed. It reads DER by itself
// and strictly; stock verifiers let more pass (OpenSSL's x509_strict takes a negative serial). Thread safe.
#pragma once

#include "core/result.h"
#include "hsm/signer/ca_certificate.h"
#include "hsm/signer/leaf_profile.h"

namespace keystamp::hsm {

/// LintFailed, its detail beginning with the rule's name: der, version, serial, algorithm, issuer, validity, subject,
/// key, extensions, basic-constraints, key-usage, extended-key-usage, subject-key-identifier, authority-key-identifier,
/// signature. Not whether the signature is the CA's: there may be none yet.
Result<void> lintCertificate(BytesView certificate, const CaCertificate& ca, const Profile& profile,
                             CertificateKind kind);

}  // namespace keystamp::hsm
