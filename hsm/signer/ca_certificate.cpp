// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ca_certificate.h"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>

#include "core/file.h"
#include "hsm/signer/der.h"

namespace keystamp::hsm {
namespace {

constexpr std::uint8_t kEcdsaSha256[] = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};
constexpr std::uint8_t kEcdsaSha384[] = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03};
constexpr std::uint8_t kRsaSha256[] = {0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                                       0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00};

using StorePtr = std::unique_ptr<X509_STORE, Releaser<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, Releaser<X509_STORE_CTX_free>>;
using BioPtr = std::unique_ptr<BIO, Releaser<BIO_free>>;
struct StackReleaser {
    void operator()(STACK_OF(X509) * stack) const noexcept { sk_X509_free(stack); }
};

UtcTime readAsn1Time(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    const std::chrono::year_month_day day{std::chrono::year{parts.tm_year + 1900},
                                          std::chrono::month{static_cast<unsigned>(parts.tm_mon + 1)},
                                          std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
    return std::chrono::sys_days{day} + std::chrono::hours{parts.tm_hour} + std::chrono::minutes{parts.tm_min} +
           std::chrono::seconds{parts.tm_sec};
}

std::string nameText(const X509_NAME* name) {
    const BioPtr out{BIO_new(BIO_s_mem())};
    X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

bool isCritical(const X509* certificate, int nid) {
    const int at = X509_get_ext_by_NID(certificate, nid, -1);
    return at >= 0 && X509_EXTENSION_get_critical(X509_get_ext(certificate, at)) == 1;
}

std::string problemWithExtensions(X509* ca) {
    const std::uint32_t flags = X509_get_extension_flags(ca);
    if ((flags & EXFLAG_INVALID) != 0) return "its extensions contradict one another";
    if ((flags & EXFLAG_CA) == 0) return "it is no CA (basic constraints)";
    if (!isCritical(ca, NID_basic_constraints)) return "its basic constraints are not critical";
    if (X509_get_pathlen(ca) != 0) return "its path length is not 0: it could make other CAs";
    constexpr std::uint32_t kWanted = KU_KEY_CERT_SIGN | KU_CRL_SIGN;
    if ((flags & EXFLAG_KUSAGE) == 0 || (X509_get_key_usage(ca) & kWanted) != kWanted) {
        return "its key usage lacks keyCertSign or cRLSign";
    }
    if (!isCritical(ca, NID_key_usage)) return "its key usage is not critical";
    if (X509_get0_subject_key_id(ca) == nullptr) return "it has no subject key identifier";
    return {};
}

// Clouds take a CA's extended key usages for a bound on what its leaves may be used for; OpenSSL does not take anyExtendedKeyUsage for one
// that holds clientAuth.
std::string problemWithPurposes(const CaCertificate& ca) {
    const bool bounded = (X509_get_extension_flags(ca.x509.get()) & EXFLAG_XKUSAGE) != 0;
    if (!bounded || (X509_get_extended_key_usage(ca.x509.get()) & XKU_SSL_CLIENT) != 0) return {};
    return fmt::format("the extended key usage of {} leaves out clientAuth, so that no cloud would take a leaf below it; have it "
                       "certified again with clientAuth, or without extended key usages",
                       ca.subjectText);
}

std::string problemWithChain(const std::vector<CaCertificatePtr>& chain, const CaCertificate& root, UtcTime now) {
    const StorePtr store{X509_STORE_new()};
    const StoreContextPtr context{X509_STORE_CTX_new()};
    const std::unique_ptr<STACK_OF(X509), StackReleaser> between{sk_X509_new_null()};
    X509_STORE_add_cert(store.get(), root.x509.get());
    for (const auto& one : chain) sk_X509_push(between.get(), one->x509.get());
    X509_STORE_CTX_init(context.get(), store.get(), chain.front()->x509.get(), between.get());
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT | X509_V_FLAG_CHECK_SS_SIGNATURE);
    X509_VERIFY_PARAM_set_auth_level(rules, 2);  // 112 bits: no SHA-1, no RSA under 2048
    X509_VERIFY_PARAM_set_time(rules,
                               std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(now)));
    if (X509_verify_cert(context.get()) == 1) return {};
    const int reason = X509_STORE_CTX_get_error(context.get());
    const int depth = X509_STORE_CTX_get_error_depth(context.get());
    ERR_clear_error();
    return fmt::format("its chain to the root does not hold: {} (certificate {} of the chain)",
                       X509_verify_cert_error_string(reason), depth + 1);
}

}  // namespace

