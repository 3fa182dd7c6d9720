// SPDX-License-Identifier: Apache-2.0
// What the machine and the module could do at most: C_Sign and HMAC alone, fsync alone. Prints `name per-second` lines.
//   ceiling MODULE TOKEN_LABEL PIN_FILE FOLDER
#include <dlfcn.h>
#include <fcntl.h>
#include <p11-kit/pkcs11.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace {

using Steady = std::chrono::steady_clock;

// calls for about a second; per second
double rate(const std::function<bool()>& call) {
    for (int i = 0; i < 20; ++i) {
        if (!call()) return 0;
    }
    const auto start = Steady::now();
    std::uint64_t calls = 0;
    double seconds = 0;
    do {
        for (int i = 0; i < 50; ++i) {
            if (!call()) return 0;
        }
        calls += 50;
        seconds = std::chrono::duration<double>(Steady::now() - start).count();
    } while (seconds < 1.0);
    return static_cast<double>(calls) / seconds;
}

struct Token {
    CK_FUNCTION_LIST* f = nullptr;
    CK_SESSION_HANDLE session = 0;

    bool open(const std::string& module, const std::string& label, std::string pin) {
        void* library = dlopen(module.c_str(), RTLD_NOW);
        if (library == nullptr) return false;
        CK_RV (*list)(CK_FUNCTION_LIST**) = nullptr;
        void* symbol = dlsym(library, "C_GetFunctionList");
        std::memcpy(&list, &symbol, sizeof list);
        if (list == nullptr || list(&f) != CKR_OK || f->C_Initialize(nullptr) != CKR_OK) return false;
        CK_ULONG count = 16;
        std::vector<CK_SLOT_ID> slots(count);
        if (f->C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK) return false;
        slots.resize(count);
        for (const CK_SLOT_ID slot : slots) {
            CK_TOKEN_INFO info{};
            if (f->C_GetTokenInfo(slot, &info) != CKR_OK) continue;
            std::string name(reinterpret_cast<const char*>(info.label), sizeof info.label);
            name.erase(name.find_last_not_of(' ') + 1);
            if (name != label) continue;
            return f->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session) == CKR_OK &&
                   f->C_Login(session, CKU_USER, reinterpret_cast<unsigned char*>(pin.data()), pin.size()) == CKR_OK;
        }
        return false;
    }

    CK_OBJECT_HANDLE key(CK_OBJECT_CLASS kind, unsigned char id) const {
        CK_ATTRIBUTE search[] = {{CKA_CLASS, &kind, sizeof kind}, {CKA_ID, &id, 1}};
        CK_OBJECT_HANDLE found = 0;
        CK_ULONG count = 0;
        f->C_FindObjectsInit(session, search, 2);
        f->C_FindObjects(session, &found, 1, &count);
        f->C_FindObjectsFinal(session);
        return count == 1 ? found : 0;
    }

    double signs(CK_MECHANISM_TYPE mechanism, CK_OBJECT_HANDLE handle) const {
        CK_MECHANISM how{mechanism, nullptr, 0};
        // of a SHA-256 digest, bare or (PKCS #1) inside its DigestInfo: it makes no difference to what a signature costs
        unsigned char input[32] = {1};
        return rate([&] {
            unsigned char out[512];
            CK_ULONG size = sizeof out;
            return f->C_SignInit(session, &how, handle) == CKR_OK &&
                   f->C_Sign(session, input, sizeof input, out, &size) == CKR_OK;
        });
    }
};

// what a WAL commit of a few pages costs at least: write over a file that has its size, fdatasync
double fsyncs(const std::string& folder) {
    const std::string path = folder + "/fsync.tmp";
    const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (fd < 0) return 0;
    std::vector<char> pages(4 * 4120, 'x');
    constexpr int kSlots = 250;
    for (int i = 0; i < kSlots; ++i) {
        if (write(fd, pages.data(), pages.size()) < 0) return 0;
    }
    fsync(fd);
    int slot = 0;
    const double perSecond = rate([&] {
        slot = (slot + 1) % kSlots;
        return pwrite(fd, pages.data(), pages.size(), static_cast<off_t>(slot) * static_cast<off_t>(pages.size())) > 0 &&
               fdatasync(fd) == 0;
    });
    close(fd);
    unlink(path.c_str());
    return perSecond;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    std::string pin;
    std::ifstream{argv[3]} >> pin;
    Token token;
    if (!token.open(argv[1], argv[2], pin)) {
        std::fputs("ceiling: the token cannot be opened\n", stderr);
        return 3;
    }
    std::printf("sign-p256 %.1f\n", token.signs(CKM_ECDSA, token.key(CKO_PRIVATE_KEY, 0x01)));
    // an RSA CA is there only where the run asks for one
    if (const CK_OBJECT_HANDLE rsa = token.key(CKO_PRIVATE_KEY, 0x31); rsa != 0)
        std::printf("sign-rsa3072 %.1f\n", token.signs(CKM_RSA_PKCS, rsa));
    std::printf("hmac %.1f\n", token.signs(CKM_SHA256_HMAC, token.key(CKO_SECRET_KEY, 0x11)));
    std::printf("fsync %.1f\n", fsyncs(argv[4]));
    return 0;
}
