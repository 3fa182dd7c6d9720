// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a PKCS#11 module's own function list, and its errors in our words (PKCS#11 v2.40, section 11).
// Loading does not initialise: libp11 or whoever owns the module's life does that.
#pragma once

#include <p11-kit/pkcs11.h>

#include <string>

#include "core/result.h"
#include "hsm/signer/config.h"

namespace keystamp::hsm {

class Module {
public:
    /// Sets the configured environment, then loads: before other threads read the environment. HsmFault where the file
    /// does not load or is no PKCS#11 module.
    static Result<Module> load(const SignerConfig& config);
    Module(Module&& other) noexcept;
    Module& operator=(Module&&) = delete;
    ~Module();

    const CK_FUNCTION_LIST& call() const { return *m_functions; }
    const std::string& path() const { return m_path; }

private:
    Module(std::string path, void* library, CK_FUNCTION_LIST* functions)
        : m_path(std::move(path)), m_library(library), m_functions(functions) {}
    std::string m_path;
    void* m_library;
    CK_FUNCTION_LIST* m_functions;
};

/// PinWrong, PinLocked, TokenMissing, PinNeeded or HsmFault, with `rv` as native and the PKCS#11 function as where.
Error pkcs11Error(CK_RV rv, const char* where, const std::string& detail = {});

/// The PKCS#11 error that a call of libp11, or of OpenSSL with one of its keys, has left in OpenSSL's error queue,
/// which it empties. HsmFault with OpenSSL's own words where there is none.
Error libp11Error(const char* where, const std::string& detail = {});

}  // namespace keystamp::hsm
