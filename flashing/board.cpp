// SPDX-License-Identifier: Apache-2.0
#include "flashing/board.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "core/releaser.h"
#include "flashing/leaf_key.h"

namespace keystamp::flashing {
namespace {

using MdCtxPtr = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;

Error failed(std::string why) {
    ERR_clear_error();
    return Error{ErrorCode::ProofFailed, std::move(why)};
}

Result<void> checkSignature(const Bytes& leaf, BytesView message, BytesView proof) {
    const KeyPtr key = keyOfLeaf(leaf);
    if (!key) return Error{ErrorCode::Internal, "the leaf does not parse", 0, "d2i_X509"};
    const MdCtxPtr context{EVP_MD_CTX_new()};
    // For RSA keys EVP's default padding is PKCS #1 v1.5, as board.h says.
    if (EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1) {
        return failed("the leaf's key cannot verify");
    }
    if (EVP_DigestVerify(context.get(), proof.data(), proof.size(), message.data(), message.size()) != 1) {
        return failed("the signature does not verify with the leaf's key");
    }
    return {};
}

Result<void> checkHmac(const Secret& key, BytesView message, BytesView proof) {
    std::array<unsigned char, 32> expected{};
    unsigned int length = 0;
    if (HMAC(EVP_sha256(), key.view().data(), static_cast<int>(key.size()), message.data(), message.size(),
             expected.data(), &length) == nullptr) {
        return failed("HMAC");
    }
    if (proof.size() != length || CRYPTO_memcmp(proof.data(), expected.data(), length) != 0) {
        return failed("the HMAC is not the device key's");
    }
    return {};
}

}  // namespace

Digest credentialDigest(const Credential& credential) {
    if (credential.kind == Mode::Sas) return sha256(credential.sasKey.view());
    return sha256(credential.chain.empty() ? BytesView{} : BytesView{credential.chain.front()});
}

Bytes proofMessage(BytesView nonce32, BytesView uid, const DeviceId& id, const std::string& scopeId,
                   const Digest& credential) {
    constexpr std::string_view kDomain{"keystamp-proof-v1\0", 18};
    Bytes message;
    message.reserve(kDomain.size() + nonce32.size() + uid.size() + id.text().size() + scopeId.size() + credential.size());
    for (const BytesView part : {asBytes(kDomain), nonce32, uid, asBytes(id.text()), asBytes(scopeId), BytesView{credential}}) {
        message.insert(message.end(), part.begin(), part.end());
    }
    return message;
}

Result<void> checkProof(const Prover& prover, BytesView message, BytesView proof) {
    return prover.kind == Mode::Sas ? checkHmac(prover.sasKey, message, proof)
                                    : checkSignature(prover.leaf, message, proof);
}

}  // namespace keystamp::flashing
