// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/session.h"

#include <array>
#include <utility>

namespace keystamp::hsm {
namespace {

CK_BBOOL kTrue = CK_TRUE;
CK_BBOOL kFalse = CK_FALSE;
// SoftHSM refuses HMAC keys under the hash's length
constexpr std::size_t kShortestHmacKey = 32;

// PKCS#11 takes what it only reads by pointers to non-const.
CK_BYTE_PTR readOnly(BytesView bytes) { return const_cast<CK_BYTE_PTR>(bytes.data()); }
CK_ATTRIBUTE flag(CK_ATTRIBUTE_TYPE type, bool on) { return {type, on ? &kTrue : &kFalse, sizeof(CK_BBOOL)}; }
CK_ATTRIBUTE bytes(CK_ATTRIBUTE_TYPE type, BytesView value) { return {type, readOnly(value), value.size()}; }
template <typename T>
CK_ATTRIBUTE scalar(CK_ATTRIBUTE_TYPE type, T& value) {
    return {type, &value, sizeof value};
}

CK_ULONG count(const std::vector<CK_ATTRIBUTE>& attributes) { return attributes.size(); }

bool dislikesTemplate(CK_RV rv) {
    return rv == CKR_ATTRIBUTE_VALUE_INVALID || rv == CKR_ATTRIBUTE_TYPE_INVALID || rv == CKR_TEMPLATE_INCONSISTENT ||
           rv == CKR_TEMPLATE_INCOMPLETE || rv == CKR_KEY_TYPE_INCONSISTENT;
}

// what every secret key of ours is
std::vector<CK_ATTRIBUTE> secretKey(const Bytes& ckaId, const std::string& label) {
    return {
        flag(CKA_TOKEN, true), flag(CKA_PRIVATE, true), flag(CKA_SENSITIVE, true), flag(CKA_EXTRACTABLE, false),
        flag(CKA_SIGN, true),  flag(CKA_VERIFY, false), bytes(CKA_ID, ckaId),      bytes(CKA_LABEL, asBytes(label))};
}

// YubiHSM 2 wants the HMAC's own key type, most others the generic one.
template <typename Make>
CK_RV ofEitherType(const Bytes& ckaId, const std::string& label, const Make& make) {
    CK_OBJECT_CLASS kind = CKO_SECRET_KEY;
    CK_RV rv = CKR_OK;
    for (CK_KEY_TYPE type : {CKK_GENERIC_SECRET, CKK_SHA256_HMAC}) {
        auto attributes = secretKey(ckaId, label);
        attributes.push_back(scalar(CKA_CLASS, kind));
        attributes.push_back(scalar(CKA_KEY_TYPE, type));
        rv = make(attributes);
        if (!dislikesTemplate(rv)) break;
    }
    return rv;
}

}  // namespace

Result<Session> Session::open(const CK_FUNCTION_LIST& call, CK_SLOT_ID slot, bool readWrite) {
    CK_SESSION_HANDLE handle = 0;
    const CK_FLAGS flags = CKF_SERIAL_SESSION | (readWrite ? CKF_RW_SESSION : 0UL);
    if (const CK_RV rv = call.C_OpenSession(slot, flags, nullptr, nullptr, &handle); rv != CKR_OK) {
        return pkcs11Error(rv, "C_OpenSession", rv == CKR_SESSION_COUNT ? "other programs hold all sessions of this token; end them" : "");
    }
    return Session{call, handle};
}

Session::Session(Session&& other) noexcept : m_call(std::exchange(other.m_call, nullptr)), m_handle(other.m_handle) {}

Session& Session::operator=(Session&& other) noexcept {
    std::swap(m_call, other.m_call);
    std::swap(m_handle, other.m_handle);
    return *this;
}

Session::~Session() {
    if (m_call != nullptr) m_call->C_CloseSession(m_handle);
}

Result<void> Session::login(CK_USER_TYPE user, const Secret& pin) {
    const CK_RV rv = m_call->C_Login(m_handle, user, readOnly(pin.view()), pin.size());
    if (rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN) return {};
    return pkcs11Error(rv, "C_Login");
}

Result<bool> Session::userLoggedIn() const {
    CK_SESSION_INFO info{};
    if (const CK_RV rv = m_call->C_GetSessionInfo(m_handle, &info); rv != CKR_OK)
        return pkcs11Error(rv, "C_GetSessionInfo");
    return info.state == CKS_RO_USER_FUNCTIONS || info.state == CKS_RW_USER_FUNCTIONS;
}

Result<std::vector<CK_OBJECT_HANDLE>> Session::find(CK_OBJECT_CLASS kind, const Bytes& ckaId) const {
    std::vector<CK_ATTRIBUTE> wanted{scalar(CKA_CLASS, kind), bytes(CKA_ID, ckaId)};
    if (const CK_RV rv = m_call->C_FindObjectsInit(m_handle, wanted.data(), count(wanted)); rv != CKR_OK) {
        return pkcs11Error(rv, "C_FindObjectsInit");
    }
    std::array<CK_OBJECT_HANDLE, 16> found{};
    CK_ULONG number = 0;
    const CK_RV rv = m_call->C_FindObjects(m_handle, found.data(), found.size(), &number);
    m_call->C_FindObjectsFinal(m_handle);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_FindObjects");
    return std::vector<CK_OBJECT_HANDLE>(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(number));
}

Result<void> Session::destroy(CK_OBJECT_HANDLE object) {
    if (const CK_RV rv = m_call->C_DestroyObject(m_handle, object); rv != CKR_OK)
        return pkcs11Error(rv, "C_DestroyObject");
    return {};
}

Result<Secret> Session::hmac(CK_OBJECT_HANDLE key, BytesView message) {
    CK_MECHANISM mechanism{CKM_SHA256_HMAC, nullptr, 0};
    if (const CK_RV rv = m_call->C_SignInit(m_handle, &mechanism, key); rv != CKR_OK)
        return pkcs11Error(rv, "C_SignInit");
    Secret mac(32);
    CK_ULONG length = mac.size();
    const CK_RV rv = m_call->C_Sign(m_handle, readOnly(message), message.size(), mac.bytes().data(), &length);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_Sign");
    if (length != mac.size()) return Error{ErrorCode::HsmFault, "an HMAC-SHA256 that is not 32 bytes", 0, "C_Sign"};
    return mac;
}

Result<CK_OBJECT_HANDLE> Session::importSecret(const Bytes& ckaId, const std::string& label, const Secret& key) {
    // HMAC pads short keys with zeros to the block's length (RFC 2104 section 2), so a padded key derives the same
    Secret padded(std::max(key.size(), kShortestHmacKey));
    std::copy(key.view().begin(), key.view().end(), padded.bytes().begin());
    CK_OBJECT_HANDLE object = 0;
    const CK_RV rv = ofEitherType(ckaId, label, [&](std::vector<CK_ATTRIBUTE>& attributes) {
        attributes.push_back(bytes(CKA_VALUE, padded.view()));
        return m_call->C_CreateObject(m_handle, attributes.data(), count(attributes), &object);
    });
    if (rv != CKR_OK) return pkcs11Error(rv, "C_CreateObject", label);
    return object;
}

Result<CK_OBJECT_HANDLE> Session::unwrapSecret(CK_OBJECT_HANDLE wrappingKey, const Bytes& ckaId, const std::string& label, BytesView wrapped) {
    CK_RSA_PKCS_OAEP_PARAMS parameters{CKM_SHA_1, CKG_MGF1_SHA1, CKZ_DATA_SPECIFIED, nullptr, 0};
    CK_MECHANISM mechanism{CKM_RSA_PKCS_OAEP, &parameters, sizeof parameters};
    CK_OBJECT_HANDLE object = 0;
    const CK_RV rv = ofEitherType(ckaId, label, [&](std::vector<CK_ATTRIBUTE>& attributes) {
        return m_call->C_UnwrapKey(m_handle, &mechanism, wrappingKey, readOnly(wrapped), wrapped.size(), attributes.data(), count(attributes),
                                   &object);
    });
    if (rv != CKR_OK) return pkcs11Error(rv, "C_UnwrapKey", label);
    return object;
}

Result<CK_OBJECT_HANDLE> Session::generateSecret(const Bytes& ckaId, const std::string& label, std::size_t size) {
    CK_MECHANISM mechanism{CKM_GENERIC_SECRET_KEY_GEN, nullptr, 0};
    CK_ULONG length = size;
    auto attributes = secretKey(ckaId, label);
    attributes.push_back(scalar(CKA_VALUE_LEN, length));
    CK_OBJECT_HANDLE object = 0;
    const CK_RV rv = m_call->C_GenerateKey(m_handle, &mechanism, attributes.data(), count(attributes), &object);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_GenerateKey", label);
    return object;
}

}  // namespace keystamp::hsm
