// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/module.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <libp11.h>
#include <openssl/err.h>
#include <p11-kit/p11-kit.h>

#include <cerrno>
#include <cstdlib>

namespace keystamp::hsm {
namespace {

ErrorCode codeOf(CK_RV rv) {
    switch (rv) {
        case CKR_PIN_INCORRECT:
        case CKR_PIN_INVALID:
        case CKR_PIN_LEN_RANGE:
            return ErrorCode::PinWrong;
        case CKR_PIN_LOCKED:
        case CKR_PIN_EXPIRED:
        case CKR_USER_PIN_NOT_INITIALIZED:
            return ErrorCode::PinLocked;
        case CKR_TOKEN_NOT_PRESENT:
        case CKR_TOKEN_NOT_RECOGNIZED:
        case CKR_SLOT_ID_INVALID:
            return ErrorCode::TokenMissing;
        case CKR_USER_NOT_LOGGED_IN:
            return ErrorCode::PinNeeded;
        default:
            return ErrorCode::HsmFault;
    }
}

}  // namespace

Result<Module> Module::load(const SignerConfig& config) {
    for (const auto& [name, value] : config.environment) {
        if (::setenv(name.c_str(), value.c_str(), 1) != 0) {
            return Error{ErrorCode::BadConfig, "signer.environment." + name, errno, "setenv"};
        }
    }
    void* library = ::dlopen(config.module.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return Error{ErrorCode::HsmFault, ::dlerror(), 0, "dlopen"};
    const auto getFunctionList = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
    CK_FUNCTION_LIST* functions = nullptr;
    if (getFunctionList == nullptr || getFunctionList(&functions) != CKR_OK || functions == nullptr) {
        ::dlclose(library);
        return Error{ErrorCode::HsmFault, config.module + " is no PKCS#11 module", 0, "C_GetFunctionList"};
    }
    return Module{config.module, library, functions};
}

Module::Module(Module&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_library(std::exchange(other.m_library, nullptr)),
      m_functions(std::exchange(other.m_functions, nullptr)) {}

Module::~Module() {
    if (m_library != nullptr) ::dlclose(m_library);
}

Error pkcs11Error(CK_RV rv, const char* where, const std::string& detail) {
    const char* words = p11_kit_strerror(rv);
    const std::string said = words != nullptr ? words : "unknown PKCS#11 error";
    return Error{codeOf(rv), detail.empty() ? said : detail + ": " + said, static_cast<long>(rv), where};
}

Error libp11Error(const char* where, const std::string& detail) {
    std::string words = detail;
    while (const unsigned long entry = ERR_get_error()) {
        if (ERR_GET_LIB(entry) == ERR_get_CKR_code() && ERR_GET_REASON(entry) != 0) {
            ERR_clear_error();
            return pkcs11Error(static_cast<CK_RV>(ERR_GET_REASON(entry)), where, detail);
        }
        const char* reason = ERR_reason_error_string(entry);
        if (reason != nullptr) words += (words.empty() ? "" : ": ") + std::string{reason};
    }
    return Error{ErrorCode::HsmFault, words.empty() ? "it gave no reason" : words, 0, where};
}

}  // namespace keystamp::hsm
