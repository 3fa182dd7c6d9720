// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/signing.h"

#include <openssl/err.h>

#include "hsm/signer/certificate_authority.h"
#include "hsm/signer/module.h"
#include "hsm/signer/openssl.h"

namespace keystamp::hsm {

Result<Bytes> signWithToken(Token& token, const Bytes& ckaId, const EVP_MD* digest, BytesView message) {
    Bytes signature;
    const auto done = token.withPrivateKey(ckaId, [&](EVP_PKEY* key) -> Result<void> {
        const MdContextPtr context{EVP_MD_CTX_new()};
        std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key));
        signature.resize(size);
        if (!context || EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key) != 1 ||
            EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
            return libp11Error("C_Sign", "key " + toHex(ckaId));
        }
        signature.resize(size);
        return {};
    });
    if (!done) return done.error();
    return signature;
}

bool verifies(EVP_PKEY* key, const EVP_MD* digest, BytesView message, BytesView signature) {
    const MdContextPtr context{EVP_MD_CTX_new()};
    const bool good =
        context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    ERR_clear_error();
    return good;
}

Result<Bytes> signWithAuditKey(Token& token, const Bytes& ckaId, std::string_view text) {
    return signWithToken(token, ckaId, EVP_sha256(), asBytes(text));
}

}  // namespace keystamp::hsm
