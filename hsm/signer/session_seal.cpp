// SPDX-License-Identifier: Apache-2.0
// Authenticated encryption inside the token.
#include <algorithm>

#include "hsm/signer/session.h"

namespace keystamp::hsm {
namespace {

constexpr std::size_t kIv = 12;   // bytes; the length that GCM is made for (NIST SP 800-38D section 5.2.1.1)
constexpr std::size_t kTag = 16;

CK_BBOOL kTrue = CK_TRUE;
CK_BBOOL kFalse = CK_FALSE;
CK_ULONG kKeyBytes = 32;

// PKCS#11 takes what it only reads by pointers to non-const.
CK_BYTE_PTR readOnly(BytesView bytes) { return const_cast<CK_BYTE_PTR>(bytes.data()); }
CK_ATTRIBUTE flag(CK_ATTRIBUTE_TYPE type, bool on) { return {type, on ? &kTrue : &kFalse, sizeof(CK_BBOOL)}; }
CK_ATTRIBUTE bytes(CK_ATTRIBUTE_TYPE type, BytesView value) { return {type, readOnly(value), value.size()}; }

CK_GCM_PARAMS parameters(std::span<std::uint8_t> iv, BytesView aad) {
    // SoftHSM reads the length in bits too, others only the one in bytes
    return {iv.data(), iv.size(), iv.size() * 8, readOnly(aad), aad.size(), kTag * 8};
}

}  // namespace

Result<CK_OBJECT_HANDLE> Session::generateSealingKey(const Bytes& ckaId, const std::string& label) {
    CK_MECHANISM mechanism{CKM_AES_KEY_GEN, nullptr, 0};
    CK_OBJECT_CLASS kind = CKO_SECRET_KEY;
    CK_KEY_TYPE type = CKK_AES;
    std::vector<CK_ATTRIBUTE> attributes{{CKA_CLASS, &kind, sizeof kind},
                                         {CKA_KEY_TYPE, &type, sizeof type},
                                         {CKA_VALUE_LEN, &kKeyBytes, sizeof kKeyBytes},
                                         flag(CKA_TOKEN, true),
                                         flag(CKA_PRIVATE, true),
                                         flag(CKA_SENSITIVE, true),
                                         flag(CKA_EXTRACTABLE, false),
                                         flag(CKA_ENCRYPT, true),
                                         flag(CKA_DECRYPT, true),
                                         bytes(CKA_ID, ckaId),
                                         bytes(CKA_LABEL, asBytes(label))};
    CK_OBJECT_HANDLE object = 0;
    const CK_RV rv = m_call->C_GenerateKey(m_handle, &mechanism, attributes.data(), attributes.size(), &object);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_GenerateKey", label);
    return object;
}

Result<Bytes> Session::encrypt(CK_OBJECT_HANDLE key, const Bytes& iv, BytesView aad, const Secret& plain) {
    // a module that makes IVs of its own writes them over this one
    Bytes used = iv;
    CK_GCM_PARAMS gcm = parameters(used, aad);
    CK_MECHANISM mechanism{CKM_AES_GCM, &gcm, sizeof gcm};
    if (const CK_RV rv = m_call->C_EncryptInit(m_handle, &mechanism, key); rv != CKR_OK) return pkcs11Error(rv, "C_EncryptInit");
    Bytes encrypted(plain.size() + kTag);
    CK_ULONG length = encrypted.size();
    const CK_RV rv = m_call->C_Encrypt(m_handle, readOnly(plain.view()), plain.size(), encrypted.data(), &length);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_Encrypt");
    if (length != encrypted.size()) return Error{ErrorCode::HsmFault, "AES-GCM gave another length than text and tag have", 0, "C_Encrypt"};
    used.insert(used.end(), encrypted.begin(), encrypted.end());
    return used;
}

Result<Secret> Session::decrypt(CK_OBJECT_HANDLE key, BytesView aad, BytesView sealed) {
    if (sealed.size() <= kIv + kTag) return Error{ErrorCode::RecordsAltered, "a sealed key that is too short"};
    Bytes iv = toBytes(sealed.first(kIv));
    CK_GCM_PARAMS gcm = parameters(iv, aad);
    CK_MECHANISM mechanism{CKM_AES_GCM, &gcm, sizeof gcm};
    if (const CK_RV rv = m_call->C_DecryptInit(m_handle, &mechanism, key); rv != CKR_OK) return pkcs11Error(rv, "C_DecryptInit");
    const BytesView encrypted = sealed.subspan(kIv);
    Secret plain(encrypted.size());  // modules may ask for room for the tag as well
    CK_ULONG length = plain.size();
    const CK_RV rv = m_call->C_Decrypt(m_handle, readOnly(encrypted), encrypted.size(), plain.bytes().data(), &length);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_Decrypt");
    if (length != encrypted.size() - kTag) return Error{ErrorCode::HsmFault, "AES-GCM gave another length than the text has", 0, "C_Decrypt"};
    plain.shrink(length);
    return plain;
}

}  // namespace keystamp::hsm
