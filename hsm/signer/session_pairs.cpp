// SPDX-License-Identifier: Apache-2.0
// Key pairs: how they are made, and whether the token keeps them.
#include "hsm/signer/session.h"

namespace keystamp::hsm {
namespace {

CK_BBOOL kTrue = CK_TRUE;
CK_BBOOL kFalse = CK_FALSE;

CK_ATTRIBUTE flag(CK_ATTRIBUTE_TYPE type, bool on) { return {type, on ? &kTrue : &kFalse, sizeof(CK_BBOOL)}; }
CK_ATTRIBUTE bytes(CK_ATTRIBUTE_TYPE type, BytesView value) {
    return {type, const_cast<CK_BYTE_PTR>(value.data()), value.size()};
}

// DER of the curves' object identifiers
constexpr std::uint8_t kP256[] = {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
constexpr std::uint8_t kP384[] = {0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};
constexpr std::uint8_t kExponent[] = {0x01, 0x00, 0x01};
CK_ULONG kRsaBits = 3072;

}  // namespace

Result<void> Session::generatePair(PairKind kind, const Bytes& ckaId, const std::string& label) {
    const bool rsa = kind == PairKind::Rsa3072;
    CK_MECHANISM mechanism{rsa ? CKM_RSA_PKCS_KEY_PAIR_GEN : CKM_EC_KEY_PAIR_GEN, nullptr, 0};
    std::vector<CK_ATTRIBUTE> publicHalf{flag(CKA_TOKEN, true), flag(CKA_PRIVATE, false), flag(CKA_VERIFY, true),
                                         bytes(CKA_ID, ckaId), bytes(CKA_LABEL, asBytes(label))};
    if (rsa) {
        publicHalf.push_back({CKA_MODULUS_BITS, &kRsaBits, sizeof kRsaBits});
        publicHalf.push_back(bytes(CKA_PUBLIC_EXPONENT, kExponent));
    } else {
        publicHalf.push_back(bytes(CKA_EC_PARAMS, kind == PairKind::P256 ? BytesView{kP256} : BytesView{kP384}));
    }
    std::vector<CK_ATTRIBUTE> privateHalf{
        flag(CKA_TOKEN, true), flag(CKA_PRIVATE, true), flag(CKA_SENSITIVE, true),       flag(CKA_EXTRACTABLE, false),
        flag(CKA_SIGN, true),  bytes(CKA_ID, ckaId),    bytes(CKA_LABEL, asBytes(label))};
    CK_OBJECT_HANDLE publicKey = 0;
    CK_OBJECT_HANDLE privateKey = 0;
    const CK_RV rv = m_call->C_GenerateKeyPair(m_handle, &mechanism, publicHalf.data(), publicHalf.size(),
                                               privateHalf.data(), privateHalf.size(), &publicKey, &privateKey);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_GenerateKeyPair", label);
    return {};
}

Result<bool> Session::staysInside(CK_OBJECT_HANDLE key) const {
    CK_BBOOL sensitive = CK_FALSE;
    CK_BBOOL extractable = CK_TRUE;
    CK_ATTRIBUTE wanted[] = {{CKA_SENSITIVE, &sensitive, sizeof sensitive},
                             {CKA_EXTRACTABLE, &extractable, sizeof extractable}};
    const CK_RV rv = m_call->C_GetAttributeValue(m_handle, key, wanted, 2);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_GetAttributeValue");
    return sensitive == CK_TRUE && extractable == CK_FALSE;
}

}  // namespace keystamp::hsm
