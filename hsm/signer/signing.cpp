// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/signing.h"

#include <openssl/err.h>

#include "hsm/signer/certificate_authority.h"
#include "hsm/signer/openssl.h"

namespace keystamp::hsm {

Result<Bytes> signWithToken(Token& token, const Bytes& ckaId, const EVP_MD* digest, BytesView message) {
    return token.sign(ckaId, digest, message);
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
