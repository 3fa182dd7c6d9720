// SPDX-License-Identifier: Apache-2.0
// Private to hsm: one PKCS#11 token. libp11 loads the module and finds token and keys; login, HMAC and key import go
// through the same module's own function list (libp11 keeps a PIN in its heap and has no HMAC).
//
// Threads: any; calls to the module are serialised here. Errors: TokenMissing, KeyMissing, PinNeeded, HsmFault, with the
// CKR_* as `native` and the PKCS#11 function as `where`.
#pragma once

#include <openssl/evp.h>

#include <functional>
#include <memory>
#include <string>

#include "core/bytes.h"
#include "core/releaser.h"
#include "core/result.h"
#include "core/secret.h"
#include "hsm/signer/config.h"

namespace keystamp::hsm {

class Session;

using EvpKeyPtr = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;

class Token {
public:
    /// Loads the module (with its environment) and finds the token by label and serial; TokenMissing where there is none
    /// or more than one.
    static Result<std::unique_ptr<Token>> open(const SignerConfig& config);
    ~Token();
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;

    /// Exactly one C_Login (section 5.6.8). PinWrong, PinLocked. Logged in already is no error and no C_Login.
    Result<void> login(const Secret& pin);
    bool loggedIn() const;
    const std::string& label() const;
    const std::string& serial() const;

    /// Runs `use` with a private key in the HSM as an EVP_PKEY; nothing else uses the module meanwhile.
    Result<void> withPrivateKey(const Bytes& ckaId, const std::function<Result<void>(EVP_PKEY*)>& use);
    /// SubjectPublicKeyInfo of a key pair, DER.
    Result<Bytes> publicKey(const Bytes& ckaId);
    /// CKM_SHA256_HMAC with a secret key that never leaves (RFC 2104); 32 bytes.
    Result<Secret> hmac(const Bytes& ckaId, BytesView message);
    /// Whether a secret key with this CKA_ID is there.
    Result<bool> hasSecretKey(const Bytes& ckaId);
    /// A generic secret key: CKA_TOKEN, CKA_PRIVATE, CKA_SENSITIVE, not CKA_EXTRACTABLE, CKA_SIGN. With `replace` an older
    /// one of that ID goes in the same breath; SignerRefused where one is there and `replace` is not set.
    Result<void> importSecretKey(const Bytes& ckaId, const std::string& label, const Secret& key, bool replace);
    /// Runs `use` with a session of its own, for reading and writing; nothing else uses the module meanwhile. PinNeeded.
    Result<void> withWriter(const std::function<Result<void>(Session&)>& use);

private:
    struct Parts;
    explicit Token(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace keystamp::hsm
