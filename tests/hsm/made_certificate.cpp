// SPDX-License-Identifier: Apache-2.0
#include "tests/hsm/made_certificate.h"

#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <cstdio>
#include <cstdlib>

namespace keystamp::test {
namespace {

void must(bool good, const char* what) {
    if (good) return;
    std::fprintf(stderr, "tests/hsm/made_certificate: %s\n", what);
    std::abort();
}

constexpr long kDay = 24L * 3600;

}  // namespace

Bytes MadeCa::der() const { return hsm::toDer(i2d_X509, certificate.get()); }

hsm::EvpKeyPtr newEcKey(const char* curve) {
    hsm::EvpKeyPtr key{EVP_EC_gen(curve)};
    must(key != nullptr, curve);
    return key;
}

hsm::EvpKeyPtr newRsaKey(unsigned int bits, unsigned int exponent) {
    const std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>> context{
        EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr)};
    const std::unique_ptr<BIGNUM, Releaser<BN_free>> e{BN_new()};
    EVP_PKEY* key = nullptr;
    // more primes for long keys: found in a tenth of the time, and nobody sees it in the public half
    must(BN_set_word(e.get(), exponent) == 1 && EVP_PKEY_keygen_init(context.get()) == 1 &&
             EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context.get(), e.get()) == 1 &&
             EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), static_cast<int>(bits)) == 1 &&
             EVP_PKEY_CTX_set_rsa_keygen_primes(context.get(), bits < 3072 ? 2 : bits < 4096 ? 3 : 4) == 1 &&
             EVP_PKEY_generate(context.get(), &key) == 1,
         "RSA");
    return hsm::EvpKeyPtr{key};
}

hsm::EvpKeyPtr parsePublicKey(BytesView spki) {
    auto key = hsm::fromDer<hsm::EvpKeyPtr>(d2i_PUBKEY, spki);
    must(key != nullptr, "d2i_PUBKEY");
    return key;
}

void setExtension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    if (value.empty()) return;
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    must(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, value.c_str());
    X509_EXTENSION_free(extension);
}

void removeExtension(X509* certificate, int nid) {
    const int at = X509_get_ext_by_NID(certificate, nid, -1);
    must(at >= 0, "no such extension");
    X509_EXTENSION_free(X509_delete_ext(certificate, at));
}

void setSerial(X509* certificate, BytesView bigEndian, bool negative) {
    BIGNUM* number = BN_bin2bn(bigEndian.data(), static_cast<int>(bigEndian.size()), nullptr);
    BN_set_negative(number, negative ? 1 : 0);
    must(BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr, "serial");
    BN_free(number);
}

void setValidity(X509* certificate, long from, long until) {
    X509_gmtime_adj(X509_getm_notBefore(certificate), from);
    X509_gmtime_adj(X509_getm_notAfter(certificate), until);
}

void setSubject(X509* certificate, std::initializer_list<std::pair<const char*, std::string>> attributes,
                int stringType) {
    X509_NAME* name = X509_NAME_new();
    for (const auto& [field, text] : attributes) {
        must(X509_NAME_add_entry_by_txt(name, field, stringType, reinterpret_cast<const unsigned char*>(text.data()),
                                        static_cast<int>(text.size()), -1, 0) == 1,
             field);
    }
    must(X509_set_subject_name(certificate, name) == 1, "subject");
    X509_NAME_free(name);
}

MadeCa makeCa(const CaRecipe& recipe, const MadeCa* issuer, EVP_PKEY* publicKey) {
    MadeCa made{newEcKey(), hsm::X509Ptr{X509_new()}};
    X509* x509 = made.certificate.get();
    X509_set_version(x509, 2);
    setSerial(x509, randomBytes(16));
    setValidity(x509, recipe.fromDay * kDay, recipe.untilDay * kDay);
    setSubject(x509, {{"CN", recipe.commonName}});
    X509* from = issuer != nullptr ? issuer->certificate.get() : x509;
    X509_set_issuer_name(x509, X509_get_subject_name(from));
    X509_set_pubkey(x509, publicKey != nullptr ? publicKey : made.key.get());
    setExtension(x509, from, NID_basic_constraints, recipe.basicConstraints);
    setExtension(x509, from, NID_key_usage, recipe.keyUsage);
    setExtension(x509, from, NID_ext_key_usage, recipe.extendedKeyUsage);
    setExtension(x509, from, NID_subject_key_identifier, recipe.subjectKeyIdentifier);
    if (issuer != nullptr) setExtension(x509, from, NID_authority_key_identifier, "keyid:always");
    must(X509_sign(x509, issuer != nullptr ? issuer->key.get() : made.key.get(), EVP_sha256()) > 0, "X509_sign");
    return made;
}

Bytes makeLeaf(const MadeCa& ca, const std::function<void(X509*)>& change, const EVP_MD* digest) {
    const hsm::X509Ptr leaf{X509_new()};
    X509* x509 = leaf.get();
    X509* issuer = ca.certificate.get();
    X509_set_version(x509, 2);
    Bytes serial = randomBytes(16);
    serial[0] = static_cast<std::uint8_t>((serial[0] & 0x3f) | 0x40);
    setSerial(x509, serial);
    setValidity(x509, -3600, 3600 * kDay);
    setSubject(x509, {{"CN", "acme-000017"}});
    X509_set_issuer_name(x509, X509_get_subject_name(issuer));
    const auto key = newEcKey();
    X509_set_pubkey(x509, key.get());
    setExtension(x509, issuer, NID_basic_constraints, "critical,CA:FALSE");
    setExtension(x509, issuer, NID_key_usage, "critical,digitalSignature");
    setExtension(x509, issuer, NID_ext_key_usage, "clientAuth");
    setExtension(x509, issuer, NID_subject_key_identifier, "hash");
    setExtension(x509, issuer, NID_authority_key_identifier, "keyid:always");
    if (change) change(x509);
    must(X509_sign(x509, ca.key.get(), digest) > 0, "X509_sign");
    return hsm::toDer(i2d_X509, x509);
}

std::string toPem(BytesView certificate) {
    std::string text = "-----BEGIN CERTIFICATE-----\n";
    const std::string base64 = toBase64(certificate);
    for (std::size_t at = 0; at < base64.size(); at += 64) text += base64.substr(at, 64) + "\n";
    return text + "-----END CERTIFICATE-----\n";
}

Bytes makeCsr(EVP_PKEY* key, const std::string& commonName, const EVP_MD* digest,
              const std::function<void(X509_REQ*)>& change) {
    const hsm::CsrPtr request{X509_REQ_new()};
    if (!commonName.empty()) {
        X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request.get()), "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(commonName.data()),
                                   static_cast<int>(commonName.size()), -1, 0);
    }
    must(X509_REQ_set_pubkey(request.get(), key) == 1, "X509_REQ_set_pubkey");
    if (change) change(request.get());
    must(X509_REQ_sign(request.get(), key, digest) > 0, "X509_REQ_sign");
    return hsm::toDer(i2d_X509_REQ, request.get());
}

}  // namespace keystamp::test
