// SPDX-License-Identifier: Apache-2.0
// A PKCS#11 module that passes every call to the one named by KEYSTAMP_PKCS11_FAULT_MODULE, except those that the file named by
// KEYSTAMP_PKCS11_FAULT says: lines of `<function> hang` or `<function> <CKR, hex>`. The file may come and go while a program runs;
// where there is none, nothing goes wrong. Functions: C_Sign, C_SignInit, C_Login, C_OpenSession, C_Initialize.
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static CK_FUNCTION_LIST_PTR real_module;
static CK_FUNCTION_LIST faulty_module;

// CKR_OK: let it pass
static CK_RV fault(const char *function) {
    const char *path = getenv("KEYSTAMP_PKCS11_FAULT");
    FILE *file = path != NULL ? fopen(path, "re") : NULL;
    if (file == NULL) return CKR_OK;
    char name[64];
    char what[64];
    CK_RV rv = CKR_OK;
    int hang = 0;
    while (fscanf(file, "%63s %63s", name, what) == 2) {
        if (strcmp(name, function) != 0) continue;
        hang = strcmp(what, "hang") == 0;
        if (!hang) rv = strtoul(what, NULL, 16);
    }
    fclose(file);
    while (hang) sleep(3600);
    return rv;
}

static CK_RV faultySign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG size, CK_BYTE_PTR signature, CK_ULONG_PTR length) {
    const CK_RV rv = fault("C_Sign");
    return rv != CKR_OK ? rv : real_module->C_Sign(session, data, size, signature, length);
}

static CK_RV faultySignInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key) {
    const CK_RV rv = fault("C_SignInit");
    return rv != CKR_OK ? rv : real_module->C_SignInit(session, mechanism, key);
}

static CK_RV faultyLogin(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG size) {
    const CK_RV rv = fault("C_Login");
    return rv != CKR_OK ? rv : real_module->C_Login(session, user, pin, size);
}

static CK_RV faultyOpenSession(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR application, CK_NOTIFY notify, CK_SESSION_HANDLE_PTR session) {
    const CK_RV rv = fault("C_OpenSession");
    return rv != CKR_OK ? rv : real_module->C_OpenSession(slot, flags, application, notify, session);
}

static CK_RV faultyInitialize(CK_VOID_PTR arguments) {
    const CK_RV rv = fault("C_Initialize");
    return rv != CKR_OK ? rv : real_module->C_Initialize(arguments);
}

__attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
    if (real_module == NULL) {
        void *library = dlopen(getenv("KEYSTAMP_PKCS11_FAULT_MODULE"), RTLD_NOW | RTLD_LOCAL);
        if (library == NULL) return CKR_GENERAL_ERROR;
        CK_C_GetFunctionList get = NULL;
        void *found = dlsym(library, "C_GetFunctionList");
        memcpy(&get, &found, sizeof get);
        if (get == NULL || get(&real_module) != CKR_OK) return CKR_GENERAL_ERROR;
        faulty_module = *real_module;
        faulty_module.C_Sign = faultySign;
        faulty_module.C_SignInit = faultySignInit;
        faulty_module.C_Login = faultyLogin;
        faulty_module.C_OpenSession = faultyOpenSession;
        faulty_module.C_Initialize = faultyInitialize;
    }
    *list = &faulty_module;
    return CKR_OK;
}
