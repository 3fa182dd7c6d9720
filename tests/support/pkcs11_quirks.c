// SPDX-License-Identifier: Apache-2.0
// A PKCS#11 module that passes every call to the one named by KEYSTAMP_PKCS11_QUIRKS_MODULE and behaves as vendors' modules do that
// differ from it. KEYSTAMP_PKCS11_QUIRKS holds words:
//
//   no-hmac          no CKM_SHA256_HMAC (smart cards)
//   short-hmac       CKM_SHA256_HMAC with keys of 32 bytes only (tpm2-pkcs11)
//   raw-only         ECDSA and RSA of a hash only (SmartCard-HSM)
//   hashing-only     ECDSA and RSA only with the hash made inside (some in FIPS mode)
//   hmac-keys        HMAC with keys of CKK_SHA256_HMAC only (YubiHSM 2)
//   generic-keys     HMAC with keys of CKK_GENERIC_SECRET only
//   sessions=N       N sessions at once at most
//   read-only        no read-write session
//   ask-each-time    private keys are made with CKA_ALWAYS_AUTHENTICATE
//   nul-labels       labels and serials are filled up with NUL, not blanks
//   blank-labels     labels of keys are filled up to 32 bytes with blanks
//   bare-points      CKA_EC_POINT without its OCTET STRING
//   no-public-halves public key objects cannot be found
//   mechanisms-untold C_GetMechanismInfo is not served
//   no-gcm           no CKM_AES_GCM (smart cards, TPMs)
//   no-unwrap        no CKM_RSA_PKCS_OAEP (many smart cards)
//   value-len=N      CKA_VALUE_LEN is N of each key; SoftHSM tells none of keys that it unwrapped
//
// While there is a file named by KEYSTAMP_PKCS11_QUIRKS_REFUSE, keys that ask each time find the PIN wrong.
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static CK_FUNCTION_LIST_PTR real_module;
static CK_FUNCTION_LIST odd_module;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long open_sessions;
static CK_MECHANISM_TYPE hashing_with;  // of the signature that was begun; the station has one session
static CK_OBJECT_HANDLE hashing_key;

static const char *quirk(const char *word) {
    const char *words = getenv("KEYSTAMP_PKCS11_QUIRKS");
    const char *found = words != NULL ? strstr(words, word) : NULL;
    return found != NULL ? found + strlen(word) : NULL;
}

static int hashes(CK_MECHANISM_TYPE type) {
    return type == CKM_ECDSA_SHA256 || type == CKM_ECDSA_SHA384 || type == CKM_SHA256_RSA_PKCS || type == CKM_SHA384_RSA_PKCS;
}
static int is_raw(CK_MECHANISM_TYPE type) { return type == CKM_ECDSA || type == CKM_RSA_PKCS; }
// what the module below lacks and is made of what it has
static int made_here(CK_MECHANISM_TYPE type) { return type == CKM_ECDSA_SHA256 || type == CKM_ECDSA_SHA384; }

static int refused(CK_MECHANISM_TYPE type) {
    return (type == CKM_SHA256_HMAC && quirk("no-hmac")) || (hashes(type) && quirk("raw-only")) || (is_raw(type) && quirk("hashing-only")) ||
           (type == CKM_RSA_PKCS_OAEP && quirk("no-unwrap")) || (type == CKM_AES_GCM && quirk("no-gcm"));
}

static CK_RV odd_GetMechanismInfo(CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO_PTR info) {
    if (quirk("mechanisms-untold")) return CKR_FUNCTION_NOT_SUPPORTED;
    if (refused(type)) return CKR_MECHANISM_INVALID;
    const int ours = quirk("hashing-only") && made_here(type);
    const CK_RV rv = real_module->C_GetMechanismInfo(slot, ours ? CKM_ECDSA : type, info);
    if (rv == CKR_OK && type == CKM_SHA256_HMAC && quirk("short-hmac")) info->ulMinKeySize = info->ulMaxKeySize = 32;
    return rv;
}

static CK_KEY_TYPE key_type(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key) {
    CK_KEY_TYPE type = CKK_VENDOR_DEFINED;
    CK_ATTRIBUTE attribute = {CKA_KEY_TYPE, &type, sizeof type};
    real_module->C_GetAttributeValue(session, key, &attribute, 1);
    return type;
}

