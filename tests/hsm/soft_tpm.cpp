// SPDX-License-Identifier: Apache-2.0
#include "tests/hsm/soft_tpm.h"

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "core/file.h"
#include "tests/hsm/station_folder.h"

namespace keystamp::test {
namespace {

bool listens(int port) {
    const UniqueFd socket{::socket(AF_INET, SOCK_STREAM, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool lives(pid_t child) { return ::waitpid(child, nullptr, WNOHANG) == 0; }

}  // namespace

SoftTpm::SoftTpm() : m_folder(newFolder()), m_bus("unix:path=" + m_folder + "/bus") {
    for (const char* name : {"/tpm", "/store"}) std::filesystem::create_directories(m_folder + name);
    // it wants two ports next to each other, which others may have
    std::mt19937 random{std::random_device{}()};
    for (int tries = 0; tries < 10 && !m_running; ++tries) {
        m_running = startTpm(20000 + 2 * static_cast<int>(random() % 6000)) && startManager();
        if (!m_running) stopAll();
    }
}

SoftTpm::~SoftTpm() {
    stopAll();
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
}

std::string SoftTpm::environment() const {
    return "TPM2_PKCS11_TCTI = \"tabrmd:bus_type=session\", DBUS_SESSION_BUS_ADDRESS = \"" + m_bus + "\", TPM2_PKCS11_STORE = \"" + m_folder +
           "/store\", TPM2_PKCS11_LOG_LEVEL = \"0\", ";
}

bool SoftTpm::startTpm(int port) {
    m_port = port;
    const std::string place = "type=tcp,bindaddr=127.0.0.1,port=";
    start({"swtpm", "socket", "--tpm2", "--tpmstate", "dir=" + m_folder + "/tpm", "--server", place + std::to_string(port), "--ctrl",
           place + std::to_string(port + 1), "--flags", "not-need-init,startup-clear"});
    // another's port may answer too: then ours has ended
    return eventually([&] { return !lives(m_children.back()) || listens(port + 1); }, 10) && lives(m_children.back());
}

bool SoftTpm::startManager() {
    start({"dbus-daemon", "--session", "--nofork", "--address=" + m_bus});
    if (!eventually([&] { return std::filesystem::exists(m_folder + "/bus"); }, 10)) return false;
    start({"env", "DBUS_SESSION_BUS_ADDRESS=" + m_bus, "tpm2-abrmd", "--session", "--allow-root",
           "--tcti=swtpm:host=127.0.0.1,port=" + std::to_string(m_port)});
    const std::string there = "DBUS_SESSION_BUS_ADDRESS=" + m_bus +
                              " dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner"
                              " string:com.intel.tss2.Tabrmd >/dev/null 2>&1";
    return eventually([&] { return !lives(m_children.back()) || std::system(there.c_str()) == 0; }, 20) && lives(m_children.back());
}

void SoftTpm::start(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        ::execvp(arguments.front(), arguments.data());
        ::_exit(127);
    }
    m_children.push_back(child);
}

void SoftTpm::stopAll() {
    // the manager before its bus before the TPM
    std::reverse(m_children.begin(), m_children.end());
    for (const pid_t child : m_children) {
        if (!lives(child)) continue;
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
    }
    m_children.clear();
}

}  // namespace keystamp::test
