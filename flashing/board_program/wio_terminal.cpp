// SPDX-License-Identifier: Apache-2.0
// The configuration console of Seeed's Wio Terminal. Source: SeeedJP/wioterminal-aziot-example, CliMode.cpp. Unless --stock, `help` has one
// line more, the chip's serial number, as flashing/boards/wio-terminal.md has it.
#include "flashing/board_program/emulated_console.h"

namespace keystamp::flashing::board_program {
namespace {

class WioTerminal : public EmulatedConsole {
public:
    explicit WioTerminal(const BoardMake& make)
        : EmulatedConsole({"\r\n# ", 128, false, false}), m_stock(make.stock), m_uid(toHex(BytesView{sha256(make.uid)}.first(16))) {}

private:
    std::string answer(const std::string& line) override {
        const auto words = wordsOf(line);
        if (!words) return "ERROR: Syntax error.\r\n";
        if (words->empty()) return "";
        const std::string& command = words->front();
        if (command == "help") {
            return "Configuration console:\r\n - help: Help document.\r\n - show_settings: Display settings.\r\n" +
                   (m_stock ? "" : "Device id = " + m_uid + "\r\n");
        }
        if (command == "show_settings") {
            return "Wi-Fi SSID = factory\r\nWi-Fi password = " + m_password + "\r\nId scope of Azure IoT DPS = " + m_idScope +
                   "\r\nRegistration id of Azure IoT DPS = " + m_registrationId + "\r\nSymmetric key of Azure IoT DPS = " + m_symmetricKey + "\r\n";
        }
        if (command == "reset_factory_settings") {
            m_password = m_idScope = m_registrationId = m_symmetricKey = "";
            return "Reset factory settings successfully.\r\n";
        }
        if (command == "set_wifipwd") return set(*words, m_password, "Wi-Fi password");
        if (command == "set_az_idscope") return set(*words, m_idScope, "id scope");
        if (command == "set_az_regid") return set(*words, m_registrationId, "registration id");
        if (command == "set_az_symkey") return set(*words, m_symmetricKey, "symmetric key");
        return "ERROR: Invalid command: " + command + "\r\n";
    }

    static std::string set(const std::vector<std::string>& words, std::string& value, const std::string& what) {
        if (words.size() != 2) return "ERROR: Usage: " + words.front() + " <" + what + ">. Please provide the " + what + ".\r\n";
        value = words[1];
        return "Set " + what + " successfully.\r\n";
    }

    std::string identity() const override {
        const auto key = fromBase64(m_symmetricKey);
        return key && key->size() == 32 && m_idScope.size() > 1 && m_registrationId != "-" ? m_registrationId : "";
    }

    const bool m_stock;
    const std::string m_uid;
    std::string m_password = "not-for-transcripts", m_idScope, m_registrationId, m_symmetricKey;
};

}  // namespace

Result<std::unique_ptr<EmulatedBoard>> makeWioTerminal(BoardMake make) { return std::unique_ptr<EmulatedBoard>{std::make_unique<WioTerminal>(make)}; }

}  // namespace keystamp::flashing::board_program
