// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/wrapped_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace keystamp::hsm {
namespace {

constexpr CK_ULONG kShortest = 32;  // SoftHSM takes no shorter one for HMAC, and nobody here sees the key to lengthen it
constexpr CK_ULONG kLongest = 64;

template <typename T>
Result<T> scalar(const Session& session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
    const auto bytes = session.attribute(object, type);
    if (!bytes) return bytes.error();
    T value{};
    if (bytes->size() != sizeof value) return Error{ErrorCode::HsmFault, "an attribute of another size", 0, "C_GetAttributeValue"};
    std::memcpy(&value, bytes->data(), sizeof value);
    return value;
}

Error unfit(const Bytes& ckaId, const std::string& why) {
    return Error{ErrorCode::SignerRefused, fmt::format("the wrapping key {} {}", toHex(ckaId), why)};
}

Error notWrapped(const std::string& why, const Error& said = {}) {
    return Error{ErrorCode::BadUsage,
                 "the file holds no group key that was wrapped for this HSM: " + why + "; `keystamp sas import --help` says how it is made",
                 said.native, said.where};
}

// CKR_* by which modules say that the ciphertext is not one for this key.
bool isOfTheFile(const Error& error) {
    constexpr std::array<long, 9> kAnswers{CKR_GENERAL_ERROR,      CKR_FUNCTION_FAILED,        CKR_DATA_INVALID,
                                           CKR_DATA_LEN_RANGE,     CKR_ENCRYPTED_DATA_INVALID, CKR_ENCRYPTED_DATA_LEN_RANGE,
                                           CKR_WRAPPED_KEY_INVALID, CKR_WRAPPED_KEY_LEN_RANGE, CKR_KEY_SIZE_RANGE};
    return std::find(kAnswers.begin(), kAnswers.end(), error.native) != kAnswers.end();
}

// The caller's key is still there: what derives nothing does not take its place.
Result<void> checkUnwrapped(Session& session, CK_OBJECT_HANDLE key) {
    const auto length = scalar<CK_ULONG>(session, key, CKA_VALUE_LEN);
    const bool told = length && *length != 0;  // SoftHSM says 0 of every key that it unwrapped
    if (told && (*length < kShortest || *length > kLongest)) {
        return notWrapped(fmt::format("what is in it has {} bytes; a group key is wrapped as {} to {} raw bytes, not as base64", *length,
                                      kShortest, kLongest));
    }
    const auto inside = session.staysInside(key);
    if (!inside) return inside.error();
    if (!*inside) return Error{ErrorCode::SignerRefused, "the HSM would let the unwrapped key be taken out again; import it in halves"};
    const auto derived = session.hmac(key, asBytes(std::string_view{"keystamp-self-test"}));
    if (derived) return {};
    if (isOfTheFile(derived.error())) return notWrapped("this HSM derives nothing from what is in it: " + derived.error().detail, derived.error());
    return derived.error();
}

}  // namespace

Result<CK_OBJECT_HANDLE> findWrappingKey(const Session& session, const Abilities& abilities, const Bytes& ckaId) {
    if (!abilities.can(CKM_RSA_PKCS_OAEP)) {
        return Error{ErrorCode::SignerRefused, "this token unwraps no keys (no CKM_RSA_PKCS_OAEP for that); import the group key in halves"};
    }
    const auto found = session.find(CKO_PRIVATE_KEY, ckaId);
    if (!found) return found.error();
    if (found->size() != 1) {
        return Error{ErrorCode::KeyMissing, fmt::format("{} private keys with CKA_ID {}, which [signer] wrapping_key names",
                                                        found->empty() ? "no" : "several", toHex(ckaId))};
    }
    const CK_OBJECT_HANDLE key = found->front();
    const auto type = scalar<CK_KEY_TYPE>(session, key, CKA_KEY_TYPE);
    if (!type) return type.error();
    if (*type != CKK_RSA) return unfit(ckaId, "is no RSA key; make a pair for it alone");
    const auto unwraps = scalar<CK_BBOOL>(session, key, CKA_UNWRAP);
    if (!unwraps) return unwraps.error();
    if (*unwraps == CK_FALSE) return unfit(ckaId, "must not unwrap (CKA_UNWRAP); make a pair for it with pkcs11-tool --usage-wrap");
    const auto inside = session.staysInside(key);
    if (!inside) return inside.error();
    if (!*inside) return unfit(ckaId, "can be taken out of the HSM, and every key wrapped for it read; make a pair that cannot");
    return key;
}

Result<CK_OBJECT_HANDLE> unwrapSecret(Session& session, CK_OBJECT_HANDLE wrappingKey, const Bytes& ckaId, const std::string& label,
                                      BytesView wrapped) {
    const auto modulus = session.attribute(wrappingKey, CKA_MODULUS);
    if (!modulus) return modulus.error();
    if (wrapped.size() != modulus->size()) {
        return notWrapped(fmt::format("it has {} bytes, and would have {}", wrapped.size(), modulus->size()));
    }
    auto key = session.unwrapSecret(wrappingKey, ckaId, label, wrapped);
    if (!key) return isOfTheFile(key.error()) ? notWrapped("it does not decrypt: " + key.error().detail, key.error()) : key.error();
    const auto good = checkUnwrapped(session, *key);
    if (good) return key;
    if (const auto gone = session.destroy(*key); !gone) return gone.error();
    return good.error();
}

}  // namespace keystamp::hsm
