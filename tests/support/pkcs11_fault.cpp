// SPDX-License-Identifier: Apache-2.0
// A PKCS#11 module that passes every call to the one named by KEYSTAMP_PKCS11_FAULT_MODULE, except those that the file named by
// KEYSTAMP_PKCS11_FAULT speaks of. The file may come and go while a program runs; where there is none, nothing goes wrong. Its lines:
//
//   <function> <fault> [after] [#<n>]
//
//   fault   a CKR in hex; hang; crash (SIGABRT); reboot: from then on every session of this process is invalid, old or new, until
//           C_Finalize and C_Initialize; slow: it takes 20 ms, and goes well
//   after   the call is made all the same, and its answer lost
//   #<n>    only the nth call that this process makes from now on, and then the file goes: once, whatever process gets there first
//
// KEYSTAMP_PKCS11_FAULT_LOG: a file that gets a line `seen <function> pid=<pid>` for each function's first call in a process, and
// `struck <function> <fault> pid=<pid>` before each fault. A line is one write with O_APPEND.
#include <dlfcn.h>
#include <fcntl.h>
#include <p11-kit/pkcs11.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace {

CK_FUNCTION_LIST* g_real = nullptr;
CK_FUNCTION_LIST g_faulty;
std::atomic<bool> g_rebooted{false};

void note(const char* what, const char* function, const char* fault) {
    const char* path = std::getenv("KEYSTAMP_PKCS11_FAULT_LOG");
    const int file = path != nullptr ? ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (file < 0) return;
    char line[200];
    const int size = std::snprintf(line, sizeof line, "%s %s%s%s pid=%ld\n", what, function, *fault != '\0' ? " " : "", fault,
                                   static_cast<long>(::getpid()));
    if (::write(file, line, static_cast<std::size_t>(size)) != size) std::abort();  // a log with holes proves nothing
    ::close(file);
}

struct Fault {
    char what[32] = "";
    bool after = false;
    unsigned long only = 0;  // 0: every call
};

// Counts a function's calls for as long as the file stays the same one.
class Calls {
public:
    unsigned long next(const struct stat& file) {
        const std::lock_guard lock{m_mutex};
        if (file.st_ino != m_file.st_ino || file.st_mtim.tv_nsec != m_file.st_mtim.tv_nsec || file.st_mtim.tv_sec != m_file.st_mtim.tv_sec) {
            m_file = file;
            m_count = 0;
        }
        return ++m_count;
    }

private:
    std::mutex m_mutex;
    struct stat m_file {};
    unsigned long m_count = 0;
};

bool readFault(const char* function, Calls& calls, Fault& fault) {
    const char* path = std::getenv("KEYSTAMP_PKCS11_FAULT");
    std::FILE* file = path != nullptr ? std::fopen(path, "re") : nullptr;
    if (file == nullptr) return false;
    struct stat identity {};
    ::fstat(::fileno(file), &identity);
    bool found = false;
    char line[200];
    while (!found && std::fgets(line, sizeof line, file) != nullptr) {
        char name[64];
        char words[2][32] = {"", ""};
        if (std::sscanf(line, "%63s %31s %31s %31s", name, fault.what, words[0], words[1]) < 2) continue;
        if (std::strcmp(name, function) != 0) continue;
        found = true;
        for (const auto& word : words) {
            if (std::strcmp(word, "after") == 0) fault.after = true;
            if (word[0] == '#') fault.only = std::strtoul(word + 1, nullptr, 10);
        }
    }
    std::fclose(file);
    if (!found) return false;
    // whoever removes the file is the one whose call fails
    return fault.only == 0 || (calls.next(identity) == fault.only && ::unlink(path) == 0);
}

