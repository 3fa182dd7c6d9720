// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/device_id.h"
#include "hsm/signer/certificate_authority.h"
#include "hsm/signer/der.h"
#include "hsm/signer/ecdsa_signature.h"
#include "hsm/signer/public_key.h"

namespace keystamp::hsm {
namespace {

constexpr std::size_t kLongestSerial = 20;   // RFC 5280 section 4.1.2.2
constexpr std::size_t kShortestSerial = 16;  // less cannot hold 128 random bits

// contents of object identifiers
constexpr std::string_view kCommonName{"\x55\x04\x03"};
constexpr std::string_view kOrganisation{"\x55\x04\x0a"};
constexpr std::string_view kBasicConstraints{"\x55\x1d\x13"};
constexpr std::string_view kKeyUsage{"\x55\x1d\x0f"};
constexpr std::string_view kExtendedKeyUsage{"\x55\x1d\x25"};
constexpr std::string_view kSubjectKeyIdentifier{"\x55\x1d\x0e"};
constexpr std::string_view kAuthorityKeyIdentifier{"\x55\x1d\x23"};

using Text = std::string;

// Each rule returns what is wrong, or nothing.
using Verdict = std::string;

bool same(BytesView a, BytesView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }
bool same(BytesView a, std::string_view b) { return same(a, asBytes(b)); }

struct Extension {
    bool critical = false;
    BytesView value;
};

struct Fields {
    BytesView version, serial, innerAlgorithm, issuer, validity, subject, publicKey;
    std::map<Text, Extension> extensions;
    BytesView outerAlgorithm, signature;
};

Verdict readExtensions(BytesView list, Fields& fields) {
    der::Reader outer{list};
    const auto sequence = outer.next(der::kSequence);
    if (!sequence || !outer.atEnd()) return "extensions: not a sequence";
    der::Reader reader{sequence->content};
    while (!reader.atEnd()) {
        const auto element = reader.next(der::kSequence);
        if (!element) return "extensions: not a sequence";
        der::Reader parts{element->content};
        const auto oid = parts.next(der::kOid);
        const auto critical = parts.next(der::kBoolean);
        const auto value = parts.next(der::kOctetString);
        if (!oid || !value || !parts.atEnd()) return "extensions: one is not identifier, criticality, value";
        if (critical && critical->content[0] == 0) return "extensions: a default value is written out";
        if (!fields.extensions.emplace(Text{asText(oid->content)}, Extension{critical.has_value(), value->content})
                 .second) {
            return "extensions: one occurs twice";
        }
    }
    return {};
}

Verdict readFields(BytesView certificate, Fields& fields) {
    if (!der::isStrict(certificate)) return "der: encoding it anew would give other bytes";
    der::Reader all{certificate};
    const auto whole = all.next(der::kSequence);
    if (!whole) return "der: no certificate";
    der::Reader reader{whole->content};
    const auto tbs = reader.next(der::kSequence);
    const auto algorithm = reader.next(der::kSequence);
    const auto signature = reader.next(der::kBitString);
    if (!tbs || !algorithm || !signature || !reader.atEnd()) return "der: no certificate";
    fields.outerAlgorithm = algorithm->whole;
    fields.signature = signature->content;

    der::Reader inner{tbs->content};
    const auto version = inner.next(der::kContext0);
    if (!version) return "version: not 3";
    const auto serial = inner.next(der::kInteger);
    const auto innerAlgorithm = inner.next(der::kSequence);
    const auto issuer = inner.next(der::kSequence);
    const auto validity = inner.next(der::kSequence);
    const auto subject = inner.next(der::kSequence);
    const auto publicKey = inner.next(der::kSequence);
    if (!serial || !innerAlgorithm || !issuer || !validity || !subject || !publicKey) return "der: a field is missing";
    fields.version = version->content;
    fields.serial = serial->content;
    fields.innerAlgorithm = innerAlgorithm->whole;
    fields.issuer = issuer->whole;
    fields.validity = validity->content;
    fields.subject = subject->content;
    fields.publicKey = publicKey->whole;
    const auto extensions = inner.next(der::kContext3);
    if (!extensions || !inner.atEnd()) return "extensions: none, or unique identifiers, which no CA may use";
    return readExtensions(extensions->content, fields);
}

Verdict serialRule(BytesView serial) {
    if ((serial[0] & 0x80) != 0) return "serial: negative";
    if (serial.size() > kLongestSerial) return fmt::format("serial: {} octets, 20 at most", serial.size());
    if (serial.size() < kShortestSerial)
        return fmt::format("serial: {} octets cannot hold 128 random bits", serial.size());
    return {};
}

Verdict validityRule(BytesView validity, const CaCertificate& ca, std::chrono::hours longest) {
    der::Reader reader{validity};
    const auto first = reader.next();
    const auto second = reader.next();
    if (!first || !second || !reader.atEnd()) return "validity: not two times";
    const auto from = der::readTime(*first);
    const auto until = der::readTime(*second);
    if (!from || !until) return "validity: a time in the wrong form";
    if (*from >= *until) return "validity: it ends before it begins";
    if (*from < ca.notBefore) return "validity: it begins before the CA's";
    if (*until > ca.notAfter) return "validity: it ends after the CA's";
    if (*until - *from > longest) return "validity: longer than the profile's";
    return {};
}

Verdict subjectRule(BytesView subject, const Profile& profile, CertificateKind kind) {
    std::vector<std::pair<std::string_view, std::string_view>> wanted;
    if (!profile.organisation.empty()) wanted.emplace_back(kOrganisation, profile.organisation);
    wanted.emplace_back(kCommonName, std::string_view{});
    der::Reader reader{subject};
    for (const auto& [name, text] : wanted) {
        const auto set = reader.next(der::kSet);
        if (!set) return "subject: something is missing";
        der::Reader attributes{set->content};
        const auto attribute = attributes.next(der::kSequence);
        if (!attribute || !attributes.atEnd()) return "subject: not one attribute each";
        der::Reader parts{attribute->content};
        const auto oid = parts.next(der::kOid);
        const auto value = parts.next(der::kUtf8);
        if (!oid || !same(oid->content, name)) return "subject: not (O and) CN, in this order";
        if (!value || !parts.atEnd()) return "subject: not a UTF8String";
        if (name == kOrganisation && !same(value->content, text))
            return "subject: another organisation than the profile's";
        if (name == kOrganisation) continue;
        const auto id = DeviceId::parse(asText(value->content));
        if (kind == CertificateKind::Leaf && (!id || id->text() != asText(value->content)))
            return "subject: CN is no device ID";
        if (value->content.empty() || value->content.size() > 64) return "subject: CN is not 1 to 64 bytes";
    }
    return reader.atEnd() ? Verdict{} : "subject: more than (O and) CN";
}

Bytes wantedPurposes(const Profile& profile) {
    static constexpr std::uint8_t kClientAuth[] = {0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02};
    static constexpr std::uint8_t kServerAuth[] = {0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01};
    const bool server = profile.purposes.contains(KeyPurpose::ServerAuth);
    return der::wrap(der::kSequence, {BytesView{kClientAuth}, server ? BytesView{kServerAuth} : BytesView{}});
}

// Extensions have one right form each, so they are compared as bytes.
Verdict extensionRules(const Fields& fields, const CaCertificate& ca, const Profile& profile, CertificateKind kind) {
    struct Rule {
        const char* name;
        std::string_view oid;
        bool critical;
        Bytes value;
    };
    const Bytes identifier = keyIdentifier(fields.publicKey);
    std::vector<Rule> rules{
        {"basic-constraints", kBasicConstraints, true, {0x30, 0x00}},
        {"key-usage", kKeyUsage, true, {0x03, 0x02, 0x07, 0x80}},
        {"subject-key-identifier", kSubjectKeyIdentifier, false, der::wrap(der::kOctetString, identifier)},
        {"authority-key-identifier", kAuthorityKeyIdentifier, false,
         der::wrap(der::kSequence, der::wrap(static_cast<der::Tag>(0x80), ca.keyIdentifier))},
    };
    if (kind == CertificateKind::Leaf)
        rules.push_back({"extended-key-usage", kExtendedKeyUsage, false, wantedPurposes(profile)});
    for (const Rule& rule : rules) {
        const auto found = fields.extensions.find(Text{rule.oid});
        if (found == fields.extensions.end()) return fmt::format("{}: missing", rule.name);
        if (found->second.critical != rule.critical) {
            return fmt::format("{}: {} critical", rule.name, rule.critical ? "not" : "must not be");
        }
        if (!same(found->second.value, rule.value))
            return fmt::format("{}: another value than the profile's", rule.name);
    }
    return fields.extensions.size() == rules.size() ? Verdict{} : "extensions: one that the profile does not have";
}

Verdict signatureRule(BytesView bits, const CaCertificate& ca) {
    if (bits[0] != 0 || bits.size() < 2) return "signature: empty, or not whole octets";
    if (!ca.elliptic) return {};
    return isEcdsaSignature(bits.subspan(1)) ? Verdict{} : "signature: an ECDSA signature that is not DER";
}

Verdict lint(BytesView certificate, const CaCertificate& ca, const Profile& profile, CertificateKind kind) {
    Fields fields;
    if (auto problem = readFields(certificate, fields); !problem.empty()) return problem;
    static constexpr std::uint8_t kVersion3[] = {0x02, 0x01, 0x02};
    if (!same(fields.version, kVersion3)) return "version: not 3";
    if (auto problem = serialRule(fields.serial); !problem.empty()) return problem;
    if (!same(fields.innerAlgorithm, fields.outerAlgorithm)) return "algorithm: the two do not agree";
    if (!same(fields.innerAlgorithm, ca.signatureAlgorithm)) return "algorithm: not the one of the CA's key";
    if (!same(fields.issuer, ca.subject)) return "issuer: not the CA's subject, byte for byte";
    const auto longest = kind == CertificateKind::Leaf ? profile.validity : kProofValidity;
    if (auto problem = validityRule(fields.validity, ca, longest); !problem.empty()) return problem;
    if (auto problem = subjectRule(fields.subject, profile, kind); !problem.empty()) return problem;
    static const std::set kProofKeys{KeyAlgorithm::P256};
    const auto& keys = kind == CertificateKind::Leaf ? profile.keys : kProofKeys;
    if (const auto problem = problemWithKey(fields.publicKey, keys)) return "key: " + *problem;
    if (auto problem = extensionRules(fields, ca, profile, kind); !problem.empty()) return problem;
    return signatureRule(fields.signature, ca);
}

}  // namespace

Result<void> lintCertificate(BytesView certificate, const CaCertificate& ca, const Profile& profile,
                             CertificateKind kind) {
    auto problem = lint(certificate, ca, profile, kind);
    if (problem.empty()) return {};
    return Error{ErrorCode::LintFailed, std::move(problem)};
}

Result<void> lintLeaf(BytesView leaf, BytesView ca, const Profile& profile) {
    const auto parsed = parseCaCertificate(ca);
    if (!parsed) return parsed.error();
    return lintCertificate(leaf, **parsed, profile, CertificateKind::Leaf);
}

}  // namespace keystamp::hsm
