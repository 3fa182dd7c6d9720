// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/leaf_profile.h"

#include <algorithm>

#include "hsm/signer/der.h"
#include "hsm/signer/public_key.h"

namespace keystamp::hsm {
namespace {

using der::wrap;

// object identifiers, DER
constexpr std::uint8_t kCommonName[] = {0x06, 0x03, 0x55, 0x04, 0x03};
constexpr std::uint8_t kOrganisation[] = {0x06, 0x03, 0x55, 0x04, 0x0a};
constexpr std::uint8_t kSubjectKeyIdentifier[] = {0x06, 0x03, 0x55, 0x1d, 0x0e};
constexpr std::uint8_t kKeyUsage[] = {0x06, 0x03, 0x55, 0x1d, 0x0f};
constexpr std::uint8_t kBasicConstraints[] = {0x06, 0x03, 0x55, 0x1d, 0x13};
constexpr std::uint8_t kAuthorityKeyIdentifier[] = {0x06, 0x03, 0x55, 0x1d, 0x23};
constexpr std::uint8_t kExtendedKeyUsage[] = {0x06, 0x03, 0x55, 0x1d, 0x25};
constexpr std::uint8_t kClientAuth[] = {0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02};
constexpr std::uint8_t kServerAuth[] = {0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01};

constexpr std::uint8_t kTrue[] = {0x01, 0x01, 0xff};
constexpr std::uint8_t kVersion3[] = {0x02, 0x01, 0x02};
constexpr std::uint8_t kDigitalSignature[] = {0x03, 0x02, 0x07, 0x80};
constexpr std::uint8_t kNoUnusedBits[] = {0x00};
constexpr auto kKeyIdentifierOfAki = static_cast<der::Tag>(0x80);

Bytes attribute(BytesView oid, std::string_view text) {
    return wrap(der::kSet, wrap(der::kSequence, {oid, wrap(der::kUtf8, asBytes(text))}));
}

Bytes subject(const CertificateContent& content, const Profile& profile) {
    const Bytes organisation = profile.organisation.empty() ? Bytes{} : attribute(kOrganisation, profile.organisation);
    return wrap(der::kSequence, {organisation, attribute(kCommonName, content.commonName)});
}

Bytes validity(const CertificateContent& content, const CaCertificate& ca, const Profile& profile) {
    const auto span = content.kind == CertificateKind::Leaf ? profile.validity : kProofValidity;
    const auto backdated = std::chrono::floor<std::chrono::seconds>(content.now - profile.backdate);
    const UtcTime from = std::max<UtcTime>(backdated, ca.notBefore);
    return wrap(der::kSequence, {der::time(from), der::time(std::min<UtcTime>(from + span, ca.notAfter))});
}

Bytes extension(BytesView oid, bool critical, BytesView value) {
    return wrap(der::kSequence, {oid, critical ? BytesView{kTrue} : BytesView{}, wrap(der::kOctetString, value)});
}

// Only a leaf has purposes.
Bytes extendedKeyUsage(CertificateKind kind, const Profile& profile) {
    if (kind != CertificateKind::Leaf) return {};
    Bytes purposes;
    for (const KeyPurpose purpose : profile.purposes) {
        const BytesView oid = purpose == KeyPurpose::ClientAuth ? BytesView{kClientAuth} : BytesView{kServerAuth};
        purposes.insert(purposes.end(), oid.begin(), oid.end());
    }
    return extension(kExtendedKeyUsage, false, wrap(der::kSequence, purposes));
}

Bytes extensions(const CertificateContent& content, const CaCertificate& ca, const Profile& profile) {
    const Bytes authority = wrap(der::kSequence, wrap(kKeyIdentifierOfAki, ca.keyIdentifier));
    return wrap(der::kSequence,
                {extension(kBasicConstraints, true, wrap(der::kSequence, BytesView{})),
                 extension(kKeyUsage, true, kDigitalSignature), extendedKeyUsage(content.kind, profile),
                 extension(kSubjectKeyIdentifier, false, wrap(der::kOctetString, keyIdentifier(content.publicKey))),
                 extension(kAuthorityKeyIdentifier, false, authority)});
}

}  // namespace

Bytes buildTbs(const CertificateContent& content, const CaCertificate& ca, const Profile& profile) {
    return wrap(der::kSequence,
                {wrap(der::kContext0, BytesView{kVersion3}), der::positive(content.serial), ca.signatureAlgorithm,
                 ca.subject, validity(content, ca, profile), subject(content, profile), content.publicKey,
                 wrap(der::kContext3, extensions(content, ca, profile))});
}

Bytes assemble(BytesView tbs, const CaCertificate& ca, BytesView signature) {
    return wrap(der::kSequence,
                {tbs, ca.signatureAlgorithm, wrap(der::kBitString, {BytesView{kNoUnusedBits}, signature})});
}

Bytes assembleUnsigned(BytesView tbs, const CaCertificate& ca) {
    static constexpr std::uint8_t kNothing[] = {0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01};
    return assemble(tbs, ca, kNothing);
}

}  // namespace keystamp::hsm
