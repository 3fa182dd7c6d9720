// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/trial.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

#include "core/releaser.h"

namespace keystamp::flashing::console {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Releaser<X509_free>>;
using Csr = std::unique_ptr<X509_REQ, Releaser<X509_REQ_free>>;
using PrivateKey = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Releaser<PKCS8_PRIV_KEY_INFO_free>>;

constexpr long kOneDay = 24 * 60 * 60;

Error failed(const char* where) { return Error{ErrorCode::Internal, "a credential to try with", 0, where}; }

Result<Bytes> selfMade(EVP_PKEY* subject, EVP_PKEY* issuer, const std::string& name) {
    const Certificate certificate{X509_new()};
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kOneDay);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    if (X509_set_pubkey(certificate.get(), subject) != 1 || X509_sign(certificate.get(), issuer, EVP_sha256()) == 0) return failed("X509_sign");
    Bytes der(static_cast<std::size_t>(i2d_X509(certificate.get(), nullptr)));
    unsigned char* at = der.data();
    i2d_X509(certificate.get(), &at);
    return der;
}

Result<Secret> pkcs8Of(EVP_PKEY* key) {
    const PrivateKey info{EVP_PKEY2PKCS8(key)};
    const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr) : 0;
    if (size <= 0) return failed("i2d_PKCS8_PRIV_KEY_INFO");
    Secret der{static_cast<std::size_t>(size)};
    unsigned char* at = der.bytes().data();
    i2d_PKCS8_PRIV_KEY_INFO(info.get(), &at);
    return der;
}

}  // namespace

Result<Credential> trialCredential(Mode kind, const DeviceId& id, const std::string& scopeId, BytesView csr) {
    Credential credential{kind, id, scopeId, {}, {}, {}};
    if (kind == Mode::Sas) {
        credential.sasKey = Secret::copyOf(BytesView{randomBytes(32)});
        return credential;
    }
    const Key own{EVP_EC_gen("P-256")};
    const unsigned char* at = csr.data();
    const Csr request{csr.empty() ? nullptr : d2i_X509_REQ(nullptr, &at, static_cast<long>(csr.size()))};
    if (!own || (!csr.empty() && !request)) return failed("EVP_EC_gen");
    auto leaf = selfMade(request ? X509_REQ_get0_pubkey(request.get()) : own.get(), own.get(), id.text());
    if (!leaf) return leaf.error();
    credential.chain.push_back(*std::move(leaf));
    if (request) return credential;
    auto key = pkcs8Of(own.get());
    if (!key) return key.error();
    credential.privateKey = *std::move(key);
    return credential;
}

}  // namespace keystamp::flashing::console
