// SPDX-License-Identifier: Apache-2.0
// What comes over the signer's socket: the frames of one connection, read by wire::receive and answered by the real service over a
// real ledger and a real SoftHSM token, both in memory. After each connection the ledger must still keep to its grants.
//
// An input is a list of frames: F as it stands, M in a sealed memfd.
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sanitizer/lsan_interface.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/file.h"
#include "hsm/signer/dispatch.h"
#include "hsm/signer/service.h"
#include "tests/fuzz/chunks.h"
#include "tests/support/token_folder.h"

namespace {

using namespace keystamp;

constexpr std::string_view kPassphrase = "correct horse battery";
constexpr std::uint64_t kQuickCost = 2;  // of scrypt: what is looked for is not in there

void must(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "requests: %s\n", what);
    std::abort();
}
template <typename T>
T must(Result<T> result) {
    must(result.ok(), result ? "" : describe(result.error()).c_str());
    return std::move(result).value();
}
void must(const Result<void>& result) { must(result.ok(), result ? "" : describe(result.error()).c_str()); }

Bytes serialOf(std::uint8_t digit) {
    Bytes serial(16, digit);
    serial.front() = 0x40;
    return serial;
}

hsm::SupervisorRow quickRow(const Bytes& hash) { return {Bytes(16, 1), hash, kQuickCost, {}}; }

// Grants b1 (x509) and s1 (sas) of five each; serials 40 11.. reserved, 40 22.. issued, 40 33.. interrupted.
void fill(hsm::Ledger& ledger) {
    Bytes hash(32);
    must(EVP_PBE_scrypt(kPassphrase.data(), kPassphrase.size(), Bytes(16, 1).data(), 16, kQuickCost, 8, 1, 64u << 20, hash.data(),
                        hash.size()) == 1,
         "scrypt");
    must(ledger.enrol("demo", quickRow(hash)));
    hsm::Grant grant;
    grant.cap = 5;
    grant.first = 1;
    grant.last = 9;
    for (const auto mode : {Mode::X509, Mode::Sas}) {
        grant.mode = mode;
        grant.batch = mode == Mode::X509 ? "b1" : "s1";
        grant.pattern = grant.batch + "-{seq:04}";
        must(ledger.openGrant(grant, "demo"));
    }
    for (const auto digit : std::array<std::uint8_t, 3>{0x11, 0x22, 0x33}) {
        const auto id = must(DeviceId::parse("b1-000" + std::to_string(digit & 0x0f)));
        const hsm::Serial serial = serialOf(digit);
        must(ledger.reserve("b1", id, "job", serial));
        if (digit == 0x11) continue;
        must(ledger.intend({"b1", "job", id, serial, {}}, {serial, sha256(serial), Bytes{digit}}));
        must(digit == 0x22 ? ledger.issued(serial, Bytes{digit}) : ledger.interrupted(serial));
    }
}

class House {
public:
    House() : m_vault(m_token.config(), m_page, [](auto, const auto&) {}, [](const auto&) { return Result<void>{}; }) {
        must(makeFolder(m_token.path() + "/data"));
        {
            const auto ledger = must(hsm::Ledger::open(ledgerFile()));
            fill(*ledger);
        }
        for (const char* ending : {"", ".anchor"}) m_filled[ending] = must(readFile(ledgerFile() + ending));
        m_vault.start(m_token.pin());
        must(m_vault.keys().ok(), "no keys");
    }

    void connection(const std::vector<std::pair<bool, BytesView>>& frames) {
        takeLedger();
        hsm::Service service{m_token.config(), *m_ledger, m_vault, m_page};
        std::array<int, 2> ends{};
        must(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) == 0, "socketpair");
        const UniqueFd client{ends[0]};
        const UniqueFd server{ends[1]};
        for (const auto& [sealed, frame] : frames) sealed ? sendSealed(client.get(), frame) : sendPlain(client.get(), frame);
        ::shutdown(client.get(), SHUT_WR);
        for (;;) {
            auto request = hsm::wire::receive(server.get());
            if (!request) break;
            const hsm::Answer answer = hsm::dispatch(service, *request);
            must(answer.error.has_value() == answer.body.contains("error"), "an answer that is neither");
            static_cast<void>(hsm::wire::Body::to_cbor(answer.body));
        }
        checkLedger();
    }

private:
    std::string ledgerFile() const { return m_token.path() + "/data/ledger.db"; }

    // as it was filled, unless nothing has changed since
    void takeLedger() {
        struct stat log {};
        const bool clean = m_ledger && (::stat((ledgerFile() + "-wal").c_str(), &log) != 0 || log.st_size == 0);
        if (clean) return;
        m_ledger.reset();
        for (const char* ending : {"-wal", "-shm"}) ::unlink((ledgerFile() + ending).c_str());
        for (const auto& [ending, content] : m_filled) {
            const UniqueFd file{::open((ledgerFile() + ending).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
            must(::write(file.get(), content.data(), content.size()) == static_cast<ssize_t>(content.size()), "the ledger's files");
        }
        m_ledger = must(hsm::Ledger::open(ledgerFile()));
    }

    void checkLedger() {
        const auto leaves = must(m_ledger->counts("b1"));
        must(leaves.intents <= leaves.cap && leaves.issued <= leaves.intents, "more leaves than granted");
        const auto keys = must(m_ledger->counts("s1"));
        must(keys.derived <= keys.cap, "more keys than granted");
        const auto purposes = must(m_ledger->signaturesByPurpose());
        must(purposes.at("leaf") == leaves.intents, "a leaf's signature without its intent");
    }

    static void sendPlain(int socket, BytesView frame) { static_cast<void>(::send(socket, frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT)); }

    static void sendSealed(int socket, BytesView content) {
        const UniqueFd fd{::memfd_create("fuzz", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
        must(::write(fd.get(), content.data(), content.size()) == static_cast<ssize_t>(content.size()), "memfd");
        ::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW);
        Bytes frame = hsm::wire::Body::to_cbor({{"memfd", content.size()}});
        iovec part{frame.data(), frame.size()};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        const int number = fd.get();
        std::memcpy(CMSG_DATA(header), &number, sizeof number);
        static_cast<void>(::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT));
    }

    test::TokenFolder m_token;
    hsm::Page m_page{};
    hsm::Vault m_vault;
    std::map<std::string, std::string> m_filled;  ///< ledger and anchor, by the end of their names
    std::unique_ptr<hsm::Ledger> m_ledger;
};

House& house() {
    static House made;
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    // OpenSSL keeps its generators in the secure heap, where the leak check would not look for what points to them
    constexpr std::size_t kHeap = 1 << 20;
    must(openSecureHeap(kHeap));
    void* heap = OPENSSL_secure_malloc(kHeap);
    must(heap != nullptr, "the secure heap is used already");
    OPENSSL_secure_free(heap);
    __lsan_register_root_region(heap, kHeap);
    house();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::pair<bool, BytesView>> frames;
    for (const auto& [kind, frame] : fuzz::chunksOf({data, size})) {
        if (!frame.empty()) frames.emplace_back(kind == 'M', frame);
    }
    if (!frames.empty()) house().connection(frames);
    return 0;
}
