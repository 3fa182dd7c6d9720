// SPDX-License-Identifier: Apache-2.0
#include "station/cloud/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace keystamp::cloud {
namespace {

using BioPtr = std::unique_ptr<BIO, Releaser<BIO_free_all>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Releaser<X509_free>>;

BioPtr reading(BytesView bytes) { return BioPtr{BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))}; }

/// libmosquitto names the address that it was given; a server with many names wants the one that it is checked by,
/// and none where that is an address (RFC 6066 section 3).
void sayName(const SSL* ssl, int where, int) {
    if ((where & SSL_CB_HANDSHAKE_START) == 0) return;
    auto* const own = const_cast<SSL*>(ssl);
    // SSL_set_tlsext_host_name, whose macro casts as C does
    SSL_ctrl(own, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, X509_VERIFY_PARAM_get0_host(SSL_get0_param(own), 0));
}

bool show(SSL_CTX* context, const ClientCertificate& certificate) {
    const BioPtr chain = reading(asBytes(certificate.chainPem));
    const X509Ptr leaf{PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)};
    const KeyPtr key{PEM_read_bio_PrivateKey(reading(certificate.keyPem.view()).get(), nullptr, nullptr, nullptr)};
    if (!leaf || !key || SSL_CTX_use_certificate(context, leaf.get()) != 1 || SSL_CTX_use_PrivateKey(context, key.get()) != 1) return false;
    while (X509* above = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)) {
        if (SSL_CTX_add0_chain_cert(context, above) == 1) continue;
        X509_free(above);
        return false;
    }
    return SSL_CTX_check_private_key(context) == 1;
}

}  // namespace

Result<TlsContext> tlsContext(const Access& access, const std::string& host, const ClientCertificate* certificate) {
    TlsContext context{SSL_CTX_new(TLS_client_method())};
    if (!context) return Error{ErrorCode::Internal, "OpenSSL", static_cast<long>(ERR_get_error()), "SSL_CTX_new"};
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    auto* const checked = SSL_CTX_get0_param(context.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(checked, host.c_str()) != 1) X509_VERIFY_PARAM_set1_host(checked, host.c_str(), host.size());
    SSL_CTX_set_info_callback(context.get(), &sayName);
    const bool trusts = access.caFile.empty() ? SSL_CTX_set_default_verify_paths(context.get()) == 1 : SSL_CTX_load_verify_file(context.get(), access.caFile.c_str()) == 1;
    const bool shows = certificate == nullptr || show(context.get(), *certificate);
    ERR_clear_error();
    if (!trusts) return Error{ErrorCode::BadConfig, access.caFile + " of [cloud] is no file of certificates, PEM"};
    if (!shows) return Error{ErrorCode::BadUsage, "the private key is not that of the certificate, or no PEM"};
    return context;
}

}  // namespace keystamp::cloud
