// SPDX-License-Identifier: Apache-2.0
// What a session reads and signs; session.cpp opens it and makes keys.
#include <algorithm>

#include "hsm/signer/session.h"

namespace keystamp::hsm {
namespace {

// PKCS#11 takes what it only reads by pointers to non-const.
CK_BYTE_PTR readOnly(BytesView bytes) { return const_cast<CK_BYTE_PTR>(bytes.data()); }

}  // namespace

Result<Bytes> Session::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
    CK_ATTRIBUTE wanted{type, nullptr, 0};
    CK_RV rv = m_call->C_GetAttributeValue(m_handle, object, &wanted, 1);
    if (rv == CKR_OK && wanted.ulValueLen == CK_UNAVAILABLE_INFORMATION) rv = CKR_ATTRIBUTE_TYPE_INVALID;
    if (rv != CKR_OK) return pkcs11Error(rv, "C_GetAttributeValue");
    Bytes value(wanted.ulValueLen);
    wanted.pValue = value.data();
    rv = m_call->C_GetAttributeValue(m_handle, object, &wanted, 1);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_GetAttributeValue");
    value.resize(std::min<std::size_t>(wanted.ulValueLen, value.size()));
    return value;
}

Result<bool> Session::someKeyAsksEachTime() const {
    CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE wanted{CKA_CLASS, &kind, sizeof kind};
    if (const CK_RV rv = m_call->C_FindObjectsInit(m_handle, &wanted, 1); rv != CKR_OK) return pkcs11Error(rv, "C_FindObjectsInit");
    std::vector<CK_OBJECT_HANDLE> keys;
    CK_OBJECT_HANDLE key = 0;
    CK_ULONG number = 0;
    CK_RV rv = CKR_OK;
    while ((rv = m_call->C_FindObjects(m_handle, &key, 1, &number)) == CKR_OK && number == 1) keys.push_back(key);
    m_call->C_FindObjectsFinal(m_handle);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_FindObjects");
    return std::any_of(keys.begin(), keys.end(), [this](CK_OBJECT_HANDLE object) {
        const auto asks = attribute(object, CKA_ALWAYS_AUTHENTICATE);
        return asks && asks->size() == sizeof(CK_BBOOL) && asks->front() != CK_FALSE;
    });
}

Result<Bytes> Session::sign(CK_OBJECT_HANDLE key, CK_MECHANISM_TYPE type, BytesView input, std::size_t longest, const Secret* pin) {
    CK_MECHANISM mechanism{type, nullptr, 0};
    if (const CK_RV rv = m_call->C_SignInit(m_handle, &mechanism, key); rv != CKR_OK) return pkcs11Error(rv, "C_SignInit");
    if (pin != nullptr) {
        if (auto in = login(CKU_CONTEXT_SPECIFIC, *pin); !in) return in.error();
    }
    Bytes signature(longest);
    CK_ULONG length = signature.size();
    const CK_RV rv = m_call->C_Sign(m_handle, readOnly(input), input.size(), signature.data(), &length);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_Sign");
    signature.resize(length);
    return signature;
}

void Session::logout() { m_call->C_Logout(m_handle); }

}  // namespace keystamp::hsm
