// SPDX-License-Identifier: Apache-2.0
#include "db/signature.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "db/openssl_ptr.h"

namespace keystamp::db {
namespace {

Result<KeyPtr> publicKey(const std::string& pem) {
    const BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    KeyPtr key{bio ? PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr) : nullptr};
    ERR_clear_error();
    if (!key) return Error{ErrorCode::BadUsage, "the audit key is not a public key in PEM"};
    return key;
}

}  // namespace

Result<void> verifySignature(const std::string& publicKeyPem, std::string_view message, BytesView signature, const std::string& what) {
    const auto key = publicKey(publicKeyPem);
    if (!key) return key.error();
    const DigestPtr context{EVP_MD_CTX_new()};
    const BytesView bytes = asBytes(message);
    const bool good = context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key->get()) == 1 &&
                      EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes.data(), bytes.size()) == 1;
    ERR_clear_error();
    if (!good) return Error{ErrorCode::RecordsAltered, what + " is not signed by the audit key"};
    return {};
}

Result<Digest> keyFingerprint(const std::string& publicKeyPem) {
    const auto key = publicKey(publicKeyPem);
    if (!key) return key.error();
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key->get(), &der);
    if (size <= 0) return Error{ErrorCode::Internal, "the audit key does not encode", 0, "i2d_PUBKEY"};
    const Digest digest = sha256(BytesView{der, static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    return digest;
}

}  // namespace keystamp::db
