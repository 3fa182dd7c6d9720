// SPDX-License-Identifier: Apache-2.0
#include "db/certificates.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace keystamp::db {
namespace {

using ContextPtr = std::unique_ptr<X509_STORE_CTX, Releaser<X509_STORE_CTX_free>>;

Error altered(std::string what) {
    ERR_clear_error();
    return Error{ErrorCode::RecordsAltered, std::move(what)};
}

CertificatePtr load(BytesView der) {
    const unsigned char* at = der.data();
    CertificatePtr certificate{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
    return at == der.data() + der.size() ? std::move(certificate) : nullptr;
}

Bytes derOf(const X509* certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    Bytes copy{der, der + std::max(size, 0)};
    OPENSSL_free(der);
    return copy;
}

std::string fingerprint(const X509* certificate) { return toHex(sha256(BytesView{derOf(certificate)})); }

}  // namespace

Result<LeafFacts> readLeaf(BytesView certificate) {
    const CertificatePtr leaf = load(certificate);
    if (!leaf) return altered("a leaf is not a certificate");
    LeafFacts facts;
    const X509_NAME* subject = X509_get_subject_name(leaf.get());
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0 || X509_NAME_get_index_by_NID(subject, NID_commonName, at) >= 0) return altered("a leaf has not one common name");
    const ASN1_STRING* name = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
    facts.commonName.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name)), static_cast<std::size_t>(ASN1_STRING_length(name)));
    const ASN1_INTEGER* serial = X509_get0_serialNumber(leaf.get());
    facts.serial = toBytes({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
    return facts;
}

Result<Chain> Chain::parse(const std::string& pem) {
    Chain chain;
    chain.m_roots.reset(X509_STORE_new());
    chain.m_others.reset(sk_X509_new_null());
    const BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    if (!bio || !chain.m_roots || !chain.m_others) return altered("the CA chain cannot be read");
    bool rooted = false;
    while (CertificatePtr certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        chain.m_certificates.emplace(fingerprint(certificate.get()), derOf(certificate.get()));
        if ((X509_get_extension_flags(certificate.get()) & EXFLAG_SS) != 0) {
            rooted = true;
            X509_STORE_add_cert(chain.m_roots.get(), certificate.get());
        } else if (sk_X509_push(chain.m_others.get(), certificate.get()) > 0) {
            static_cast<void>(certificate.release());
        }
    }
    ERR_clear_error();
    if (!rooted) return altered("the CA chain has no root");
    return chain;
}

Result<std::string> Chain::verify(BytesView der, UtcTime at) const {
    const CertificatePtr leaf = load(der);
    if (!leaf) return altered("a leaf is not a certificate");
    const ContextPtr context{X509_STORE_CTX_new()};
    if (!context || X509_STORE_CTX_init(context.get(), m_roots.get(), leaf.get(), m_others.get()) != 1) return altered("X509_STORE_CTX_init");
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_CLIENT);
    X509_VERIFY_PARAM_set_time(rules, std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    if (X509_verify_cert(context.get()) != 1) {
        return altered(X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get())));
    }
    const STACK_OF(X509)* way = X509_STORE_CTX_get0_chain(context.get());
    if (sk_X509_num(way) < 2) return altered("a leaf that nobody issued");
    return fingerprint(sk_X509_value(way, 1));
}

}  // namespace keystamp::db