static CK_RV odd_SignInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key) {
    hashing_with = 0;
    if (refused(mechanism->mechanism)) return CKR_MECHANISM_INVALID;
    if (mechanism->mechanism == CKM_SHA256_HMAC) {
        if (quirk("hmac-keys") && key_type(session, key) != CKK_SHA256_HMAC) return CKR_KEY_TYPE_INCONSISTENT;
        if (quirk("generic-keys") && key_type(session, key) != CKK_GENERIC_SECRET) return CKR_KEY_TYPE_INCONSISTENT;
    }
    if (!quirk("hashing-only") || !made_here(mechanism->mechanism)) return real_module->C_SignInit(session, mechanism, key);
    hashing_with = mechanism->mechanism == CKM_ECDSA_SHA256 ? CKM_SHA256 : CKM_SHA384;
    hashing_key = key;
    return CKR_OK;
}

static CK_RV odd_Sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG size, CK_BYTE_PTR signature, CK_ULONG_PTR length) {
    if (hashing_with == 0) return real_module->C_Sign(session, data, size, signature, length);
    CK_MECHANISM digest = {hashing_with, NULL, 0};
    CK_MECHANISM raw = {CKM_ECDSA, NULL, 0};
    CK_BYTE hash[64];
    CK_ULONG hash_size = sizeof hash;
    CK_RV rv = real_module->C_DigestInit(session, &digest);
    if (rv == CKR_OK) rv = real_module->C_Digest(session, data, size, hash, &hash_size);
    if (rv == CKR_OK) rv = real_module->C_SignInit(session, &raw, hashing_key);
    hashing_with = 0;
    return rv == CKR_OK ? real_module->C_Sign(session, hash, hash_size, signature, length) : rv;
}

static CK_RV odd_CreateObject(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR attributes, CK_ULONG count, CK_OBJECT_HANDLE_PTR object) {
    for (CK_ULONG i = 0; i < count; ++i) {
        if (attributes[i].type != CKA_KEY_TYPE) continue;
        const CK_KEY_TYPE type = *(CK_KEY_TYPE *)attributes[i].pValue;
        if (type == CKK_GENERIC_SECRET && quirk("hmac-keys")) return CKR_TEMPLATE_INCONSISTENT;
        if (type == CKK_SHA256_HMAC && quirk("generic-keys")) return CKR_ATTRIBUTE_VALUE_INVALID;
    }
    return real_module->C_CreateObject(session, attributes, count, object);
}

static CK_RV odd_GenerateKeyPair(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_ATTRIBUTE_PTR public_half, CK_ULONG public_count,
                                 CK_ATTRIBUTE_PTR private_half, CK_ULONG private_count, CK_OBJECT_HANDLE_PTR public_key,
                                 CK_OBJECT_HANDLE_PTR private_key) {
    CK_BBOOL yes = CK_TRUE;
    CK_ATTRIBUTE longer[32];
    if (private_count >= 32) return CKR_ARGUMENTS_BAD;
    memcpy(longer, private_half, private_count * sizeof longer[0]);
    longer[private_count] = (CK_ATTRIBUTE){CKA_ALWAYS_AUTHENTICATE, &yes, sizeof yes};
    const CK_ULONG more = quirk("ask-each-time") ? 1 : 0;
    return real_module->C_GenerateKeyPair(session, mechanism, public_half, public_count, longer, private_count + more, public_key, private_key);
}

static CK_RV odd_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG size) {
    const char *file = getenv("KEYSTAMP_PKCS11_QUIRKS_REFUSE");
    if (user == CKU_CONTEXT_SPECIFIC && file != NULL && access(file, F_OK) == 0) return CKR_PIN_INCORRECT;
    return real_module->C_Login(session, user, pin, size);
}

static CK_RV odd_OpenSession(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR application, CK_NOTIFY notify, CK_SESSION_HANDLE_PTR session) {
    if (quirk("read-only") && (flags & CKF_RW_SESSION)) return CKR_TOKEN_WRITE_PROTECTED;
    const char *most = quirk("sessions=");
    pthread_mutex_lock(&lock);
    CK_RV rv = most != NULL && open_sessions >= atol(most) ? CKR_SESSION_COUNT : CKR_OK;
    if (rv == CKR_OK) rv = real_module->C_OpenSession(slot, flags, application, notify, session);
    if (rv == CKR_OK) ++open_sessions;
    pthread_mutex_unlock(&lock);
    return rv;
}

static CK_RV odd_CloseSession(CK_SESSION_HANDLE session) {
    pthread_mutex_lock(&lock);
    const CK_RV rv = real_module->C_CloseSession(session);
    if (rv == CKR_OK) --open_sessions;
    pthread_mutex_unlock(&lock);
    return rv;
}

