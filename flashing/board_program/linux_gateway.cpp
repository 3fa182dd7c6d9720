// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/linux_gateway.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>

namespace keystamp::flashing::board_program {
namespace {

constexpr std::string_view kUser = "gateway";
constexpr std::string_view kPassword = "virtual-board";
constexpr std::string_view kPrompt = "virtual-gateway login: ";
/// What the driver needs of a board, beside openssl.
constexpr std::array kTools{"sh", "bash", "dash", "base64", "sha256sum", "od", "tr", "sed", "cut", "cat", "mv", "rm", "mkdir", "chmod", "chown", "sync", "stty", "uname"};

void put(Bytes& out, std::string_view text) { out.insert(out.end(), text.begin(), text.end()); }

Error failed(const std::string& what, const char* where) { return Error{ErrorCode::IoFault, what, errno, where}; }

}  // namespace

Result<std::unique_ptr<EmulatedBoard>> LinuxGateway::make(const BoardMake& make) {
    std::unique_ptr<LinuxGateway> board{new LinuxGateway};
    if (make.driver != "linux" && make.driver != "linux-dash" && make.driver != "linux-bash") return Error{ErrorCode::BadUsage, "--driver " + make.driver};
    if (!make.faults.empty()) return Error{ErrorCode::BadUsage, "--fault is for --driver agent"};
    board->m_shell = make.driver == "linux-dash" ? "dash" : "bash";
    if (auto furnished = board->furnish(make); !furnished) return furnished.error();
    return std::unique_ptr<EmulatedBoard>{std::move(board)};
}

Result<void> LinuxGateway::furnish(const BoardMake& make) {
    m_folder = make.flashFile;
    if (m_folder.empty()) {
        std::string name = std::filesystem::temp_directory_path() / "keystamp-gateway-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) return failed(name, "mkdtemp");
        m_folder = name;
        m_ownFolder = true;
    }
    if (auto home = makeFolder(m_folder + "/home", 0700); !home) return home;
    if (auto serial = writeFile(m_folder + "/serial", toHex(make.uid) + "\n"); !serial) return serial;
    m_finished = holdsIdentity();
    return furnishTools(make.makesKeys, make.driver == "linux-bash");
}

/// Its PATH is a folder of these and no others: what a driver uses beyond them is missing here as on a small board.
Result<void> LinuxGateway::furnishTools(bool openssl, bool bash) {
    m_path = m_folder + "/bin";
    if (auto made = makeFolder(m_path, 0755); !made) return made;
    for (const std::string tool : kTools) {
        std::error_code problem;
        const std::string is = tool == "sh" && bash ? "bash" : tool;
        for (const char* folder : {"/bin/", "/usr/bin/"}) {
            if (std::filesystem::exists(folder + is, problem)) std::filesystem::create_symlink(folder + is, m_path + "/" + tool, problem);
        }
    }
    // /etc/profile sets another
    if (auto profile = writeFile(m_folder + "/home/.profile", "PATH=" + m_path + "\n"); !profile) return profile;
    std::error_code problem;
    if (openssl) std::filesystem::create_symlink("/usr/bin/openssl", m_path + "/openssl", problem);
    return {};
}

LinuxGateway::~LinuxGateway() {
    m_master = UniqueFd{};  // a hang-up
    if (m_pid > 0) {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
    std::error_code problem;
    if (m_ownFolder) std::filesystem::remove_all(m_folder, problem);
}

Effect LinuxGateway::input(BytesView bytes, Bytes& out) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (m_master) {
            m_toShell.insert(m_toShell.end(), bytes.begin() + static_cast<std::ptrdiff_t>(i), bytes.end());
            feedShell();
            return {};
        }
        typed(static_cast<char>(bytes[i]), out);
    }
    return {};
}

/// As getty and login have it.
void LinuxGateway::typed(char byte, Bytes& out) {
    if (byte == '\x03') {
        m_line.clear();
        m_asksPassword = false;
        put(out, "\r\n");
        return put(out, kPrompt);
    }
    if (byte != '\r' && byte != '\n') {
        if (m_line.size() < 256) m_line += byte;
        if (!m_asksPassword) out.push_back(static_cast<std::uint8_t>(byte));
        return;
    }
    put(out, "\r\n");
    lineEnded(out);
    m_line.clear();
}

void LinuxGateway::lineEnded(Bytes& out) {
    if (!m_asksPassword) {
        m_asksPassword = !m_line.empty();
        m_rightUser = m_line == kUser;
        return put(out, m_asksPassword ? "Password: " : kPrompt);
    }
    m_asksPassword = false;
    if (m_rightUser && m_line == kPassword) return logIn(out);
    put(out, "\r\nLogin incorrect\r\n");
    put(out, kPrompt);
}

void LinuxGateway::logIn(Bytes& out) {
    put(out, "Last login: on this console\r\n");
    int master = -1;
    m_pid = ::forkpty(&master, nullptr, nullptr, nullptr);
    if (m_pid == 0) {
        sigset_t none;
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        std::signal(SIGPIPE, SIG_DFL);
        const std::string home = "HOME=" + m_folder + "/home", path = "PATH=" + m_path, program = "/bin/" + m_shell, name = "-" + m_shell;
        std::array<char*, 2> words{const_cast<char*>(name.c_str()), nullptr};
        std::array<char*, 5> environment{const_cast<char*>(home.c_str()), const_cast<char*>(path.c_str()), const_cast<char*>("TERM=vt100"), const_cast<char*>("USER=gateway"), nullptr};
        if (::chdir(home.c_str() + 5) == 0) ::execve(program.c_str(), words.data(), environment.data());
        ::_exit(127);
    }
    if (m_pid < 0) return put(out, kPrompt);
    ::fcntl(master, F_SETFL, O_NONBLOCK);
    ::fcntl(master, F_SETFD, FD_CLOEXEC);
    m_master = UniqueFd{master};
}

void LinuxGateway::feedShell() {
    while (m_master && !m_toShell.empty()) {
        const ssize_t sent = ::write(m_master.get(), m_toShell.data(), m_toShell.size());
        if (sent <= 0) return;
        m_toShell.erase(m_toShell.begin(), m_toShell.begin() + sent);
    }
}

void LinuxGateway::ready(Bytes& out) {
    feedShell();
    std::array<std::uint8_t, 4096> said;
    for (;;) {
        const ssize_t got = ::read(m_master.get(), said.data(), said.size());
        if (got < 0 && errno == EAGAIN) return;
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return loggedOut(out);
        out.insert(out.end(), said.begin(), said.begin() + got);
    }
}

void LinuxGateway::loggedOut(Bytes& out) {
    m_master = UniqueFd{};
    ::kill(m_pid, SIGKILL);
    ::waitpid(m_pid, nullptr, 0);
    m_pid = -1;
    m_toShell.clear();
    m_finished = m_finished || holdsIdentity();
    put(out, "\r\n");
    put(out, kPrompt);
}

bool LinuxGateway::holdsIdentity() const {
    std::error_code problem;
    for (const auto& each : std::filesystem::directory_iterator{m_folder + "/home", problem}) {
        if (std::filesystem::exists(each.path() / "identity/sums", problem)) return true;
    }
    return false;
}

}  // namespace keystamp::flashing::board_program
