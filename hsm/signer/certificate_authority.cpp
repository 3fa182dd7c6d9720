// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/certificate_authority.h"

#include <fmt/format.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cerrno>

#include "hsm/signer/ca_certificate.h"
#include "hsm/signer/crl.h"
#include "hsm/signer/csr.h"
#include "hsm/signer/lint.h"
#include "hsm/signer/signing.h"

namespace keystamp::hsm {
namespace {

Error unusable(const CaInfo& info) {
    return Error{ErrorCode::SignerRefused, fmt::format("the {} CA cannot sign: {}", name(info.slot), info.problem)};
}

}  // namespace

struct CertificateAuthority::Parts {
    CaCertificatePtr ca;
    Profile profile;
    Bytes key;  ///< CKA_ID
};

CertificateAuthority CertificateAuthority::open(Token& token, const SignerConfig& config, Slot slot) {
    CertificateAuthority authority;
    authority.m_token = &token;
    CaInfo& info = authority.m_info;
    info.slot = slot;
    const auto configured = config.slots.find(slot);
    if (configured == config.slots.end()) {
        info.problem = "not configured";
        return authority;
    }
    const SlotConfig& keys = configured->second;
    if (!keys.groupKey.empty()) {
        const auto found = token.hasSecretKey(keys.groupKey);
        info.groupKey = found && *found;
        if (!found) authority.m_trouble = found.error();
    }
    const auto root = readCertificates(config.root);
    auto chain = readCertificates(keys.caCert);
    if (!root || !chain) {
        info.awaited = root && chain.error().native == ENOENT;
        info.problem = root ? chain.error().detail : root.error().detail;
        return authority;
    }
    // a file that holds the whole chain may end with the root
    const Bytes& anchor = root->front()->certificate;
    if (chain->size() > 1 && chain->back()->certificate == anchor) chain->pop_back();

    const CaCertificatePtr ca = chain->front();
    info.subject = ca->subjectText;
    info.keyType = ca->keyType;
    info.certificate = ca->certificate;
    for (const auto& one : *chain) info.chainPem += toPem(*one);
    info.sha256 = sha256(BytesView{ca->certificate});
    info.notBefore = ca->notBefore;
    info.notAfter = ca->notAfter;
    authority.m_parts = std::make_shared<const Parts>(Parts{ca, config.profile, keys.caKey});

    info.problem = problemWithCa(*chain, *root->front(), utcNow());
    if (info.problem.empty()) {
        const auto key = token.publicKey(keys.caKey);
        if (!key) {
            info.problem = describe(key.error());
            authority.m_trouble = key.error();
        }
        if (key && *key != ca->publicKey)
            info.problem = "its certificate is not for key " + toHex(keys.caKey) + " in the HSM";
    }
    if (!info.problem.empty()) info.problem = keys.caCert + ": " + info.problem;
    info.usable = info.problem.empty();
    return authority;
}

Result<LeafDraft> CertificateAuthority::prepare(const DeviceId& id, const Serial& serial, BytesView csr,
                                                UtcTime now) const {
    if (!m_info.usable) return unusable(m_info);
    const CaCertificate& ca = *m_parts->ca;
    if (!ca.validAt(now)) {
        return Error{ErrorCode::SignerRefused,
                     fmt::format("{} is not within the {} CA's dates", toText(now), name(m_info.slot))};
    }
    auto key = certifiedKey(csr, id, m_parts->profile.keys);
    if (!key) return key.error();
    LeafDraft draft{serial, sha256(BytesView{*key}), {}};
    draft.tbs = buildTbs({CertificateKind::Leaf, serial, id.text(), std::move(key).value(), now}, ca, m_parts->profile);
    const auto clean = lintCertificate(assembleUnsigned(draft.tbs, ca), ca, m_parts->profile, CertificateKind::Leaf);
    if (!clean) return clean.error();
    return draft;
}

Result<Bytes> CertificateAuthority::sign(const LeafDraft& draft) const {
    return finish(draft.tbs, CertificateKind::Leaf);
}

// What is signed is linted here again, whoever kept it meanwhile. The TBS is put into the certificate as it is, so what
// comes out holds the very bytes that were linted, and the lint after it judges what was put around them.
Result<Bytes> CertificateAuthority::finish(const Bytes& tbs, CertificateKind kind) const {
    if (!m_info.usable) return unusable(m_info);
    const CaCertificate& ca = *m_parts->ca;
    const auto before = lintCertificate(assembleUnsigned(tbs, ca), ca, m_parts->profile, kind);
    if (!before) return before.error();

    const auto signature = signWithToken(*m_token, m_parts->key, ca.digest, tbs);
    if (!signature) return signature.error();

    Bytes certificate = assemble(tbs, ca, *signature);
    const auto after = lintCertificate(certificate, ca, m_parts->profile, kind);
    if (!after) return after.error();
    if (!verifies(ca.key.get(), ca.digest, tbs, *signature)) {
        return Error{ErrorCode::HsmFault, "the HSM's signature does not verify with the CA's certificate", 0, "C_Sign"};
    }
    return certificate;
}

Result<Bytes> CertificateAuthority::prepareProof(const std::string& code, const Serial& serial, UtcTime now) const {
    if (!m_info.usable) return unusable(m_info);
    if (code.empty() || code.size() > 64 ||
        !std::all_of(code.begin(), code.end(), [](char c) { return c > 0x20 && c < 0x7f; })) {
        return Error{ErrorCode::BadUsage, "a verification code has 1 to 64 printable characters"};
    }
    if (!m_parts->ca->validAt(now))
        return Error{ErrorCode::SignerRefused, toText(now) + " is not within the CA's dates"};
    // the private half goes with this scope: nobody will ever hold it
    const EvpKeyPtr throwaway{EVP_EC_gen("P-256")};
    if (!throwaway) return Error{ErrorCode::Internal, "no key pair", 0, "EVP_EC_gen"};
    return buildTbs({CertificateKind::Proof, serial, code, toDer(i2d_PUBKEY, throwaway.get()), now}, *m_parts->ca,
                    m_parts->profile);
}

Result<Bytes> CertificateAuthority::signProof(const Bytes& tbs) const { return finish(tbs, CertificateKind::Proof); }

bool CertificateAuthority::issuedBy(const Bytes& tbs) const {
    const auto leaf = m_parts ? fromDer<X509Ptr>(d2i_X509, assembleUnsigned(tbs, *m_parts->ca)) : nullptr;
    const ASN1_OCTET_STRING* authority = leaf ? X509_get0_authority_key_id(leaf.get()) : nullptr;
    if (authority == nullptr) return false;
    const Bytes& own = m_parts->ca->keyIdentifier;
    return std::equal(own.begin(), own.end(), ASN1_STRING_get0_data(authority), ASN1_STRING_get0_data(authority) + ASN1_STRING_length(authority));
}

Result<Crl> CertificateAuthority::signCrl(std::uint64_t number, const std::vector<VoidLeaf>& revoked, UtcTime now) const {
    if (!m_info.usable) return unusable(m_info);
    const CaCertificate& ca = *m_parts->ca;
    if (!ca.validAt(now)) return Error{ErrorCode::SignerRefused, toText(now) + " is not within the CA's dates"};
    Crl crl{{}, number, revoked.size(), std::min<UtcTime>(std::chrono::floor<std::chrono::seconds>(now) + kCrlValidity, ca.notAfter)};
    const Bytes tbs = buildCrlTbs(number, revoked, now, crl.nextUpdate, ca);
    const auto signature = signWithToken(*m_token, m_parts->key, ca.digest, tbs);
    if (!signature) return signature.error();
    crl.crl = assemble(tbs, ca, *signature);
    const auto parsed = fromDer<X509CrlPtr>(d2i_X509_CRL, crl.crl);
    if (parsed && X509_CRL_verify(parsed.get(), ca.key.get()) == 1) return crl;
    ERR_clear_error();
    return Error{ErrorCode::HsmFault, "the HSM's signature does not verify with the CA's certificate", 0, "C_Sign"};
}

void CertificateAuthority::disqualify(const std::string& why) {
    m_info.usable = false;
    m_info.problem = why;
}

Result<void> CertificateAuthority::selfTest() const {
    if (!m_info.usable) return unusable(m_info);
    const std::string text = "keystamp-self-test " + toText(utcNow());  // no certificate begins with a "k"
    const CaCertificate& ca = *m_parts->ca;
    const auto signature = signWithToken(*m_token, m_parts->key, ca.digest, asBytes(text));
    if (!signature) return signature.error();
    if (verifies(ca.key.get(), ca.digest, asBytes(text), *signature)) return {};
    return Error{ErrorCode::HsmFault, fmt::format("the {} CA's key does not fit its certificate", name(m_info.slot)), 0,
                 "C_Sign"};
}

Serial newSerial() {
    // 16 random octets behind one of 01 to 7f: positive, minimal, 17 octets
    Serial serial = randomBytes(17);
    serial[0] &= 0x7f;
    if (serial[0] == 0) serial[0] = 1;
    return serial;
}

}  // namespace keystamp::hsm
