// SPDX-License-Identifier: Apache-2.0
#include "tests/support/crypto.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/x509.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "core/releaser.h"

namespace keystamp::test {
namespace {

using KeyPtr = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using CsrPtr = std::unique_ptr<X509_REQ, Releaser<X509_REQ_free>>;
using CertPtr = std::unique_ptr<X509, Releaser<X509_free>>;

void must(bool good, const char* what) {
    if (good) return;
    std::fprintf(stderr, "tests/support/crypto: %s\n", what);
    std::abort();
}

KeyPtr load(BytesView pkcs8) {
    const unsigned char* at = pkcs8.data();
    KeyPtr key{d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(pkcs8.size()))};
    must(key != nullptr, "a private key does not parse");
    return key;
}

template <typename Write, typename Handle>
Bytes der(Write write, Handle* handle) {
    const int size = write(handle, nullptr);
    must(size > 0, "i2d");
    Bytes bytes(static_cast<std::size_t>(size));
    unsigned char* at = bytes.data();
    write(handle, &at);
    return bytes;
}

void setCommonName(X509_NAME* name, const std::string& text) {
    must(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1, "CN");
}

CsrPtr loadCsr(BytesView csr) {
    const unsigned char* at = csr.data();
    return CsrPtr{d2i_X509_REQ(nullptr, &at, static_cast<long>(csr.size()))};
}

}  // namespace

Bytes newKey() {
    const KeyPtr key{EVP_EC_gen("P-256")};
    must(key != nullptr, "EVP_EC_gen");
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, Releaser<PKCS8_PRIV_KEY_INFO_free>> info{EVP_PKEY2PKCS8(key.get())};
    return der(i2d_PKCS8_PRIV_KEY_INFO, info.get());
}

Bytes publicKeyOf(BytesView pkcs8) { return der(i2d_PUBKEY, load(pkcs8).get()); }

Bytes newCsr(BytesView pkcs8, const std::string& commonName) {
    const KeyPtr key = load(pkcs8);
    const CsrPtr csr{X509_REQ_new()};
    setCommonName(X509_REQ_get_subject_name(csr.get()), commonName);
    must(X509_REQ_set_pubkey(csr.get(), key.get()) == 1 && X509_REQ_sign(csr.get(), key.get(), EVP_sha256()) > 0, "CSR");
    return der(i2d_X509_REQ, csr.get());
}

Bytes publicKeyOfCsr(BytesView csr) {
    const CsrPtr request = loadCsr(csr);
    if (!request) return {};
    EVP_PKEY* key = X509_REQ_get0_pubkey(request.get());
    if (key == nullptr || X509_REQ_verify(request.get(), key) != 1) return {};
    return der(i2d_PUBKEY, key);
}

std::string commonNameOfCsr(BytesView csr) {
    const CsrPtr request = loadCsr(csr);
    char text[128] = {};
    if (!request) return {};
    X509_NAME_get_text_by_NID(X509_REQ_get_subject_name(request.get()), NID_commonName, text, sizeof text);
    return text;
}

Bytes newCertificate(BytesView publicKey, const std::string& commonName, BytesView issuerPkcs8) {
    const unsigned char* at = publicKey.data();
    const KeyPtr subject{d2i_PUBKEY(nullptr, &at, static_cast<long>(publicKey.size()))};
    must(subject != nullptr, "a public key does not parse");
    const KeyPtr issuer = load(issuerPkcs8);
    const CertPtr certificate{X509_new()};
    X509_set_version(certificate.get(), 2);
    const Bytes serial = randomBytes(8);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), *reinterpret_cast<const std::uint64_t*>(serial.data()));
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600L * 24 * 365);
    setCommonName(X509_get_subject_name(certificate.get()), commonName);
    setCommonName(X509_get_issuer_name(certificate.get()), "test issuer");
    must(X509_set_pubkey(certificate.get(), subject.get()) == 1 &&
         X509_sign(certificate.get(), issuer.get(), EVP_sha256()) > 0, "certificate");
    return der(i2d_X509, certificate.get());
}

Bytes signWith(BytesView pkcs8, BytesView message) {
    const KeyPtr key = load(pkcs8);
    const std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>> context{EVP_MD_CTX_new()};
    Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())));
    std::size_t length = signature.size();
    must(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
         EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) == 1, "sign");
    signature.resize(length);
    return signature;
}

Bytes hmacSha256(BytesView key, BytesView message) {
    Bytes mac(32);
    unsigned int length = 0;
    must(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(), message.size(), mac.data(),
              &length) != nullptr, "HMAC");
    return mac;
}

}  // namespace keystamp::test
