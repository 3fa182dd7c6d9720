// SPDX-License-Identifier: Apache-2.0
// The agent's firmware on an emulated micro:bit: a QEMU of one's own, its serial port, and its monitor to cut the power with.
#pragma once

#include <sys/types.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "flashing/board.h"
#include "tests/support/temp_folder.h"

namespace keystamp::test {

class Microbit {
public:
    /// Aborts the test program where it does not start.
    explicit Microbit(bool makesKeys = true, std::string firmware = KEYSTAMP_MICROBIT_FIRMWARE);
    ~Microbit();
    Microbit(const Microbit&) = delete;
    Microbit& operator=(const Microbit&) = delete;

    const Bytes& uid() const { return m_uid; }
    std::string address(const std::string& port) const { return "unix:" + (m_folder / port); }  ///< serial, gdb
    std::unique_ptr<flashing::Link> open(const std::string& port) const;
    /// A new connection to the board.
    std::unique_ptr<flashing::Board> connect() const;

    /// Power off and on; running or stopped, it runs afterwards from its start.
    void powerCycle();
    /// QEMU is killed, and another one gets the flash as it was at that moment; then as powerCycle.
    void killAndReplace();
    /// Of the chip's address space.
    Bytes memory(std::uint32_t address, std::uint32_t size);
    Bytes flashPages() { return memory(0x3C000, 0x4000); }
    Bytes ram() { return memory(0x20000000, 0x4000); }
    /// Bytes of stack that were ever used since the last power cycle.
    std::size_t stackUsed();
    /// Where a function or a variable of the usual firmware is.
    static std::uint32_t symbol(const std::string& name);

private:
    void start(const std::vector<std::string>& more);
    void kill();
    void turnOff();
    nlohmann::json monitor(const std::string& command, const nlohmann::json& arguments = nlohmann::json::object());
    nlohmann::json heard();

    TempFolder m_folder;
    Bytes m_uid;
    bool m_makesKeys;
    std::string m_firmware;
    pid_t m_pid = -1;
    std::unique_ptr<flashing::Link> m_monitor;
    std::string m_unread;
    bool m_reset = false;  ///< the monitor said so
};

}  // namespace keystamp::test
