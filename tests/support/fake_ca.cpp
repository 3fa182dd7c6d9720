// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_ca.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "core/releaser.h"
#include "tests/support/crypto.h"

namespace keystamp::test {
namespace {

using KeyPtr = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using CertPtr = std::unique_ptr<X509, Releaser<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Releaser<BIO_free_all>>;

void must(bool good, const char* what) {
    if (good) return;
    std::fprintf(stderr, "tests/support/fake_ca: %s\n", what);
    std::abort();
}

KeyPtr privateKey(BytesView pkcs8) {
    const unsigned char* at = pkcs8.data();
    KeyPtr key{d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(pkcs8.size()))};
    must(key != nullptr, "a private key does not parse");
    return key;
}

CertPtr load(BytesView der) {
    const unsigned char* at = der.data();
    CertPtr certificate{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
    must(certificate != nullptr, "a certificate does not parse");
    return certificate;
}

struct Extension {
    int nid;
    const char* value;
};

struct Profile {
    std::string commonName;
    Bytes serial;
    Bytes publicKey;
    long seconds;
    std::vector<Extension> extensions;
};

constexpr long kDay = 24L * 3600;

/// `issuer` may be the certificate itself: null then.
Bytes certify(const Profile& profile, X509* issuer, BytesView issuerKey) {
    const CertPtr certificate{X509_new()};
    X509* raw = certificate.get();
    X509_set_version(raw, 2);
    const std::unique_ptr<BIGNUM, Releaser<BN_free>> number{
        BN_bin2bn(profile.serial.data(), static_cast<int>(profile.serial.size()), nullptr)};
    must(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(raw)) != nullptr, "serial");
    X509_gmtime_adj(X509_getm_notBefore(raw), -kDay / 24);
    X509_gmtime_adj(X509_getm_notAfter(raw), profile.seconds);
    must(X509_NAME_add_entry_by_txt(X509_get_subject_name(raw), "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(profile.commonName.data()),
                                    static_cast<int>(profile.commonName.size()), -1, 0) == 1, "CN");
    const unsigned char* at = profile.publicKey.data();
    const KeyPtr subject{d2i_PUBKEY(nullptr, &at, static_cast<long>(profile.publicKey.size()))};
    must(subject != nullptr && X509_set_pubkey(raw, subject.get()) == 1, "public key");
    if (issuer == nullptr) issuer = raw;
    must(X509_set_issuer_name(raw, X509_get_subject_name(issuer)) == 1, "issuer");
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, raw, nullptr, nullptr, 0);
    for (const auto& [nid, value] : profile.extensions) {
        const std::unique_ptr<X509_EXTENSION, Releaser<X509_EXTENSION_free>> extension{
            X509V3_EXT_conf_nid(nullptr, &context, nid, value)};
        must(extension != nullptr && X509_add_ext(raw, extension.get(), -1) == 1, value);
    }
    must(X509_sign(raw, privateKey(issuerKey).get(), EVP_sha256()) > 0, "sign");
    unsigned char* der = nullptr;
    const int size = i2d_X509(raw, &der);
    must(size > 0, "i2d_X509");
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

Bytes smallSerial() {
    Bytes serial = randomBytes(16);
    serial.front() = static_cast<std::uint8_t>((serial.front() & 0x7f) | 0x40);
    return serial;
}

template <typename Write>
std::string pem(Write write) {
    const BioPtr out{BIO_new(BIO_s_mem())};
    must(write(out.get()) == 1, "PEM");
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

}  // namespace

FakeCa newRoot(const std::string& commonName) {
    FakeCa root{newKey(), {}};
    root.certificate = certify({commonName, smallSerial(), publicKeyOf(root.key), 7300 * kDay,
                                {{NID_basic_constraints, "critical,CA:TRUE"},
                                 {NID_key_usage, "critical,keyCertSign,cRLSign"},
                                 {NID_subject_key_identifier, "hash"}}},
                               nullptr, root.key);
    return root;
}

FakeCa newIntermediate(const FakeCa& root, const std::string& commonName) {
    FakeCa ca{newKey(), {}};
    ca.certificate = certify({commonName, smallSerial(), publicKeyOf(ca.key), 7200 * kDay,
                              {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                               {NID_key_usage, "critical,keyCertSign,cRLSign"},
                               {NID_subject_key_identifier, "hash"},
                               {NID_authority_key_identifier, "keyid:always"}}},
                             load(root.certificate).get(), root.key);
    return ca;
}

Bytes newLeaf(const FakeCa& ca, BytesView serial, const std::string& commonName, BytesView publicKey) {
    return certify({commonName, toBytes(serial), toBytes(publicKey), 3649 * kDay,
                    {{NID_basic_constraints, "critical,CA:FALSE"},
                     {NID_key_usage, "critical,digitalSignature"},
                     {NID_ext_key_usage, "clientAuth"},
                     {NID_subject_key_identifier, "hash"},
                     {NID_authority_key_identifier, "keyid:always"}}},
                   load(ca.certificate).get(), ca.key);
}

Bytes newVerification(const FakeCa& ca, BytesView serial, const std::string& code) {
    return certify({code, toBytes(serial), publicKeyOf(newKey()), 30 * kDay,
                    {{NID_basic_constraints, "critical,CA:FALSE"},
                     {NID_key_usage, "critical,digitalSignature"},
                     {NID_subject_key_identifier, "hash"},
                     {NID_authority_key_identifier, "keyid:always"}}},
                   load(ca.certificate).get(), ca.key);
}

Bytes newCrl(const FakeCa& ca) {
    const std::unique_ptr<X509_CRL, Releaser<X509_CRL_free>> crl{X509_CRL_new()};
    const std::unique_ptr<ASN1_TIME, Releaser<ASN1_TIME_free>> now{X509_gmtime_adj(nullptr, 0)}, next{X509_gmtime_adj(nullptr, 30 * kDay)};
    X509_CRL_set_version(crl.get(), 1);
    X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(load(ca.certificate).get()));
    X509_CRL_set1_lastUpdate(crl.get(), now.get());
    X509_CRL_set1_nextUpdate(crl.get(), next.get());
    must(X509_CRL_sign(crl.get(), privateKey(ca.key).get(), EVP_sha256()) > 0, "sign");
    unsigned char* der = nullptr;
    const int size = i2d_X509_CRL(crl.get(), &der);
    must(size > 0, "i2d_X509_CRL");
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

std::string toPem(BytesView certificate) {
    const CertPtr parsed = load(certificate);
    return pem([&](BIO* out) { return PEM_write_bio_X509(out, parsed.get()); });
}

std::string publicKeyPem(BytesView pkcs8) {
    const KeyPtr key = privateKey(pkcs8);
    return pem([&](BIO* out) { return PEM_write_bio_PUBKEY(out, key.get()); });
}

}  // namespace keystamp::test
