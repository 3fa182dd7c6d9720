// SPDX-License-Identifier: Apache-2.0
// Scanners as the station reads them: a serial one on a pseudo-terminal, a keyboard one through libevdev on a FIFO that says it is a
// keyboard (tests/support/fifo_as_keyboard.c), played from event streams.
#include "station/workflow/scanners.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <pty.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "core/file.h"
#include "station/workflow/preflight_scanners.h"
#include "tests/support/event_stream.h"
#include "tests/support/temp_folder.h"

namespace keystamp::workflow {
namespace {

constexpr auto kPatience = std::chrono::seconds(30);
using Texts = std::vector<std::string>;

/// What the scanners told, in its order: `S1: text`, `S1: why`, `S1 is there`, `S1 is gone`.
class Heard {
public:
    Scanners::Listener listener() {
        return {[this](const ScannerConfig& from, const Scanned& scan) {
                    add(from.name + ": " + (scan ? *scan : std::string{name(scan.error().code)}));
                },
                [this](const ScannerConfig& from, const Result<void>& state) { add(from.name + (state ? " is there" : " is gone")); }};
    }
    /// Waits for that many.
    Texts all(std::size_t count) {
        std::unique_lock lock(m_mutex);
        m_come.wait_for(lock, kPatience, [&] { return m_told.size() >= count; });
        return m_told;
    }

private:
    void add(std::string text) {
        const std::lock_guard lock(m_mutex);
        m_told.push_back(std::move(text));
        m_come.notify_all();
    }
    std::mutex m_mutex;
    std::condition_variable m_come;
    Texts m_told;
};

/// A serial scanner that a test holds the other end of, under a name that stays the same when it is plugged in again.
class SerialPort {
public:
    explicit SerialPort(std::string name) : m_name(std::move(name)) { plug(); }
    void plug() {
        int master = -1, slave = -1;
        char path[64];
        ASSERT_EQ(::openpty(&master, &slave, path, nullptr, nullptr), 0);
        m_master = UniqueFd{master};
        m_slave = UniqueFd{slave};  // held, so that the master is not hung up before the station has opened it
        std::filesystem::create_symlink(path, m_name);
    }
    void pull() {
        std::filesystem::remove(m_name);
        m_slave = {};
        m_master = {};
    }
    void send(const std::string& bytes) { ASSERT_EQ(::write(m_master.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size())); }

private:
    std::string m_name;
    UniqueFd m_master, m_slave;
};

TEST(SerialScanner, ItsScansComeAndABadOneCostsItselfAlone) {
    const test::TempFolder folder;
    SerialPort port{folder / "scanner"};
    Heard heard;
    const Scanners scanners{{{"S1", "serial:" + (folder / "scanner"), "", ""}}, heard.listener()};
    ASSERT_EQ(heard.all(1), Texts{"S1 is there"});
    port.send("SN-1\r\n");
    port.send("SN-");
    port.send("2\r");
    port.send(std::string(3'000, 'x') + "\rSN-3\r");
    port.send("SN-00");
    EXPECT_EQ(heard.all(6), (Texts{"S1 is there", "S1: SN-1", "S1: SN-2", "S1: bad-scan", "S1: SN-3", "S1: scan-cut"}));
    port.send("SN-4\r");
    EXPECT_EQ(heard.all(7).back(), "S1: SN-4");
}

TEST(SerialScanner, PulledAndPluggedInAgainItIsHeardAgainWithoutARestart) {
    const test::TempFolder folder;
    SerialPort port{folder / "scanner"};
    Heard heard;
    const Scanners scanners{{{"S1", "serial:" + (folder / "scanner"), "", ""}}, heard.listener()};
    ASSERT_EQ(heard.all(1), Texts{"S1 is there"});
    port.send("SN-0");  // and never the rest
    port.pull();
    ASSERT_EQ(heard.all(2).at(1), "S1 is gone");
    EXPECT_FALSE(scanners.states().at(0).ok());
    port.plug();
    ASSERT_EQ(heard.all(3).at(2), "S1 is there");
    port.send("SN-7\r");
    EXPECT_EQ(heard.all(4).at(3), "S1: SN-7");
    EXPECT_TRUE(scanners.states().at(0).ok());
}

TEST(SerialScanner, OneThatIsMissingKeepsNoOtherFromBeingHeard) {
    const test::TempFolder folder;
    SerialPort port{folder / "there"};
    Heard heard;
    const Scanners scanners{{{"S1", "serial:" + (folder / "missing"), "", ""}, {"S2", "serial:" + (folder / "there"), "F2", ""}}, heard.listener()};
    static_cast<void>(heard.all(2));
    port.send("SN-1\r");
    EXPECT_EQ(heard.all(3).at(2), "S2: SN-1");
}

/// As a serial server does whose port another one has.
TEST(SerialScanner, OneThatIsLostAsSoonAsItIsOpenedIsNotOpenedWithoutRest) {
    const UniqueFd server{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(::bind(server.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(::listen(server.get(), 8), 0);
    ASSERT_EQ(::getsockname(server.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    Heard heard;
    const Scanners scanners{{{"S1", "tcp:127.0.0.1:" + std::to_string(ntohs(address.sin_port)), "", ""}}, heard.listener()};
    std::chrono::steady_clock::time_point first;
    for (int opened = 0; opened < 4; ++opened) {
        const UniqueFd taken{::accept(server.get(), nullptr, nullptr)};
        ASSERT_TRUE(taken);
        if (opened == 0) first = std::chrono::steady_clock::now();
    }
    EXPECT_GE(std::chrono::steady_clock::now() - first, 3 * std::chrono::milliseconds{250});
}

/// A keyboard that a test plays.
class Keyboard {
public:
    explicit Keyboard(const std::string& path) : m_path(path) {
        EXPECT_EQ(::mkfifo(path.c_str(), 0600), 0);
        m_fd = UniqueFd{::open(path.c_str(), O_RDWR | O_CLOEXEC)};
    }
    void play(const std::string& recording) {
        for (const input_event& event : test::eventsOf(recording)) ASSERT_EQ(::write(m_fd.get(), &event, sizeof event), static_cast<ssize_t>(sizeof event));
    }
    void pull() {
        std::filesystem::remove(m_path);
        m_fd = {};
    }

private:
    std::string m_path;
    UniqueFd m_fd;
};

TEST(KeyboardScanner, ItIsGrabbedAndItsKeysAreScans) {
    auto* grabs = static_cast<int*>(::dlsym(RTLD_DEFAULT, "fifo_as_keyboard_grabs"));
    ASSERT_NE(grabs, nullptr) << "fifo_as_keyboard is not preloaded";
    *grabs = 0;
    const test::TempFolder folder;
    Keyboard keyboard{folder / "event0"};
    Heard heard;
    const Scanners scanners{{{"S1", "evdev:" + (folder / "event0"), "", ""}}, heard.listener()};
    ASSERT_EQ(heard.all(1), Texts{"S1 is there"});
    EXPECT_EQ(*grabs, 1);
    keyboard.play("us-data-matrix");
    keyboard.play("alt-codes");
    EXPECT_EQ(heard.all(5), (Texts{"S1 is there", "S1: ]d2010950110153000321aC-17\x1d" "10LOT/4", "S1: ]C0SN_\"4711\"~{x}|\\'`^", "S1: bad-scan",
                                   "S1: SN-2"}));
}

std::vector<Check> preflightOf(const ScannerConfig& scanner, const std::string& folder) {
    Station station;
    station.config.data = folder;
    station.config.scanners = {scanner};
    std::vector<Check> checks;
    checkScanners(station, [&](Check check) { checks.push_back(std::move(check)); });
    return checks;
}

TEST(KeyboardScanner, WhereItCannotBeTakenPreflightSaysSoAndItGoesOnTyping) {
    const test::TempFolder folder;
    const Keyboard keyboard{folder / "event0"};
    const ScannerConfig scanner{"S1", "evdev:" + (folder / "event0"), "", ""};
    ::setenv("FIFO_AS_KEYBOARD_GRABBED", "1", 1);
    const auto taken = preflightOf(scanner, folder.path());
    ::unsetenv("FIFO_AS_KEYBOARD_GRABBED");
    ASSERT_EQ(taken.size(), 1u);
    EXPECT_TRUE(taken[0].good);
    EXPECT_NE(taken[0].detail.find("another program has taken it; it types as a keyboard does"), std::string::npos) << taken[0].detail;
    EXPECT_FALSE(taken[0].nextStep.empty());

    const auto open = preflightOf(scanner, folder.path());
    EXPECT_TRUE(open.at(0).good);
    EXPECT_TRUE(open.at(0).nextStep.empty());

    const auto missing = preflightOf({"S1", "evdev:" + (folder / "event1"), "", ""}, folder.path());
    EXPECT_FALSE(missing.at(0).good);
    EXPECT_FALSE(missing.at(0).nextStep.empty());
}

}  // namespace
}  // namespace keystamp::workflow
