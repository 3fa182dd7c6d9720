// SPDX-License-Identifier: Apache-2.0
// Private to hsm: what is signed with the keys of the HSM. Each function builds what it signs; nothing signs bytes that
// came from outside. One call, one C_Sign, never repeated.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/clock.h"
#include "hsm/signer.h"
#include "hsm/signer/config.h"
#include "hsm/signer/leaf_profile.h"
#include "hsm/signer/token.h"

namespace keystamp::hsm {

/// A leaf that is ready to be signed: built from the profile and linted. Its TBS is what the ledger keeps.
struct LeafDraft {
    Serial serial;
    Digest keyHash{};  ///< SHA-256 of the SubjectPublicKeyInfo
    Bytes tbs;         ///< TBSCertificate, DER
};

/// A leaf that nobody may rely on any more.
struct VoidLeaf {
    Serial serial;
    Bytes tbs;  ///< TBSCertificate, DER
    UtcTime since{};
};

/// A slot's CA: certificate, chain and key in the HSM.
class CertificateAuthority {
public:
    /// Reads and checks the slot's certificate file against the key in the HSM and the root: CA:true, pathlen:0, keyCertSign
    /// and cRLSign, dates, chain. What does not fit stands in info().problem, and usable is false; sign then refuses.
    static CertificateAuthority open(Token& token, const SignerConfig& config, Slot slot);

    const CaInfo& info() const { return m_info; }
    /// What the HSM answered where it could not be asked for this CA's keys.
    const std::optional<Error>& trouble() const { return m_trouble; }

    /// CsrRefused (does not parse, signature, key type or size, CN neither absent nor the ID), LintFailed. No signature.
    Result<LeafDraft> prepare(const DeviceId& id, const Serial& serial, BytesView csr, UtcTime now) const;
    /// The one C_Sign of this draft; the certificate is verified, linted and compared with the draft before it is returned.
    Result<Bytes> sign(const LeafDraft& draft) const;
    /// The TBS of CA:false, CN = code, 30 days, no EKU, for a key pair whose private half is thrown away. BadUsage for a code
    /// that is no 1 to 64 printable characters. No signature.
    Result<Bytes> prepareProof(const std::string& code, const Serial& serial, UtcTime now) const;
    /// The one C_Sign of what prepareProof() gave.
    Result<Bytes> signProof(const Bytes& tbs) const;
    /// Whether this CA's key is the one that such a certificate names as its issuer's.
    bool issuedBy(const Bytes& tbs) const;
    /// A CRL (v2, RFC 5280 section 5) with its number and the CA's key identifier, good for 30 days or as long as the CA.
    Result<Crl> signCrl(std::uint64_t number, const std::vector<VoidLeaf>& revoked, UtcTime now) const;
    /// Its key failed a test: from now on it is not usable.
    void disqualify(const std::string& why);
    /// Signs a fixed text ("keystamp-self-test" and the time) and verifies with the certificate's key.
    Result<void> selfTest() const;

private:
    struct Parts;
    CertificateAuthority() = default;
    Result<Bytes> finish(const Bytes& tbs, CertificateKind kind) const;

    Token* m_token = nullptr;
    CaInfo m_info;
    std::optional<Error> m_trouble;
    std::shared_ptr<const Parts> m_parts;  ///< parsed once; none where the files could not be read
};

/// Lints a leaf's DER against its CA's (version, serial form, issuer bytes, AKI, extensions and criticality, both
/// algorithm identifiers, dates within the CA's, re-encoding byte-identical); LintFailed names the rule.
/// Used before and after signing, and by tests on broken certificates.
Result<void> lintLeaf(BytesView leaf, BytesView ca, const Profile& profile);

/// ECDSA over SHA-256 with the audit key, DER.
Result<Bytes> signWithAuditKey(Token& token, const Bytes& ckaId, std::string_view text);

/// 128 random bits, positive, minimal (RFC 5280 section 4.1.2.2).
Serial newSerial();

}  // namespace keystamp::hsm
