// SPDX-License-Identifier: Apache-2.0
// A PKCS#11 module that passes every call to the one named by KEYSTAMP_PKCS11_LOG_MODULE and appends to the file named by
// KEYSTAMP_PKCS11_LOG one line a call that costs something: who signed how often with which key, who logged in.
//
//   C_SignInit key=<CKA_ID, hex> mech=<name> rv=<CKR, decimal> pid=<pid>
//   C_Sign key=<CKA_ID, hex> mech=<name> [hash=<hex>] rv=<CKR, decimal> pid=<pid>    (a question for the length only is not written;
//                                                                                     hash: what CKM_ECDSA signed)
//   C_SignFinal ..., C_Login user=<CKU, decimal> rv=... pid=..., C_Initialize, C_Finalize, C_InitToken, C_GenerateKey,
//   C_GenerateKeyPair, C_CreateObject, C_DestroyObject, C_FindObjectsInit rv=... pid=...
//
// A line is one write to a file opened with O_APPEND: lines of several processes never mix.
#include <dlfcn.h>
#include <fcntl.h>
#include <p11-kit/pkcs11.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { kSessions = 256, kHexLength = 128, kHashHexLength = 128 };

typedef struct {
    CK_SESSION_HANDLE session;
    int used;
    CK_MECHANISM_TYPE mechanism;
    char key[kHexLength + 1];
} Signing;

static CK_FUNCTION_LIST_PTR real_module;
static CK_FUNCTION_LIST logging_module;
static int log_file = -1;
static pthread_mutex_t signings_lock = PTHREAD_MUTEX_INITIALIZER;
static Signing signings[kSessions];  // what each session signs with; the oldest makes place
static unsigned next_signing;

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...) {
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (log_file < 0 || length <= 0 || (size_t)length >= sizeof line) return;
    if (write(log_file, line, (size_t)length) != length) abort();  // a log with holes proves nothing
}

static CK_RV plain(const char *function, CK_RV rv) {
    say("%s rv=%lu pid=%ld\n", function, rv, (long)getpid());
    return rv;
}

static const char *mechanism_name(CK_MECHANISM_TYPE type, char *buffer, size_t size) {
    switch (type) {
        case CKM_ECDSA: return "CKM_ECDSA";
        case CKM_SHA256_HMAC: return "CKM_SHA256_HMAC";
        case CKM_RSA_PKCS: return "CKM_RSA_PKCS";
        case CKM_RSA_X_509: return "CKM_RSA_X_509";
        case CKM_RSA_PKCS_PSS: return "CKM_RSA_PKCS_PSS";
        default: snprintf(buffer, size, "0x%lx", type); return buffer;
    }
}

static void to_hex(const unsigned char *bytes, CK_ULONG length, char *hex) {
    *hex = '\0';
    for (CK_ULONG i = 0; i < length; ++i) sprintf(hex + 2 * i, "%02x", bytes[i]);
}

static void key_id(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key, char *hex) {
    unsigned char id[kHexLength / 2];
    CK_ATTRIBUTE attribute = {CKA_ID, id, sizeof id};
    *hex = '\0';
    if (real_module->C_GetAttributeValue(session, key, &attribute, 1) != CKR_OK) return;
    to_hex(id, attribute.ulValueLen, hex);
}

static void remember(CK_SESSION_HANDLE session, const Signing *signing) {
    pthread_mutex_lock(&signings_lock);
    Signing *place = NULL;
    for (unsigned i = 0; i < kSessions && place == NULL; ++i) {
        if (signings[i].used && signings[i].session == session) place = &signings[i];
    }
    if (place == NULL) place = &signings[next_signing++ % kSessions];
    *place = *signing;
    pthread_mutex_unlock(&signings_lock);
}

static Signing recall(CK_SESSION_HANDLE session) {
    Signing found = {.mechanism = ~0UL};
    pthread_mutex_lock(&signings_lock);
    for (unsigned i = 0; i < kSessions; ++i) {
        if (signings[i].used && signings[i].session == session) found = signings[i];
    }
    pthread_mutex_unlock(&signings_lock);
    return found;
}

static CK_RV signature(const char *function, const Signing *signing, CK_RV rv) {
    char buffer[32];
    say("%s key=%s mech=%s rv=%lu pid=%ld\n", function, signing->key,
        mechanism_name(signing->mechanism, buffer, sizeof buffer), rv, (long)getpid());
    return rv;
}

static CK_RV log_Initialize(CK_VOID_PTR arguments) { return plain("C_Initialize", real_module->C_Initialize(arguments)); }
static CK_RV log_Finalize(CK_VOID_PTR reserved) { return plain("C_Finalize", real_module->C_Finalize(reserved)); }

static CK_RV log_InitToken(CK_SLOT_ID slot, CK_UTF8CHAR_PTR pin, CK_ULONG length, CK_UTF8CHAR_PTR label) {
    return plain("C_InitToken", real_module->C_InitToken(slot, pin, length, label));
}