static CK_RV odd_Finalize(CK_VOID_PTR reserved) {
    const CK_RV rv = real_module->C_Finalize(reserved);
    open_sessions = 0;
    return rv;
}

static void fill_with_nul(unsigned char *text, size_t size) {
    while (size > 0 && text[size - 1] == ' ') text[--size] = '\0';
}

static CK_RV odd_GetTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
    const CK_RV rv = real_module->C_GetTokenInfo(slot, info);
    if (rv != CKR_OK || !quirk("nul-labels")) return rv;
    fill_with_nul(info->label, sizeof info->label);
    fill_with_nul(info->serialNumber, sizeof info->serialNumber);
    return rv;
}

static void strip_octet_string(CK_ATTRIBUTE_PTR point) {
    if (point->ulValueLen == CK_UNAVAILABLE_INFORMATION || point->ulValueLen < 3) return;
    if (point->pValue != NULL) memmove(point->pValue, (char *)point->pValue + 2, point->ulValueLen - 2);
    if (point->pValue != NULL) point->ulValueLen -= 2;
}

static void fill_with_blanks(CK_ATTRIBUTE_PTR label) {
    if (label->ulValueLen >= 32) return;
    if (label->pValue != NULL) memset((char *)label->pValue + label->ulValueLen, ' ', 32 - label->ulValueLen);
    label->ulValueLen = 32;
}

static CK_RV odd_GetAttributeValue(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR attributes, CK_ULONG count) {
    const CK_RV rv = real_module->C_GetAttributeValue(session, object, attributes, count);
    for (CK_ULONG i = 0; rv == CKR_OK && i < count; ++i) {
        if (attributes[i].type == CKA_EC_POINT && quirk("bare-points")) strip_octet_string(&attributes[i]);
        if (attributes[i].type == CKA_LABEL && quirk("blank-labels")) fill_with_blanks(&attributes[i]);
        if (attributes[i].type == CKA_VALUE_LEN && attributes[i].pValue != NULL && quirk("value-len="))
            *(CK_ULONG *)attributes[i].pValue = strtoul(quirk("value-len="), NULL, 10);
    }
    return rv;
}

static CK_RV odd_FindObjectsInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR wanted, CK_ULONG count) {
    CK_OBJECT_CLASS none = CKO_VENDOR_DEFINED;
    CK_ATTRIBUTE changed[16];
    if (count > 16) return CKR_ARGUMENTS_BAD;
    if (count > 0) memcpy(changed, wanted, count * sizeof changed[0]);
    for (CK_ULONG i = 0; i < count; ++i) {
        if (wanted[i].type == CKA_CLASS && *(CK_OBJECT_CLASS *)wanted[i].pValue == CKO_PUBLIC_KEY && quirk("no-public-halves"))
            changed[i].pValue = &none;
    }
    return real_module->C_FindObjectsInit(session, changed, count);
}

static CK_RV load(void) {
    const char *module = getenv("KEYSTAMP_PKCS11_QUIRKS_MODULE");
    void *library = module != NULL ? dlopen(module, RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) return CKR_GENERAL_ERROR;
    CK_C_GetFunctionList get_list;
    *(void **)&get_list = dlsym(library, "C_GetFunctionList");
    if (get_list == NULL || get_list(&real_module) != CKR_OK) return CKR_GENERAL_ERROR;
    odd_module = *real_module;
    odd_module.C_GetFunctionList = C_GetFunctionList;
    odd_module.C_GetMechanismInfo = odd_GetMechanismInfo;
    odd_module.C_SignInit = odd_SignInit;
    odd_module.C_Sign = odd_Sign;
    odd_module.C_CreateObject = odd_CreateObject;
    odd_module.C_GenerateKeyPair = odd_GenerateKeyPair;
    odd_module.C_Login = odd_Login;
    odd_module.C_OpenSession = odd_OpenSession;
    odd_module.C_CloseSession = odd_CloseSession;
    odd_module.C_Finalize = odd_Finalize;
    odd_module.C_GetTokenInfo = odd_GetTokenInfo;
    odd_module.C_GetAttributeValue = odd_GetAttributeValue;
    odd_module.C_FindObjectsInit = odd_FindObjectsInit;
    return CKR_OK;
}

static pthread_once_t loaded = PTHREAD_ONCE_INIT;
static CK_RV load_result;
static void load_once(void) { load_result = load(); }

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
    if (list == NULL) return CKR_ARGUMENTS_BAD;
    pthread_once(&loaded, load_once);
    if (load_result == CKR_OK) *list = &odd_module;
    return load_result;
}
