// SPDX-License-Identifier: Apache-2.0
// The configuration console of MXChip's AZ3166, with its quirks. Source: microsoft/devkit-sdk, console_cli.cpp. Unless --stock, `version` has one
// line more, its MAC address, as flashing/boards/az3166.md has it.
#include <fmt/format.h>

#include "flashing/board_program/emulated_console.h"

namespace keystamp::flashing::board_program {
namespace {

constexpr std::size_t kZone = 512;  ///< of a connection string, its end included
constexpr std::size_t kUds = 64;    ///< the same, though a UDS has 64 characters without

class Az3166 : public EmulatedConsole {
public:
    explicit Az3166(const BoardMake& make) : EmulatedConsole({"\r\n# ", 128, false, false}), m_stock(make.stock) {
        const std::string hex = toHex(BytesView{sha256(make.uid)}.first(6));
        for (std::size_t at = 0; at < hex.size(); at += 2) m_mac += (at == 0 ? "" : ":") + hex.substr(at, 2);
    }

private:
    std::string answer(const std::string& line) override {
        const auto words = wordsOf(line);
        if (!words) return "Error:Syntax error\r\n";
        if (words->empty()) return "";
        const std::string& command = words->front();
        const std::string argument = words->size() > 1 ? (*words)[1] : "";
        if (command == "help") return "Configuration console:\r\n - help: Help document.\r\n - version: System version.\r\n - exit: Exit and reboot.\r\n";
        if (command == "version") {
            return "DevKitSDK version: 2.0.0\r\nMico version: 31620002.049\r\nmbed-os version: 5.4.5\r\nmbed TLS version: 2.4.0\r\n" +
                   (m_stock ? "" : "MAC address: " + m_mac + "\r\n");
        }
        // the same zone of the same EEPROM
        if (command == "set_az_iothub") return set(m_connection, argument, kZone, "Azure IoT hub connection string", "Azure Iot hub connection string");
        if (command == "set_az_iotdps") return set(m_connection, argument, kZone, "DPS connection string", "DPS connection string");
        if (command == "set_dps_uds") {
            m_uds = argument;  // whatever it then says of it
            return std::string{argument.size() + 1 == kUds ? "" : "Invalid UDS.\r\n"} + "INFO: Set DPS UDS successfully.\r\n";
        }
        if (command == "exit") return "Reboot\r\n" + application();
        return "Error:Invalid command: " + command + "\r\n";
    }

    static std::string set(std::string& zone, const std::string& value, std::size_t room, const std::string& bad, const std::string& what) {
        if (value.empty()) return "Usage: please provide the " + what + ".\r\n";
        if (value.size() + 1 > room) return "Invalid " + bad + ".\r\n";
        zone = value;
        return "INFO: Set " + what + " successfully.\r\n";
    }

    /// What a product's firmware finds.
    std::string application() const {
        const std::string id = identity();
        return id.empty() ? "app: no identity\r\n" : fmt::format("app: {} of {}, credential {}\r\n", id, field("IdScope"), credential());
    }

    std::string field(const std::string& name) const {
        const auto at = (";" + m_connection).find(";" + name + "=");
        if (at == std::string::npos) return "";
        const auto begin = at + name.size() + 1;
        return m_connection.substr(begin, m_connection.find(';', begin) - begin);
    }

    std::string credential() const {
        const auto key = fromBase64(field("SymmetricKey"));
        return key && key->size() == 32 ? toHex(sha256(*key)) : "";
    }

    std::string identity() const override { return credential().empty() || field("IdScope").empty() ? "" : field("DeviceId"); }

    /// Of Wi-Fi password and UDS it echoes stars; of connection strings every character.
    char echoOf(const std::string& before, char typed) const override {
        return before.starts_with("set_wifipwd ") || before.starts_with("set_dps_uds ") ? '*' : typed;
    }

    const bool m_stock;
    std::string m_mac;
    std::string m_connection, m_uds;
};

}  // namespace

Result<std::unique_ptr<EmulatedBoard>> makeAz3166(BoardMake make) { return std::unique_ptr<EmulatedBoard>{std::make_unique<Az3166>(make)}; }

}  // namespace keystamp::flashing::board_program
