// SPDX-License-Identifier: Apache-2.0
// Private to hsm: one PKCS#11 token, in one session. libp11 loads the module and lists its tokens; everything with a key goes
// through the same module's own function list: libp11 keeps a PIN in its heap, has no HMAC, signs with raw mechanisms only and
// opens sessions of its own.
//
// Threads: any; calls to the module are serialised here. Errors: TokenMissing, KeyMissing, PinNeeded, HsmFault, with the
// CKR_* as `native` and the PKCS#11 function as `where`.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/device_id.h"
#include "core/releaser.h"
#include "core/result.h"
#include "core/secret.h"
#include "hsm/signer/config.h"

namespace keystamp::hsm {

class Session;

using EvpKeyPtr = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;

class Token {
public:
    /// Loads the module (with its environment), finds the token by label and serial (blanks behind either do not count) and asks what
    /// it can do; TokenMissing where there is none or more than one.
    static Result<std::unique_ptr<Token>> open(const SignerConfig& config);
    ~Token();
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;

    /// Exactly one C_Login (section 5.6.8). PinWrong, PinLocked. Logged in already is no error and no C_Login. The PIN is kept, in
    /// secure memory, only where a key of the token has CKA_ALWAYS_AUTHENTICATE: until that key refuses it, which every later call
    /// says then until the next login.
    Result<void> login(const Secret& pin);
    bool loggedIn() const;
    const std::string& label() const;
    const std::string& serial() const;
    /// Why no SAS key can be derived with this token; empty where they can.
    std::string sasProblem() const;
    /// Everything that this token cannot do, each with what that means here.
    std::vector<std::string> lacks() const;
    /// Why no imported key can be sealed here; empty where they can.
    std::string sealingProblem() const;

    /// One C_Sign, never repeated. ECDSA (DER) or RSA PKCS #1 v1.5, over SHA-256 or SHA-384. For signing.cpp.
    Result<Bytes> sign(const Bytes& ckaId, const EVP_MD* digest, BytesView message);
    /// SubjectPublicKeyInfo of a key pair, DER.
    Result<Bytes> publicKey(const Bytes& ckaId);
    /// CKM_SHA256_HMAC with a secret key that never leaves (RFC 2104); 32 bytes.
    Result<Secret> hmac(const Bytes& ckaId, BytesView message);
    /// Whether a secret key with this CKA_ID is there.
    Result<bool> hasSecretKey(const Bytes& ckaId);
    /// A secret key of the type that the token takes, generic or for this HMAC: CKA_TOKEN, CKA_PRIVATE, CKA_SENSITIVE, not
    /// CKA_EXTRACTABLE, CKA_SIGN. With `replace` an older one of that ID goes in the same breath; SignerRefused where one is there and
    /// `replace` is not set.
    Result<void> importSecretKey(const Bytes& ckaId, const std::string& label, const Secret& key, bool replace);
    /// Whether wrapped keys can be brought in with the pair of this CKA_ID; errors as findWrappingKey of wrapped_key.h.
    Result<void> canUnwrap(const Bytes& wrappingKey);
    /// A secret key as above, decrypted in the token and tried with one C_Sign. BadUsage where `wrapped` is not for that key: an older one stays.
    Result<void> unwrapSecretKey(const Bytes& wrappingKey, const Bytes& ckaId, const std::string& label, BytesView wrapped, bool replace);
    /// Makes the AES key that imported keys are sealed with, where there is none of this CKA_ID; whether it did.
    Result<bool> makeSealingKey(const Bytes& ckaId, const std::string& label);
    /// As in sealed_key.h, with the key of this CKA_ID.
    Result<Bytes> seal(const Bytes& ckaId, const std::string& batch, const DeviceId& id, const Secret& key);
    Result<Secret> unseal(const Bytes& ckaId, const std::string& batch, const DeviceId& id, BytesView sealed);
    Result<void> testSealing(const Bytes& ckaId);
    /// Runs `use` with the token's session; nothing else uses the module meanwhile. PinNeeded.
    Result<void> withSession(const std::function<Result<void>(Session&)>& use);

private:
    struct Parts;
    explicit Token(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace keystamp::hsm
