// SPDX-License-Identifier: Apache-2.0
#include "tests/flashing/board_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "tests/support/crypto.h"

namespace keystamp::test {
namespace {

[[noreturn]] void die(const std::string& why) {
    std::fprintf(stderr, "tests/flashing/board_process: %s\n", why.c_str());
    std::abort();
}

const Bytes& caKey() {
    static const Bytes kKey = newKey();
    return kKey;
}

}  // namespace

BoardProcess::BoardProcess(std::vector<std::string> options, std::string listen) {
    if (const auto at = listen.find("FOLDER"); at != std::string::npos) listen.replace(at, 6, m_folder.path());
    options.insert(options.begin(), {KEYSTAMP_BOARD_PROGRAM, "--listen", listen});
    int out[2];
    if (pipe2(out, O_CLOEXEC) != 0) die("pipe");
    const pid_t test = getpid();
    m_pid = fork();
    if (m_pid == 0) {
        // A test that aborts or is killed leaves no boards behind. (They also go with the thread that made them.)
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != test) _exit(127);
        unsetenv("LD_PRELOAD");
        dup2(out[1], STDOUT_FILENO);
        std::vector<char*> words;
        for (std::string& each : options) words.push_back(each.data());
        words.push_back(nullptr);
        execv(words[0], words.data());
        _exit(127);
    }
    close(out[1]);
    FILE* said = fdopen(out[0], "r");
    unsigned long fixtures = 1;
    for (std::size_t i = 0; i + 1 < options.size(); ++i) {
        if (options[i] == "--fixtures") fixtures = std::stoul(options[i + 1]);
    }
    char line[512];
    while (m_links.size() < fixtures && std::fgets(line, sizeof line, said) != nullptr) {
        const std::string text = line;
        if (!text.starts_with("listening ") || text.back() != '\n') die("it said " + text);
        m_links.push_back(text.substr(10, text.size() - 11));
    }
    std::fclose(said);
    if (m_links.size() != fixtures) die("it did not start");
}

void BoardProcess::kill() {
    if (m_pid < 0) return;
    ::kill(m_pid, SIGTERM);
    int status = 0;
    waitpid(m_pid, &status, 0);
    m_pid = -1;
}

BoardProcess::~BoardProcess() {
    kill();
}

std::unique_ptr<flashing::Board> BoardProcess::open(const std::string& driver, const flashing::DriverOptions& options, std::size_t fixture) const {
    auto opened = flashing::openLink(link(fixture), soon());
    if (!opened) die(describe(opened.error()));
    auto board = flashing::openBoard(driver, std::move(*opened), options);
    if (!board) die(describe(board.error()));
    return std::move(*board);
}

std::unique_ptr<flashing::Board> BoardProcess::connect(std::size_t fixture) const { return open("agent", {}, fixture); }

flashing::Credential sasCredential(const DeviceId& id) {
    return {Mode::Sas, id, "0ne00TEST01", {}, {}, Secret::copyOf(BytesView{randomBytes(32)})};
}

flashing::Credential x509Credential(const DeviceId& id, BytesView publicKey) {
    static const Bytes kIntermediate = newCertificate(publicKeyOf(caKey()), "an intermediate", caKey());
    return {Mode::X509, id, "0ne00TEST01", {newCertificate(publicKey, id.text(), caKey()), kIntermediate}, {}, {}};
}

flashing::Credential x509CredentialWithKey(const DeviceId& id) {
    const Bytes key = newKey();
    flashing::Credential credential = x509Credential(id, publicKeyOf(key));
    credential.privateKey = Secret::copyOf(BytesView{key});
    return credential;
}

flashing::Prover proverOf(const flashing::Credential& credential) {
    return {credential.kind, credential.chain.empty() ? Bytes{} : credential.chain.front(), credential.sasKey.clone()};
}

Result<void> provision(flashing::Board& board, Mode mode, const DeviceId& id, bool keyOnBoard) {
    const auto info = board.info(soon());
    if (!info) return info.error();
    if (auto begun = board.begin(mode, id, "0ne00TEST01", soon()); !begun) return begun;
    flashing::Credential credential = mode == Mode::Sas ? sasCredential(id) : x509CredentialWithKey(id);
    if (mode == Mode::X509 && keyOnBoard) {
        const auto csr = board.makeKey(soon());
        if (!csr) return csr.error();
        credential = x509Credential(id, publicKeyOfCsr(*csr));
    }
    if (auto written = board.write(credential, soon()); !written) return written;
    const Bytes nonce = randomBytes(32);
    const auto proof = board.prove(nonce, soon());
    if (!proof) return proof.error();
    const Bytes message = flashing::proofMessage(nonce, info->uid, id, "0ne00TEST01", flashing::credentialDigest(credential));
    return flashing::checkProof(proverOf(credential), message, *proof);
}

}  // namespace keystamp::test
