// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/demo_certificates.h"

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <initializer_list>
#include <utility>

#include "core/file.h"
#include "hsm/signer/ca_certificate.h"
#include "hsm/signer/certificate_authority.h"
#include "hsm/signer/demo_keys.h"
#include "hsm/signer/der.h"
#include "hsm/signer/module.h"
#include "hsm/signer/openssl.h"
#include "hsm/signer/signing.h"

namespace keystamp::hsm {
namespace {

constexpr long kSecondsOfADay = 24L * 3600;
constexpr long kRootDays = 20L * 365;
constexpr long kSlotDays = 15L * 365;
constexpr long kBackdateDays = 2;  // more than a leaf's, so that theirs is not cut short

using BigNumberPtr = std::unique_ptr<BIGNUM, Releaser<BN_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Releaser<X509_EXTENSION_free>>;
using BioPtr = std::unique_ptr<BIO, Releaser<BIO_free>>;

struct Wanted {
    std::string commonName;
    Bytes publicKey;
    long days = 0;
    std::string basicConstraints;
};

Error opensslFault(const char* where) { return libp11Error(where, "a demo's certificate"); }

bool nameIt(X509_NAME* subject, const std::string& commonName) {
    const auto add = [&](const char* field, const std::string& text) {
        return X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8,
                                          reinterpret_cast<const unsigned char*>(text.data()),
                                          static_cast<int>(text.size()), -1, 0) == 1;
    };
    return add("O", "Keystamp demo") && add("CN", commonName);
}

bool extend(X509* certificate, X509* issuer, const std::string& basicConstraints) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::initializer_list<std::pair<int, std::string>> wanted{
        {NID_basic_constraints, basicConstraints},
        {NID_key_usage, "critical,keyCertSign,cRLSign"},
        {NID_subject_key_identifier, "hash"},
        {NID_authority_key_identifier, "keyid:always"},
    };
    for (const auto& [nid, value] : wanted) {
        const ExtensionPtr extension{X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str())};
        if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1) return false;
    }
    return true;
}

// OpenSSL writes the algorithm's identifier into both places only as it signs: a key that is thrown away signs first.
Result<Bytes> signWithRoot(Token& token, X509* x509) {
    const EvpKeyPtr throwaway{EVP_EC_gen("P-256")};
    if (!throwaway || X509_sign(x509, throwaway.get(), EVP_sha256()) <= 0) return opensslFault("X509_sign");
    const Bytes tbs = toDer(i2d_re_X509_tbs, x509);
    const auto signature = signWithToken(token, kDemoRootKey, EVP_sha256(), tbs);
    if (!signature) return signature.error();
    static constexpr std::uint8_t kNoUnusedBits[] = {0};
    return der::wrap(der::kSequence, {tbs, toDer(i2d_X509_ALGOR, X509_get0_tbs_sigalg(x509)),
                                      der::wrap(der::kBitString, {BytesView{kNoUnusedBits}, *signature})});
}

// Self-signed where there is no issuer.
Result<Bytes> issue(Token& token, const Wanted& wanted, const CaCertificate* issuer) {
    const X509Ptr certificate{X509_new()};
    X509* x509 = certificate.get();
    const Serial serial = newSerial();
    const BigNumberPtr number{BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr)};
    const auto key = fromDer<EvpKeyPtr>(d2i_PUBKEY, wanted.publicKey);
    if (!key || X509_set_version(x509, 2) != 1 ||
        BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x509)) == nullptr ||
        X509_gmtime_adj(X509_getm_notBefore(x509), -kBackdateDays * kSecondsOfADay) == nullptr ||
        X509_gmtime_adj(X509_getm_notAfter(x509), (wanted.days - kBackdateDays) * kSecondsOfADay) == nullptr ||
        !nameIt(X509_get_subject_name(x509), wanted.commonName) || X509_set_pubkey(x509, key.get()) != 1) {
        return opensslFault("X509_new");
    }
    const X509_NAME* from = X509_get_subject_name(issuer != nullptr ? issuer->x509.get() : x509);
    if (X509_set_issuer_name(x509, from) != 1) return opensslFault("X509_set_issuer_name");
    if (!extend(x509, issuer != nullptr ? issuer->x509.get() : x509, wanted.basicConstraints))
        return opensslFault("X509_add_ext");
    return signWithRoot(token, x509);
}

Result<void> write(const std::string& path, const CaCertificate& certificate) {
    const BioPtr out{BIO_new(BIO_s_mem())};
    if (PEM_write_bio_X509(out.get(), certificate.x509.get()) != 1) return opensslFault("PEM_write_bio_X509");
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    if (auto made = makeFolder(std::filesystem::path(path).parent_path().string()); !made) return made;
    return writeFile(path, {text, static_cast<std::size_t>(size)});
}

// The certificate in the file if it is for this key and from this issuer (itself where null); else a new one.
Result<CaCertificatePtr> keepOrIssue(Token& token, const std::string& path, const Wanted& wanted,
                                     const CaCertificate* issuer) {
    if (const auto there = readCertificates(path)) {
        const CaCertificatePtr& found = there->front();
        const CaCertificate& from = issuer != nullptr ? *issuer : *found;
        const bool fits =
            found->publicKey == wanted.publicKey && X509_verify(found->x509.get(), from.key.get()) == 1 &&
            X509_NAME_cmp(X509_get_issuer_name(found->x509.get()), X509_get_subject_name(from.x509.get())) == 0;
        ERR_clear_error();
        if (fits) return found;
    }
    const auto made = issue(token, wanted, issuer);
    if (!made) return made.error();
    auto parsed = parseCaCertificate(*made);
    if (!parsed) return parsed.error();
    if (auto written = write(path, **parsed); !written) return written.error();
    return parsed;
}

}  // namespace

Result<void> makeDemoCertificates(Token& token, const SignerConfig& config) {
    auto rootKey = token.publicKey(kDemoRootKey);
    if (!rootKey) return rootKey.error();
    // demos of different machines are told apart by their root key
    const std::string mark = toHex(BytesView{sha256(BytesView{*rootKey})}.first(4));
    const Wanted wantedRoot{"Keystamp demo root " + mark, *rootKey, kRootDays, "critical,CA:TRUE"};
    const auto root = keepOrIssue(token, config.root, wantedRoot, nullptr);
    if (!root) return root.error();
    for (const auto& [slot, keys] : config.slots) {
        auto key = token.publicKey(keys.caKey);
        if (!key) return key.error();
        const Wanted wanted{fmt::format("Keystamp demo {} CA {}", name(slot), mark), std::move(key).value(), kSlotDays,
                            "critical,CA:TRUE,pathlen:0"};
        const auto ca = keepOrIssue(token, keys.caCert, wanted, root->get());
        if (!ca) return ca.error();
    }
    return {};
}

}  // namespace keystamp::hsm
