// SPDX-License-Identifier: Apache-2.0
#include "tests/flashing/microbit.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "core/file.h"
#include "tests/flashing/board_process.h"

namespace keystamp::test {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::uint32_t kStackPaint = 0x5AC4A1E5;  // main.c of the port

[[noreturn]] void die(const std::string& why) {
    std::fprintf(stderr, "tests/flashing/microbit: %s\n", why.c_str());
    std::abort();
}

}  // namespace

Microbit::Microbit(bool makesKeys, std::string firmware)
    : m_uid(randomBytes(8)), m_makesKeys(makesKeys), m_firmware(std::move(firmware)) {
    start({});
}

Microbit::~Microbit() { kill(); }

void Microbit::start(const std::vector<std::string>& more) {
    std::vector<std::string> words{KEYSTAMP_MICROBIT_PROGRAM, m_firmware, m_folder.path(), toHex(m_uid)};
    if (!m_makesKeys) words.emplace_back("--no-keygen");
    words.insert(words.end(), more.begin(), more.end());
    for (const char* port : {"/serial", "/qmp", "/gdb"}) ::unlink((m_folder.path() + port).c_str());
    m_pid = fork();
    if (m_pid == 0) {
        std::vector<char*> arguments;
        for (std::string& each : words) arguments.push_back(each.data());
        arguments.push_back(nullptr);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    const Deadline limit = soon();
    while (m_monitor == nullptr) {
        auto link = flashing::openLink(address("qmp"), limit);
        if (link) {
            m_monitor = std::move(*link);
        } else if (limit.passed() || waitpid(m_pid, nullptr, WNOHANG) == m_pid) {
            die("QEMU did not start");
        } else {
            std::this_thread::sleep_for(milliseconds{5});
        }
    }
    m_unread.clear();
    if (!heard().contains("QMP")) die("this is not QEMU's monitor");
    monitor("qmp_capabilities");
}

void Microbit::kill() {
    m_monitor.reset();
    if (m_pid < 0) return;
    ::kill(m_pid, SIGKILL);
    waitpid(m_pid, nullptr, 0);
    m_pid = -1;
}

std::unique_ptr<flashing::Link> Microbit::open(const std::string& port) const {
    auto link = flashing::openLink(address(port), soon());
    if (!link) die(describe(link.error()));
    return std::move(*link);
}

std::unique_ptr<flashing::Board> Microbit::connect() const {
    auto board = flashing::openBoard("agent", open("serial"));
    if (!board) die(describe(board.error()));
    return std::move(*board);
}

json Microbit::heard() {
    for (;;) {
        if (const auto end = m_unread.find('\n'); end != std::string::npos) {
            const json line = json::parse(m_unread.substr(0, end));
            m_unread.erase(0, end + 1);
            return line;
        }
        std::array<std::uint8_t, 4096> block{};
        const auto got = m_monitor->read(block, soon());
        if (!got) die("the monitor: " + describe(got.error()));
        m_unread.append(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(*got));
    }
}

json Microbit::monitor(const std::string& command, const json& arguments) {
    const std::string line = json{{"execute", command}, {"arguments", arguments}}.dump() + "\n";
    if (!m_monitor->write(asBytes(line), soon())) die("the monitor is gone");
    for (;;) {
        const json reply = heard();
        if (reply.contains("error")) die(command + ": " + reply.dump());
        if (reply.contains("return")) return reply["return"];
        m_reset = m_reset || reply.value("event", "") == "RESET";
    }
}

void Microbit::turnOff() {
    monitor("stop");  // so that nothing runs before the reset, or after it
    m_reset = false;
    monitor("system_reset");
    while (!m_reset) m_reset = heard().value("event", "") == "RESET";
}

void Microbit::powerCycle() {
    turnOff();
    monitor("cont");
}

void Microbit::killAndReplace() {
    const std::string state = m_folder / "state";
    turnOff();  // the flash stays; a processor that a debugger had stopped could not be handed over
    monitor("migrate", {{"uri", "exec:cat >" + state}});
    for (std::string at; at != "completed"; at = monitor("query-migrate").value("status", "")) {
        if (at == "failed") die("QEMU does not give its state away");
        std::this_thread::sleep_for(milliseconds{2});
    }
    kill();
    start({"-incoming", "exec:cat " + state});
    while (monitor("query-status").value("status", "") == "inmigrate") std::this_thread::sleep_for(milliseconds{2});
    powerCycle();
}

Bytes Microbit::memory(std::uint32_t address, std::uint32_t size) {
    const std::string file = m_folder / "memory";
    monitor("memsave", {{"val", address}, {"size", size}, {"filename", file}});
    const auto text = readFile(file);
    if (!text || text->size() != size) die("no memory was saved");
    return toBytes(asBytes(*text));
}

std::size_t Microbit::stackUsed() {
    const std::uint32_t bottom = symbol("bss_end");
    const Bytes stack = memory(bottom, symbol("stack_top") - bottom);
    std::size_t unused = 0;
    while (unused + 4 <= stack.size()) {
        std::uint32_t word = 0;
        for (int i = 3; i >= 0; --i) word = (word << 8) | stack[unused + static_cast<std::size_t>(i)];
        if (word != kStackPaint) break;
        unused += 4;
    }
    return stack.size() - unused;
}

std::uint32_t Microbit::symbol(const std::string& name) {
    std::ifstream symbols{KEYSTAMP_MICROBIT_SYMBOLS};
    std::string word, kind, value, rest;
    while (symbols >> word >> kind >> value && std::getline(symbols, rest)) {
        if (word == name) return static_cast<std::uint32_t>(std::stoul(value, nullptr, 16));
    }
    die("the firmware has no " + name + " (" KEYSTAMP_MICROBIT_SYMBOLS ")");
}

}  // namespace keystamp::test