std::optional<SigningAlgorithm> signingAlgorithm(EVP_PKEY* key) {
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) {
        if (EVP_PKEY_get_bits(key) < 2048) return std::nullopt;
        return SigningAlgorithm{toBytes(kRsaSha256), EVP_sha256(), false, fmt::format("RSA {}", EVP_PKEY_get_bits(key))};
    }
    std::array<char, 32> curve{};
    if (EVP_PKEY_get_group_name(key, curve.data(), curve.size(), nullptr) != 1) return std::nullopt;
    const std::string_view name{curve.data()};
    if (name == "prime256v1") return SigningAlgorithm{toBytes(kEcdsaSha256), EVP_sha256(), true, "EC P-256"};
    if (name == "secp384r1") return SigningAlgorithm{toBytes(kEcdsaSha384), EVP_sha384(), true, "EC P-384"};
    return std::nullopt;
}

Result<CaCertificatePtr> parseCaCertificate(BytesView bytes) {
    auto ca = std::make_shared<CaCertificate>();
    ca->x509 = fromDer<X509Ptr>(d2i_X509, bytes);
    if (!ca->x509) {
        ERR_clear_error();
        return Error{ErrorCode::BadConfig, "a certificate that does not parse"};
    }
    const X509* x509 = ca->x509.get();
    ca->certificate = toBytes(bytes);
    ca->subject = toDer(i2d_X509_NAME, X509_get_subject_name(x509));
    ca->subjectText = nameText(X509_get_subject_name(x509));
    ca->publicKey = toDer(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(x509));
    ca->notBefore = readAsn1Time(X509_get0_notBefore(x509));
    ca->notAfter = readAsn1Time(X509_get0_notAfter(x509));
    if (const ASN1_OCTET_STRING* identifier = X509_get0_subject_key_id(ca->x509.get())) {
        const unsigned char* data = ASN1_STRING_get0_data(identifier);
        ca->keyIdentifier.assign(data, data + ASN1_STRING_length(identifier));
    }
    ca->key.reset(X509_get_pubkey(ca->x509.get()));
    const auto algorithm = ca->key ? signingAlgorithm(ca->key.get()) : std::nullopt;
    if (!algorithm) {
        ERR_clear_error();
        return Error{ErrorCode::BadConfig,
                     ca->subjectText + ": its key is neither P-256, P-384 nor RSA of 2048 bits or more"};
    }
    ca->signatureAlgorithm = algorithm->identifier;
    ca->digest = algorithm->digest;
    ca->elliptic = algorithm->elliptic;
    ca->keyType = algorithm->keyType;
    return CaCertificatePtr{std::move(ca)};
}

std::string toPem(const CaCertificate& certificate) {
    const BioPtr out{BIO_new(BIO_s_mem())};
    PEM_write_bio_X509(out.get(), certificate.x509.get());
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

Result<std::vector<CaCertificatePtr>> readCertificates(const std::string& path) {
    const auto text = readFile(path, 1 << 20);
    if (!text) return Error{ErrorCode::BadConfig, path, text.error().native, text.error().where};
    return parseCertificates(*text, path);
}

Result<std::vector<CaCertificatePtr>> parseCertificates(std::string_view pem, const std::string& path) {
    const BioPtr in{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    std::vector<CaCertificatePtr> found;
    // nobody is asked for a password, whatever the text says
    const auto noPassword = [](char*, int, int, void*) { return -1; };
    while (const X509Ptr next{PEM_read_bio_X509(in.get(), nullptr, noPassword, nullptr)}) {
        auto one = parseCaCertificate(toDer(i2d_X509, next.get()));
        if (!one) return Error{ErrorCode::BadConfig, path + ": " + one.error().detail};
        found.push_back(std::move(one).value());
    }
    const bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (found.empty()) return Error{ErrorCode::BadConfig, path + ": no certificate in PEM form"};
    if (!ended)
        return Error{ErrorCode::BadConfig, fmt::format("{}: certificate {} does not parse", path, found.size() + 1)};
    return found;
}

std::string problemWithCa(const std::vector<CaCertificatePtr>& chain, const CaCertificate& root, UtcTime now) {
    const CaCertificate& ca = *chain.front();
    if (auto problem = problemWithExtensions(ca.x509.get()); !problem.empty()) return problem;
    if (now < ca.notBefore) return "it is not valid before " + toText(ca.notBefore);
    if (now > ca.notAfter) return "it expired on " + toText(ca.notAfter);
    if (X509_check_ca(root.x509.get()) != 1) return "the root is no CA";
    for (const auto& one : chain) {
        if (auto problem = problemWithPurposes(*one); !problem.empty()) return problem;
    }
    if (auto problem = problemWithPurposes(root); !problem.empty()) return problem;
    return problemWithChain(chain, root, now);
}

}  // namespace keystamp::hsm
