// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/modem_key.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>

#include "core/bytes.h"
#include "core/releaser.h"

namespace keystamp::flashing::board_program {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using Csr = std::unique_ptr<X509_REQ, Releaser<X509_REQ_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Releaser<ECDSA_SIG_free>>;

template <typename Encode>
Bytes encoded(Encode encode) {
    unsigned char* der = nullptr;
    const int length = encode(&der);
    Bytes bytes{der, der + std::max(length, 0)};
    OPENSSL_free(der);
    return bytes;
}

/// Both numbers in 33 bytes, whether or not they need them: not quite DER.
void padSignature(X509_REQ& request) {
    const ASN1_BIT_STRING* held = nullptr;
    X509_REQ_get0_signature(&request, &held, nullptr);
    const unsigned char* at = held->data;
    const Signature signature{d2i_ECDSA_SIG(nullptr, &at, held->length)};
    Bytes padded{0x30, 70};
    for (const BIGNUM* number : {ECDSA_SIG_get0_r(signature.get()), ECDSA_SIG_get0_s(signature.get())}) {
        padded.insert(padded.end(), {0x02, 33});
        padded.resize(padded.size() + 33);
        BN_bn2binpad(number, padded.data() + padded.size() - 33, 33);
    }
    ASN1_BIT_STRING* anew = ASN1_BIT_STRING_new();
    ASN1_BIT_STRING_set(anew, padded.data(), static_cast<int>(padded.size()));
    anew->flags |= ASN1_STRING_FLAG_BITS_LEFT;
    X509_REQ_set0_signature(&request, anew);
}

}  // namespace

ModemKey makeModemKey(const std::string& commonName) {
    const Key key{EVP_EC_gen("P-256")};
    const Csr request{X509_REQ_new()};
    X509_REQ_set_pubkey(request.get(), key.get());
    X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(commonName.c_str()), -1, -1, 0);
    X509_REQ_sign(request.get(), key.get(), EVP_sha256());
    padSignature(*request);
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, Releaser<PKCS8_PRIV_KEY_INFO_free>> info{EVP_PKEY2PKCS8(key.get())};
    const Bytes pkcs8 = encoded([&](unsigned char** der) { return i2d_PKCS8_PRIV_KEY_INFO(info.get(), der); });
    std::string csr = toBase64(encoded([&](unsigned char** der) { return i2d_X509_REQ(request.get(), der); }));
    std::erase(csr, '=');
    std::replace(csr.begin(), csr.end(), '+', '-');
    std::replace(csr.begin(), csr.end(), '/', '_');
    return {std::string{pkcs8.begin(), pkcs8.end()}, csr};
}

}  // namespace keystamp::flashing::board_program