static CK_RV log_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
    const CK_RV rv = real_module->C_Login(session, user, pin, length);
    say("C_Login user=%lu rv=%lu pid=%ld\n", user, rv, (long)getpid());
    return rv;
}

static CK_RV log_SignInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key) {
    Signing signing = {.session = session, .used = 1, .mechanism = mechanism != NULL ? mechanism->mechanism : ~0UL};
    key_id(session, key, signing.key);
    const CK_RV rv = real_module->C_SignInit(session, mechanism, key);
    if (rv == CKR_OK) remember(session, &signing);
    return signature("C_SignInit", &signing, rv);
}

static CK_RV log_Sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR out, CK_ULONG_PTR out_length) {
    const CK_RV rv = real_module->C_Sign(session, data, length, out, out_length);
    if (out == NULL) return rv;
    const Signing signing = recall(session);
    if (signing.mechanism != CKM_ECDSA || length > kHashHexLength / 2) return signature("C_Sign", &signing, rv);
    char hash[kHashHexLength + 1];
    to_hex(data, length, hash);
    say("C_Sign key=%s mech=CKM_ECDSA hash=%s rv=%lu pid=%ld\n", signing.key, hash, rv, (long)getpid());
    return rv;
}

static CK_RV log_SignFinal(CK_SESSION_HANDLE session, CK_BYTE_PTR out, CK_ULONG_PTR out_length) {
    const CK_RV rv = real_module->C_SignFinal(session, out, out_length);
    if (out == NULL) return rv;
    const Signing signing = recall(session);
    return signature("C_SignFinal", &signing, rv);
}

static CK_RV log_GenerateKey(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_ATTRIBUTE_PTR attributes,
                             CK_ULONG count, CK_OBJECT_HANDLE_PTR key) {
    return plain("C_GenerateKey", real_module->C_GenerateKey(session, mechanism, attributes, count, key));
}

static CK_RV log_GenerateKeyPair(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_ATTRIBUTE_PTR public_half,
                                 CK_ULONG public_count, CK_ATTRIBUTE_PTR private_half, CK_ULONG private_count,
                                 CK_OBJECT_HANDLE_PTR public_key, CK_OBJECT_HANDLE_PTR private_key) {
    return plain("C_GenerateKeyPair", real_module->C_GenerateKeyPair(session, mechanism, public_half, public_count, private_half,
                                                                     private_count, public_key, private_key));
}

static CK_RV log_CreateObject(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR attributes, CK_ULONG count, CK_OBJECT_HANDLE_PTR object) {
    return plain("C_CreateObject", real_module->C_CreateObject(session, attributes, count, object));
}

static CK_RV log_DestroyObject(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object) {
    return plain("C_DestroyObject", real_module->C_DestroyObject(session, object));
}

static CK_RV log_FindObjectsInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR attributes, CK_ULONG count) {
    return plain("C_FindObjectsInit", real_module->C_FindObjectsInit(session, attributes, count));
}

static CK_RV load(void) {
    const char *module = getenv("KEYSTAMP_PKCS11_LOG_MODULE");
    const char *file = getenv("KEYSTAMP_PKCS11_LOG");
    if (module == NULL) return CKR_GENERAL_ERROR;
    // kept for good: the caller may unload and load this module again
    void *library = dlopen(module, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return CKR_GENERAL_ERROR;
    CK_C_GetFunctionList get_list;
    *(void **)&get_list = dlsym(library, "C_GetFunctionList");
    if (get_list == NULL || get_list(&real_module) != CKR_OK) return CKR_GENERAL_ERROR;
    if (file != NULL && (log_file = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) < 0) return CKR_GENERAL_ERROR;

    logging_module = *real_module;
    logging_module.C_GetFunctionList = C_GetFunctionList;
    logging_module.C_Initialize = log_Initialize;
    logging_module.C_Finalize = log_Finalize;
    logging_module.C_InitToken = log_InitToken;
    logging_module.C_Login = log_Login;
    logging_module.C_SignInit = log_SignInit;
    logging_module.C_Sign = log_Sign;
    logging_module.C_SignFinal = log_SignFinal;
    logging_module.C_GenerateKey = log_GenerateKey;
    logging_module.C_GenerateKeyPair = log_GenerateKeyPair;
    logging_module.C_CreateObject = log_CreateObject;
    logging_module.C_DestroyObject = log_DestroyObject;
    logging_module.C_FindObjectsInit = log_FindObjectsInit;
    return CKR_OK;
}

static pthread_once_t loaded = PTHREAD_ONCE_INIT;
static CK_RV load_result;
static void load_once(void) { load_result = load(); }

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
    if (list == NULL) return CKR_ARGUMENTS_BAD;
    pthread_once(&loaded, load_once);
    if (load_result == CKR_OK) *list = &logging_module;
    return load_result;
}