CK_RV strike(const char* function, const Fault& fault, bool ofSession) {
    note("struck", function, fault.what);
    if (std::strcmp(fault.what, "hang") == 0) {
        for (;;) ::sleep(3600);
    }
    if (std::strcmp(fault.what, "crash") == 0) std::abort();
    if (std::strcmp(fault.what, "reboot") != 0) return std::strtoul(fault.what, nullptr, 16);
    g_rebooted = true;
    return ofSession ? CKR_SESSION_HANDLE_INVALID : CKR_DEVICE_REMOVED;
}

template <auto Member, bool OfSession, typename Function>
struct Wrapped;

template <auto Member, bool OfSession, typename... Arguments>
struct Wrapped<Member, OfSession, CK_RV (*)(Arguments...)> {
    static inline const char* name = "";
    static inline Calls calls;
    static inline std::atomic<bool> seen{false};

    static CK_RV call(Arguments... arguments) {
        if (!seen.exchange(true)) note("seen", name, "");
        Fault fault;
        bool struck = readFault(name, calls, fault);
        if (struck && std::strcmp(fault.what, "slow") == 0) {
            ::usleep(20'000);
            struck = false;
        }
        if (struck && !fault.after) return strike(name, fault, OfSession);
        if (OfSession && g_rebooted) return CKR_SESSION_HANDLE_INVALID;
        const CK_RV rv = (g_real->*Member)(arguments...);
        if (std::strcmp(name, "C_Finalize") == 0) g_rebooted = false;
        return struck ? strike(name, fault, OfSession) : rv;
    }
};

template <auto Member, bool OfSession, typename Function>
void wrap(Function& place, const char* name) {
    using Wrapper = Wrapped<Member, OfSession, Function>;
    Wrapper::name = name;
    if (place != nullptr) place = Wrapper::call;
}

void wrapAll() {
#define SESSION(name) wrap<&CK_FUNCTION_LIST::name, true>(g_faulty.name, #name)
#define OTHER(name) wrap<&CK_FUNCTION_LIST::name, false>(g_faulty.name, #name)
    OTHER(C_Initialize), OTHER(C_Finalize), OTHER(C_GetInfo), OTHER(C_GetSlotList), OTHER(C_GetSlotInfo), OTHER(C_GetTokenInfo);
    OTHER(C_GetMechanismList), OTHER(C_GetMechanismInfo), OTHER(C_OpenSession), OTHER(C_CloseAllSessions);
    SESSION(C_CloseSession), SESSION(C_GetSessionInfo), SESSION(C_Login), SESSION(C_Logout);
    SESSION(C_CreateObject), SESSION(C_CopyObject), SESSION(C_DestroyObject), SESSION(C_GetAttributeValue), SESSION(C_SetAttributeValue);
    SESSION(C_FindObjectsInit), SESSION(C_FindObjects), SESSION(C_FindObjectsFinal);
    SESSION(C_SignInit), SESSION(C_Sign), SESSION(C_SignUpdate), SESSION(C_SignFinal), SESSION(C_VerifyInit), SESSION(C_Verify);
    SESSION(C_EncryptInit), SESSION(C_Encrypt), SESSION(C_DecryptInit), SESSION(C_Decrypt), SESSION(C_DigestInit), SESSION(C_Digest);
    SESSION(C_GenerateKey), SESSION(C_GenerateKeyPair), SESSION(C_WrapKey), SESSION(C_UnwrapKey), SESSION(C_DeriveKey);
    SESSION(C_GenerateRandom), SESSION(C_SeedRandom);
#undef SESSION
#undef OTHER
}

CK_RV load() {
    // kept for good: the caller may unload and load this module again
    void* library = ::dlopen(std::getenv("KEYSTAMP_PKCS11_FAULT_MODULE"), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return CKR_GENERAL_ERROR;
    const auto get = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
    if (get == nullptr || get(&g_real) != CKR_OK) return CKR_GENERAL_ERROR;
    g_faulty = *g_real;
    wrapAll();
    return CKR_OK;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
    static const CK_RV loaded = load();
    if (loaded == CKR_OK) *list = &g_faulty;
    return loaded;
}
